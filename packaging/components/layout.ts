import type { Finding } from '../../contract/findings.ts';
import { isRecord, type JsonSource, readJson } from '../json-source.ts';
import type { PackageFiles } from '../model.ts';
import { decodeText } from '../text.ts';

export const CLAUDE_MANIFEST = '.claude-plugin/plugin.json';

/** Where a package keeps its components: the default folders and what `.claude-plugin/plugin.json` names instead or in addition. */
export interface Layout {
  readonly subagentFiles: readonly string[];
  readonly commandFiles: readonly string[];
  readonly ruleFiles: readonly string[];
  /** Paths of SKILL.md files. */
  readonly skillFiles: readonly string[];
  readonly hookFiles: readonly string[];
  readonly mcpFiles: readonly string[];
  /** The parsed plugin manifest, for inline hooks and servers and for the agreement check. */
  readonly plugin?: JsonSource;
  readonly findings: readonly Finding[];
}

function pathList(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.filter((entry) => typeof entry === 'string');
  // `commands` may be a map of names to {source}
  if (isRecord(value))
    return Object.values(value).flatMap((entry) => (isRecord(entry) && typeof entry.source === 'string' ? [entry.source] : []));
  return [];
}

/** `./custom/agents/` as a package path without leading `./` and trailing slash; `./` becomes the empty path of the root. */
function packagePath(path: string): string {
  return path.replace(/^(?:\.\/)+|^\.$/, '').replace(/\/+$/, '');
}

class LayoutReader {
  readonly findings: Finding[] = [];
  readonly #paths: readonly string[];
  readonly #files: PackageFiles;
  readonly plugin: JsonSource | undefined;
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(files: PackageFiles) {
    this.#files = files;
    this.#paths = [...files.keys()].sort();
    const file = files.get(CLAUDE_MANIFEST);
    const text = file === undefined ? undefined : decodeText(file);
    if (file !== undefined && text === undefined)
      this.#refuse('plugin_manifest_invalid', `${CLAUDE_MANIFEST} is not UTF-8 text.`, 1);
    const source = text === undefined ? undefined : readJson(text);
    if (source !== undefined && 'problem' in source) {
      this.#refuse('plugin_manifest_invalid', `${CLAUDE_MANIFEST} is not valid JSON: ${source.problem}.`, source.line);
    }
    this.plugin = source !== undefined && 'value' in source && isRecord(source.value) ? source : undefined;
    this.#fields = this.plugin !== undefined && isRecord(this.plugin.value) ? this.plugin.value : {};
  }

  #refuse(code: string, message: string, line: number): void {
    this.findings.push({ code, level: 'refused', message, path: CLAUDE_MANIFEST, line });
  }

  /** Files below a folder, or the file itself. */
  #below(path: string, suffix: RegExp): string[] {
    const prefix = path === '' ? '' : `${path}/`;
    return this.#paths.filter((candidate) => (candidate === path || candidate.startsWith(prefix)) && suffix.test(candidate));
  }

  #named(field: string): string[] {
    // Hooks and servers may stand in the manifest itself; their readers take those.
    if (isRecord(this.#fields[field]) && field !== 'commands') return [];
    return pathList(this.#fields[field])
      .filter((path) => !/^https?:\/\//.test(path))
      .map((path) => {
        const clean = packagePath(path);
        const exists =
          this.#files.has(clean) || clean === '' || this.#paths.some((candidate) => candidate.startsWith(`${clean}/`));
        if (!exists) {
          this.#refuse(
            'manifest_contradicts_files',
            `${CLAUDE_MANIFEST} names ${path} in "${field}", which is not in the package.`,
            this.plugin?.lineOf([field]) ?? 1,
          );
        }
        return clean;
      });
  }

  #hasFrontMatter(path: string): boolean {
    const start = this.#files.get(path)?.bytes.subarray(0, 6) ?? [];
    return Buffer.from(start)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .startsWith('---');
  }

  /** `commands` and `agents` replace their default folder (Claude Code 2.1 schema). */
  markdown(field: string, folder: string): string[] {
    const isSet = this.#fields[field] !== undefined;
    const roots = isSet ? this.#named(field) : [folder];
    const found = [...new Set(roots.flatMap((root) => this.#below(root, /\.(?:md|mdc)$/i)))];
    // A skill at the root may have references in a folder of that name; without front matter no host loads them as components.
    const isOwnFile = (path: string) => !isSet && this.#files.has('SKILL.md') && !this.#hasFrontMatter(path);
    return found.filter((path) => !/(?:^|\/)README\.md$/i.test(path) && !isOwnFile(path));
  }

  /** `skills` adds to the default folder; a bare skills folder has SKILL.md at its root. */
  skills(): string[] {
    const roots = ['skills', ...this.#named('skills')];
    const found = roots.flatMap((root) => {
      const own = root === '' ? 'SKILL.md' : `${root}/SKILL.md`;
      if (this.#files.has(own)) return [own];
      return this.#below(root, /\/SKILL\.md$/).filter((path) => path.slice(root.length).split('/').filter(Boolean).length === 2);
    });
    if (this.#files.has('SKILL.md')) found.push('SKILL.md');
    return [...new Set(found)];
  }

  /** JSON files with hooks or servers: the default one and those the manifest names. */
  json(field: string, defaults: readonly string[]): string[] {
    const present = defaults.filter((path) => this.#files.has(path));
    const named = this.#named(field).filter((path) => this.#files.has(path));
    return [...new Set([...present, ...named])];
  }
}

/** Finds the component files of a package, a Claude Code plugin folder or a bare Agent Skills folder. */
export function readLayout(files: PackageFiles): Layout {
  const reader = new LayoutReader(files);
  return {
    subagentFiles: reader.markdown('agents', 'agents'),
    commandFiles: reader.markdown('commands', 'commands'),
    ruleFiles: reader.markdown('rules', 'rules'),
    skillFiles: reader.skills(),
    hookFiles: reader.json('hooks', ['hooks/hooks.json']),
    mcpFiles: reader.json('mcpServers', ['.mcp.json', 'mcp.json']),
    ...(reader.plugin === undefined ? {} : { plugin: reader.plugin }),
    findings: reader.findings,
  };
}
