import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every file, link and folder below `root` by its relative path: kind, mode and content hash in one text.
 * Two equal maps mean byte-identical trees. Absent root: empty.
 */
export function readTree(root: string, except: (path: string) => boolean = () => false): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (folder: string, prefix: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = prefix + entry.name;
      if (except(path)) continue;
      const full = join(folder, entry.name);
      const mode = (lstatSync(full).mode & 0o777).toString(8);
      if (entry.isDirectory()) {
        found.set(`${path}/`, mode);
        walk(full, `${path}/`);
      } else if (entry.isSymbolicLink()) found.set(path, `link ${readlinkSync(full)}`);
      else found.set(path, `${mode} ${createHash('sha256').update(readFileSync(full)).digest('hex')}`);
    }
  };
  try {
    walk(root, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One hash over a whole tree. */
export function hashTree(tree: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [path, what] of tree) hash.update(`${path}\0${what}\n`);
  return hash.digest('hex');
}

/** What differs between two trees, one line each, for an error text. */
export function diffTrees(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const lines: string[] = [];
  for (const [path, what] of before) {
    if (!after.has(path)) lines.push(`- ${path}`);
    else if (after.get(path) !== what) lines.push(`~ ${path}`);
  }
  for (const path of after.keys()) if (!before.has(path)) lines.push(`+ ${path}`);
  return lines;
}
