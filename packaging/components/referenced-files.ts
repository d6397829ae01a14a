import type { PackageFiles } from '../model.ts';
import { decodeText } from '../text.ts';

const ROOT_REFERENCE = /\$\{?(?:CLAUDE_PLUGIN_ROOT|PLUGIN_ROOT|CLAUDE_SKILL_DIR)\}?["']?[/\\]([^\s"'`;|&<>()$]+)/g;
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)["'](\.{1,2}\/[^"']+)["']/g;
const CODE = /\.(?:[cm]?js|[cm]?ts)$/;
const MAX_FILES = 200;

function resolve(from: string, specifier: string): string {
  const segments = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') segments.pop();
    else if (part !== '.' && part !== '') segments.push(part);
  }
  return segments.join('/');
}

function withImports(files: PackageFiles, start: readonly string[]): string[] {
  const found = new Set(start);
  for (const path of found) {
    const file = files.get(path);
    if (file === undefined || !CODE.test(path) || found.size > MAX_FILES) continue;
    for (const match of (decodeText(file) ?? '').matchAll(IMPORT)) {
      const target = resolve(path, match[1] ?? '');
      const actual = [target, `${target}.js`, `${target}.mjs`, `${target}.cjs`, `${target}/index.js`].find((candidate) =>
        files.has(candidate),
      );
      if (actual !== undefined) found.add(actual);
    }
  }
  return [...found].sort();
}

export interface References {
  /** Package files that the texts name by the plugin root variable, with the files their scripts import by relative path. */
  readonly files: readonly string[];
  /** Named but not in the package. */
  readonly missing: readonly string[];
}

/** Finds the package files that a command line and its arguments name by `${CLAUDE_PLUGIN_ROOT}/…`. */
export function findReferences(files: PackageFiles, texts: readonly string[]): References {
  const named: string[] = [];
  const missing: string[] = [];
  for (const text of texts) {
    for (const match of text.matchAll(ROOT_REFERENCE)) {
      const path = (match[1] ?? '').replaceAll('\\', '/').replace(/[/.,]+$/, '');
      const inside = [...files.keys()].filter((candidate) => candidate === path || candidate.startsWith(`${path}/`));
      if (inside.length === 0) missing.push(path);
      named.push(...inside);
    }
  }
  return { files: withImports(files, named), missing };
}
