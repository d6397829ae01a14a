import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const PATTERN = /^[0-9a-f-]{36}$/;

/** The random identity of this installation, shared by all clients of one user. Deleting the file makes a new one. */
export async function installationId(userDir: string): Promise<string> {
  const path = join(userDir, 'installation-id');
  const known = await read(path);
  if (known !== undefined) return known;
  const fresh = crypto.randomUUID();
  try {
    await mkdir(userDir, { recursive: true });
    await writeFile(path, `${fresh}\n`, { flag: 'wx', mode: 0o600 });
    return fresh;
  } catch {
    // another process was faster, or nothing can be written: then this identity lasts as long as the process
    return (await read(path)) ?? fresh;
  }
}

async function read(path: string): Promise<string | undefined> {
  const text = (await readFile(path, 'utf8').catch(() => '')).trim();
  return PATTERN.test(text) ? text : undefined;
}
