import { splitAgentName } from '../../contract/names.ts';
import type { AgentPackage, PackageFile } from '../../packaging/model.ts';
import { fileTarget, type HostTarget } from './host-files.ts';

/** The variable by which a plugin names its own folder. Outside a plugin nobody sets it. */
const ROOT = /\$\{CLAUDE_PLUGIN_ROOT\}|\$CLAUDE_PLUGIN_ROOT\b|\$\{PLUGIN_ROOT\}/g;
const ROOT_TEST = /\$\{?(?:CLAUDE_PLUGIN_ROOT\b|PLUGIN_ROOT\})/;
const NAMED_FILE = /\$\{?(?:CLAUDE_PLUGIN_ROOT|PLUGIN_ROOT)\}?["']?\/([\w.@/-]+)/g;
/** A plugin's own data folder; there is none outside a plugin. */
export const DATA_VARIABLE = /\$\{?(?:CLAUDE_PLUGIN_DATA|PLUGIN_DATA)\b/;

/** Where the scripts of an agent live in the workspace, for all hosts at once. */
export function agentFolder(pkg: AgentPackage): string {
  const { scope, slug } = splitAgentName(pkg.manifest.name);
  return `.coditect/agents/${scope.slice(1)}/${slug}`;
}

export function namesPluginRoot(text: string): boolean {
  return ROOT_TEST.test(text);
}

/** For arguments that no shell reads: plain replacement. */
export function replaceRoot(text: string, replacement: string): string {
  return text.replace(ROOT, () => replacement);
}

/**
 * For shell commands: the replacement starts with a variable that may hold spaces, so it stands in double quotes wherever
 * the author's own quoting does not already do that. `prefix` is the variable, `rest` the path after it.
 */
export function replaceRootInShell(command: string, prefix: string, rest: string): string {
  let quote: '"' | "'" | undefined;
  let result = '';
  for (let index = 0; index < command.length; ) {
    ROOT.lastIndex = index;
    const match = ROOT.exec(command);
    if (match?.index === index) {
      result += quote === '"' ? prefix : quote === "'" ? `'"${prefix}"'` : `"${prefix}"`;
      result += rest;
      index += match[0].length;
      continue;
    }
    const character = command[index] ?? '';
    if (character === '\\' && quote !== "'") {
      result += command.slice(index, index + 2);
      index += 2;
      continue;
    }
    if (character === quote) quote = undefined;
    else if (quote === undefined && (character === '"' || character === "'")) quote = character;
    result += character;
    index += 1;
  }
  ROOT.lastIndex = 0;
  return result;
}

/** Package files that a text names by the plugin's folder. */
export function filesNamedIn(pkg: AgentPackage, text: string): string[] {
  return [...text.matchAll(NAMED_FILE)].flatMap((match) => {
    const named = (match[1] ?? '').replace(/[/.]+$/, '');
    return [...pkg.files.keys()].filter((path) => path === named || path.startsWith(`${named}/`));
  });
}

/**
 * Targets for the files that hooks, servers and texts need: the named ones and their neighbours in the same folder, since a
 * script may load what lies beside it. Files at the package's root stand alone.
 */
export function supportTargets(pkg: AgentPackage, named: Iterable<string>): HostTarget[] {
  const wanted = new Map<string, PackageFile>();
  // their content becomes settings of the hosts; a copy would only mislead
  const configurations = new Set([...pkg.hooks, ...pkg.mcpServers].map((each) => each.path));
  for (const path of named) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    for (const [candidate, file] of pkg.files) {
      if (configurations.has(candidate)) continue;
      if (candidate === path || (folder !== '' && candidate.startsWith(folder))) wanted.set(candidate, file);
    }
  }
  return [...wanted].map(([path, file]) =>
    fileTarget(`${agentFolder(pkg)}/${path}`, file.bytes, `file ${path}`, file.isExecutable),
  );
}
