import { join } from 'node:path';
import { errnoOf } from './node-errors.ts';
import type { FileSystem } from './ports.ts';

/** Creates `root` (with its parents) and the folders of the relative POSIX path below it. Answers the created ones below root, outermost first. */
export async function makeFolders(fs: FileSystem, root: string, relative: string): Promise<string[]> {
  const created: string[] = [];
  let path = '';
  for (const segment of relative.split('/').filter((each) => each !== '' && each !== '.')) {
    path = path === '' ? segment : `${path}/${segment}`;
    if (await makeFolder(fs, join(root, path))) created.push(path);
  }
  return created;
}

/** False when it is not empty, or not there. */
export async function removeFolderIfEmpty(fs: FileSystem, path: string): Promise<boolean> {
  try {
    await fs.rmdir(path);
    return true;
  } catch (error) {
    const code = errnoOf(error);
    // ENOTDIR: somebody put a file in its place; EEXIST is how some systems say ENOTEMPTY
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}

/** The folders of a relative POSIX path, outermost first: `a/b/c` gives `a`, `a/b`. */
export function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) folders.push(path.slice(0, slash));
  return folders;
}

async function makeFolder(fs: FileSystem, path: string): Promise<boolean> {
  try {
    await fs.mkdir(path);
    return true;
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') return false;
    const parent = join(path, '..');
    if (code !== 'ENOENT' || parent === path) throw error;
    await makeFolder(fs, parent);
    return makeFolder(fs, path);
  }
}
