import { dirname } from 'node:path';
import type { FileStat, FileSystem } from '../ports.ts';

type Entry = { readonly kind: 'file'; readonly bytes: Uint8Array; readonly mode: number } | { readonly kind: 'directory' };

function errno(code: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${path}`), { code, path });
}

/** A file system in memory with Node's error codes: fast enough to fail at every single call of an install. */
export class MemoryFs implements FileSystem {
  #entries = new Map<string, Entry>([['/', { kind: 'directory' }]]);

  clone(): MemoryFs {
    const copy = new MemoryFs();
    copy.#entries = new Map(this.#entries);
    return copy;
  }

  /** Everything below a folder: path to mode and content. */
  tree(root: string): Record<string, string> {
    const below = [...this.#entries].filter(([path]) => path.startsWith(`${root}/`)).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      below.map(([path, entry]) => [
        path.slice(root.length + 1),
        entry.kind === 'directory' ? 'folder' : `${entry.mode.toString(8)} ${Buffer.from(entry.bytes).toString('latin1')}`,
      ]),
    );
  }

  /** For tests: writes with all parents. */
  put(path: string, text: string): void {
    for (let folder = dirname(path); !this.#entries.has(folder); folder = dirname(folder))
      this.#entries.set(folder, { kind: 'directory' });
    this.#entries.set(path, { kind: 'file', bytes: Buffer.from(text), mode: 0o644 });
  }

  text(path: string): string | undefined {
    const entry = this.#entries.get(path);
    return entry?.kind === 'file' ? Buffer.from(entry.bytes).toString() : undefined;
  }

  async readFile(path: string): Promise<Uint8Array> {
    const entry = this.#get(path);
    if (entry.kind === 'directory') throw errno('EISDIR', path);
    return entry.bytes;
  }

  async writeFile(
    path: string,
    bytes: Uint8Array | string,
    options: { mode?: number; isExclusive?: boolean } = {},
  ): Promise<void> {
    this.#needParent(path);
    const old = this.#entries.get(path);
    if (old?.kind === 'directory') throw errno('EISDIR', path);
    if (old !== undefined && options.isExclusive) throw errno('EEXIST', path);
    const mode = old?.kind === 'file' ? old.mode : (options.mode ?? 0o644);
    this.#entries.set(path, { kind: 'file', bytes: Buffer.from(bytes), mode });
  }

  async appendFile(path: string, text: string, mode: number): Promise<void> {
    await this.writeFile(path, (this.text(path) ?? '') + text, { mode });
  }

  async rename(from: string, to: string): Promise<void> {
    const entry = this.#get(from);
    this.#needParent(to);
    if (entry.kind === 'directory' || this.#entries.get(to)?.kind === 'directory') throw errno('EISDIR', to);
    this.#entries.delete(from);
    this.#entries.set(to, entry);
  }

  async unlink(path: string): Promise<void> {
    if (this.#get(path).kind === 'directory') throw errno('EISDIR', path);
    this.#entries.delete(path);
  }

  async mkdir(path: string): Promise<void> {
    this.#needParent(path);
    if (this.#entries.has(path)) throw errno('EEXIST', path);
    this.#entries.set(path, { kind: 'directory' });
  }

  async rmdir(path: string): Promise<void> {
    if (this.#get(path).kind === 'file') throw errno('ENOTDIR', path);
    if ((await this.readdir(path)).length > 0) throw errno('ENOTEMPTY', path);
    this.#entries.delete(path);
  }

  async readdir(path: string): Promise<string[]> {
    if (this.#get(path).kind === 'file') throw errno('ENOTDIR', path);
    return [...this.#entries.keys()]
      .filter((each) => each !== path && dirname(each) === path)
      .map((each) => each.slice(path.length + 1));
  }

  async lstat(path: string): Promise<FileStat> {
    const entry = this.#get(path);
    return entry.kind === 'file'
      ? { kind: 'file', sizeBytes: entry.bytes.length, mode: entry.mode }
      : { kind: 'directory', sizeBytes: 0, mode: 0o755 };
  }

  async realpath(path: string): Promise<string> {
    this.#get(path);
    return path;
  }

  async syncDirectory(path: string): Promise<void> {
    this.#get(path);
  }

  #get(path: string): Entry {
    const entry = this.#entries.get(path);
    if (entry !== undefined) return entry;
    for (let parent = dirname(path); parent !== '/'; parent = dirname(parent)) {
      if (this.#entries.get(parent)?.kind === 'file') throw errno('ENOTDIR', path);
    }
    throw errno('ENOENT', path);
  }

  #needParent(path: string): void {
    if (this.#get(dirname(path)).kind === 'file') throw errno('ENOTDIR', path);
  }
}
