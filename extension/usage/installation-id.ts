import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { userDirectory } from '../../installer/user-dir.ts';

const PATTERN = /^[0-9a-f-]{36}$/;

/** The random identity of this installation, shared with the terminal client. Deleting the file makes a new one. */
export async function installationId(directory: string = userDirectory()): Promise<string> {
  const path = join(directory, 'installation-id');
  const known = await read(path);
  if (known !== undefined) return known;
  const fresh = crypto.randomUUID();
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(path, `${fresh}\n`, { flag: 'wx', mode: 0o600 });
    return fresh;
  } catch {
    // Another window was faster, or nothing can be written: then this identity lasts as long as the process.
    return (await read(path)) ?? fresh;
  }
}

async function read(path: string): Promise<string | undefined> {
  const text = (await readFile(path, 'utf8').catch(() => '')).trim();
  return PATTERN.test(text) ? text : undefined;
}
