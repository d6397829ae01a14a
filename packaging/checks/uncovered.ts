import type { Finding } from '../../contract/findings.ts';
import { CLAUDE_MANIFEST } from '../components/layout.ts';
import { isRecord, readJson } from '../json-source.ts';
import { type Check, type CheckSubject, findingAt } from './check.ts';

/** Parts of a plugin that some host runs or obeys and that the capability manifest does not describe. */
const MANIFEST_FIELDS: Readonly<Record<string, string>> = {
  lspServers: 'language servers',
  monitors: 'monitors, which run commands in the background',
  channels: 'message channels',
  settings: 'settings of the host',
  workflows: 'workflows',
  types: 'a code module for hooks',
};
const FILES: readonly (readonly [RegExp, string])[] = [
  [/^\.lsp\.json$/, 'language servers'],
  [/^monitors\/monitors\.json$/, 'monitors, which run commands in the background'],
  [/^com\.github\.copilot\//, 'components for Copilot alone'],
  [/^(?:\.github|\.cursor|\.claude|\.gemini|\.opencode|\.windsurf|\.codex)\//, 'files for one host alone'],
];

/** Manifests of single hosts are common and mostly repeat name and version; some start programs. */
const HOST_MANIFEST = /^(?:\.cursor-plugin\/.*|\.codex-plugin\/.*|\.plugin\/.*|gemini-extension)\.json$/;
const RUNNING_FIELDS = ['hooks', 'mcpServers', 'lspServers', 'monitors', 'commands'];

function hostManifests(subject: CheckSubject): Finding[] {
  return [...subject.files.keys()]
    .filter((path) => HOST_MANIFEST.test(path))
    .map((path) => {
      const source = readJson(subject.text(path) ?? '');
      const fields = 'value' in source && isRecord(source.value) ? source.value : undefined;
      // Unreadable is as good as running: nobody knows what it says.
      const runs = fields === undefined || RUNNING_FIELDS.some((field) => fields[field] !== undefined);
      return uncovered(
        { path },
        runs ? 'hooks, servers or commands for one host alone' : 'a manifest for one host alone',
        runs ? 'review' : 'notice',
      );
    });
}

function uncovered(place: { path: string; line?: number }, what: string, level: Finding['level'] = 'review'): Finding {
  const fix = 'Remove it, or use subagents, skills, commands, rules, hooks and MCP servers.';
  return findingAt(level, 'component_uncovered', place, {
    message: `The package holds ${what}; they are neither installed nor in the capability manifest.`,
    fix,
  });
}

function manifestFields({ layout }: CheckSubject): Finding[] {
  const plugin = layout.plugin;
  if (plugin === undefined || !isRecord(plugin.value)) return [];
  const fields = plugin.value;
  const experimental = isRecord(fields.experimental) ? Object.keys(fields.experimental) : [];
  const named = Object.entries(MANIFEST_FIELDS).filter(([field]) => fields[field] !== undefined || experimental.includes(field));
  const commands = isRecord(fields.commands) ? Object.entries(fields.commands) : [];
  const inline = commands.filter(([, command]) => isRecord(command) && typeof command.content === 'string');
  return [
    ...named.map(([field, what]) => uncovered({ path: CLAUDE_MANIFEST, line: plugin.lineOf([field]) }, what)),
    ...inline.map(([name]) =>
      uncovered({ path: CLAUDE_MANIFEST, line: plugin.lineOf(['commands', name]) }, `the command "${name}" inside its manifest`),
    ),
  ];
}

function hookModules(subject: CheckSubject): Finding[] {
  return subject.layout.hookFiles.flatMap((path) => {
    const source = readJson(subject.text(path) ?? '');
    const hasModules = 'value' in source && isRecord(source.value) && source.value.modules !== undefined;
    return hasModules ? [uncovered({ path, line: source.lineOf(['modules']) }, 'a code module for hooks')] : [];
  });
}

function files(subject: CheckSubject): Finding[] {
  const paths = [...subject.files.keys()];
  return FILES.flatMap(([pattern, what]) => {
    const path = paths.find((candidate) => pattern.test(candidate));
    return path === undefined ? [] : [uncovered({ path }, what)];
  });
}

/** What a host could pick up from the package without anybody having been shown it. */
export const uncoveredCheck: Check = {
  name: 'uncovered-components',
  run: (subject) => [...manifestFields(subject), ...hookModules(subject), ...files(subject), ...hostManifests(subject)],
};
