import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SALT_BYTES = 32;
export const INSTALLATION_BYTES = 16;

/** Keyed hash of an installation or user id: HMAC-SHA-256 cut to 16 bytes. Without the salt it cannot be tried out. */
export function createIdentityHash(salt: Uint8Array): (identity: string) => Uint8Array {
  // raw bytes would be made into a key each time, at four times the cost
  const key = createSecretKey(salt);
  return (identity) => createHmac('sha256', key).update(identity).digest().subarray(0, INSTALLATION_BYTES);
}

/**
 * The salt of a data folder, made on first use. Written beside and linked into place, so that two processes that start
 * together agree and a crash leaves no half salt. Losing it splits every installation in two.
 */
export function readSalt(dataDir: string): Uint8Array {
  const path = join(dataDir, 'usage-salt');
  const known = readIfThere(path);
  if (known !== undefined) return known;
  mkdirSync(dataDir, { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, randomBytes(SALT_BYTES).toString('hex'), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const made = readIfThere(path);
  if (made === undefined) throw new Error(`cannot read ${path}`);
  return made;
}

function readIfThere(path: string): Uint8Array | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${path} does not hold 64 hexadecimal digits`);
  return Buffer.from(text, 'hex');
}
