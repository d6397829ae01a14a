import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const PREFIX = 'coditect-';

/** A new empty folder directly below the system's folder for temporary files. */
export function makeTempFolder(purpose: string): string {
  return mkdtempSync(join(tmpdir(), `${PREFIX}${purpose}-`));
}

/**
 * Removes a folder that `makeTempFolder` made, and only such a one: clean-up runs after failed set-ups too, when a variable may still be
 * empty and would name something else. Empty text does nothing.
 */
export function removeTempFolder(folder: string): void {
  if (folder === '') return;
  if (dirname(folder) !== tmpdir() || !basename(folder).startsWith(PREFIX)) {
    throw new Error(`not a temporary folder of the tests: ${folder}`);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
