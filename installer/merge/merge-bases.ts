import { join } from 'node:path';
import { sha256 } from '../digest.ts';
import { makeFolders } from '../folders.ts';
import { orMissing } from '../node-errors.ts';
import type { FileSystem } from '../ports.ts';
import { decodeText } from '../text.ts';

/**
 * Remembers, in the user's own folder, what a shared JSON file was before our entries came in. It may hold secrets: never
 * in the workspace, readable by the user alone. Found again by workspace, path and the hash of the text we wrote over it,
 * so an interrupted install leaves nothing wrong behind.
 */
export class MergeBases {
  readonly #fs: FileSystem;
  readonly #userDir: string;
  readonly #folder: string;

  constructor(settings: { readonly fs: FileSystem; readonly userDir: string; readonly workspaceRoot: string }) {
    this.#fs = settings.fs;
    this.#userDir = settings.userDir;
    this.#folder = `merge-bases/${sha256(settings.workspaceRoot).slice(0, 24)}`;
  }

  /** Undefined: the present text is not one of ours. `text` undefined: there was no file. */
  async find(path: string, present: string): Promise<{ readonly text: string | undefined } | undefined> {
    const bytes = await orMissing(this.#fs.readFile(join(this.#userDir, this.#folder, name(path, present))));
    if (bytes === undefined) return undefined;
    const stored = decodeText(bytes);
    return stored.startsWith('+') ? { text: stored.slice(1) } : { text: undefined };
  }

  async remember(path: string, rendered: string, base: string | undefined): Promise<void> {
    await makeFolders(this.#fs, this.#userDir, this.#folder);
    const target = join(this.#userDir, this.#folder, name(path, rendered));
    await this.#fs.writeFile(target, base === undefined ? '-' : `+${base}`, { mode: 0o600 });
  }

  /** Drops what is no longer needed for this path; `rendered` undefined drops all. Best effort: a leftover is harmless. */
  async forgetOthers(path: string, rendered: string | undefined): Promise<void> {
    const keep = rendered === undefined ? undefined : name(path, rendered);
    const prefix = `${sha256(path).slice(0, 16)}-`;
    const folder = join(this.#userDir, this.#folder);
    for (const file of (await orMissing(this.#fs.readdir(folder))) ?? []) {
      if (file.startsWith(prefix) && file !== keep) await orMissing(this.#fs.unlink(join(folder, file)));
    }
  }
}

function name(path: string, rendered: string): string {
  return `${sha256(path).slice(0, 16)}-${sha256(rendered).slice(0, 40)}`;
}
