import { isAbsolute, join, relative, sep } from 'node:path';
import { pathProblem } from '../packaging/paths.ts';
import { InstallError } from './errors.ts';
import { orMissing } from './node-errors.ts';
import type { FileSystem } from './ports.ts';

/** Files that several programs share: we own single entries of them, never the file. */
export const MERGE_TARGETS: ReadonlySet<string> = new Set(['.mcp.json', '.claude/settings.json', '.vscode/mcp.json']);

/** The only places the installer may write or remove below. A lockfile arrives with a clone, so it is held to this too. */
const TARGET_FOLDERS = [
  '.claude/agents/',
  '.claude/commands/',
  '.claude/rules/',
  '.claude/skills/',
  '.github/agents/',
  '.github/hooks/',
  '.github/instructions/',
  '.github/prompts/',
  '.agents/skills/',
  '.coditect/agents/',
];

/** A path we may touch: safe on every system, and one of the hosts' own places. */
export function isSafeRelativePath(path: string): boolean {
  if (pathProblem(path) !== undefined) return false;
  return MERGE_TARGETS.has(path) || TARGET_FOLDERS.some((folder) => path.startsWith(folder) && path.length > folder.length);
}

/** A folder on the way to a target, or below one of the target folders. */
export function isTargetFolder(folder: string): boolean {
  if (pathProblem(folder) !== undefined) return false;
  const inside = `${folder}/`;
  if (TARGET_FOLDERS.some((each) => inside.startsWith(each) || each.startsWith(inside))) return true;
  return [...MERGE_TARGETS].some((each) => each.startsWith(inside));
}

/**
 * Checks the targets against the real disk: no link on the way leads out of the workspace, no target is itself a link,
 * no folder on the way is a file, and nothing there differs only in case. @throws InstallError `unsafe_path`
 */
export async function checkTargets(fs: FileSystem, root: string, targets: readonly string[]): Promise<void> {
  const guard = new TargetGuard(fs, root, await fs.realpath(root));
  const seen = new Map<string, string>();
  for (const target of targets) {
    const twin = seen.get(fold(target));
    if (twin !== undefined && twin !== target) throw unsafe(target, `${twin} differs only in case`);
    seen.set(fold(target), target);
    await guard.check(target);
  }
}

class TargetGuard {
  readonly #entries = new Map<string, Promise<string[] | undefined>>();
  readonly #folders = new Map<string, Promise<void>>();
  constructor(
    private readonly fs: FileSystem,
    private readonly root: string,
    private readonly realRoot: string,
  ) {}

  async check(target: string): Promise<void> {
    if (!isSafeRelativePath(target)) throw unsafe(target, 'no host reads it there');
    const slash = target.lastIndexOf('/');
    await this.#checkFolder(slash < 0 ? '' : target.slice(0, slash));
    await this.#checkCase(target);
    const stat = await orMissing(this.fs.lstat(join(this.root, target)));
    if (stat?.kind === 'link') throw unsafe(target, 'it is a link');
    if (stat !== undefined && stat.kind !== 'file') throw unsafe(target, 'it is not a file');
  }

  #checkFolder(folder: string): Promise<void> {
    if (folder === '') return Promise.resolve();
    let running = this.#folders.get(folder);
    if (running === undefined) {
      running = this.#walkFolder(folder);
      this.#folders.set(folder, running);
    }
    return running;
  }

  async #walkFolder(folder: string): Promise<void> {
    const slash = folder.lastIndexOf('/');
    await this.#checkFolder(slash < 0 ? '' : folder.slice(0, slash));
    await this.#checkCase(folder);
    const stat = await orMissing(this.fs.lstat(join(this.root, folder)));
    if (stat === undefined || stat.kind === 'directory') return;
    if (stat.kind !== 'link') throw unsafe(folder, 'it is a file, not a folder');
    const real = await orMissing(this.fs.realpath(join(this.root, folder)));
    if (real === undefined || !isInside(this.realRoot, real)) throw unsafe(folder, 'it is a link');
  }

  /** On file systems that ignore case the other spelling is the same file; elsewhere it would break the next clone. */
  async #checkCase(path: string): Promise<void> {
    const slash = path.lastIndexOf('/');
    const folder = slash < 0 ? '' : path.slice(0, slash);
    const name = path.slice(slash + 1);
    let entries = this.#entries.get(folder);
    if (entries === undefined) {
      entries = orMissing(this.fs.readdir(join(this.root, folder)));
      this.#entries.set(folder, entries);
    }
    const found = (await entries) ?? [];
    const twin = found.includes(name) ? undefined : found.find((entry) => fold(entry) === fold(name));
    if (twin !== undefined) throw unsafe(path, `${twin} differs only in case`);
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

function fold(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase();
}

function unsafe(path: string, why: string): InstallError {
  return new InstallError('unsafe_path', { details: { path, why } });
}
