import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Root of the checkout. */
export const ROOT = resolve(import.meta.dirname, '../..');
/** Screenshots, reports and measurements of a run; not in git. */
export const OUT = join(ROOT, 'test/out');

/** Folder outside the checkout for what is downloaded once per machine: `coditect-ide`, `coditect-clients`, `coditect-mongo`. */
export function cacheFolder(name: string): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), name);
}
