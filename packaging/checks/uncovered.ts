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
  [/^(?:\.cursor-plugin|\.codex-plugin|\.plugin)\//, 'a manifest for one host alone'],
  [/^gemini-extension\.json$/, 'a manifest for Gemini CLI alone'],
  [/^(?:\.github|\.cursor|\.claude|\.gemini|\.opencode|\.windsurf|\.codex)\//, 'files for one host alone'],
];

function uncovered(place: { path: string; line?: number }, what: string): Finding {
  const fix = 'Remove it, or use subagents, skills, commands, rules, hooks and MCP servers.';
  return findingAt('review', 'component_uncovered', place, {
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
  run: (subject) => [...manifestFields(subject), ...hookModules(subject), ...files(subject)],
};
