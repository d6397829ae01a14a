import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The registry's private key: from a PEM file the operator names, else a development key made once in the data folder. It is written
 * aside and linked, so that two services starting at once agree on one key.
 */
export function loadSigningKey(keyFile: string | undefined, dataDir: string): KeyObject {
  const path = keyFile ?? join(dataDir, 'signing-key.pem');
  const known = readIfThere(path, keyFile !== undefined);
  if (known !== undefined) return known;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  mkdirSync(dataDir, { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flush: true });
  try {
    linkSync(draft, path);
    return privateKey;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return createPrivateKey(readFileSync(path));
  } finally {
    rmSync(draft, { force: true });
  }
}

function readIfThere(path: string, isRequired: boolean): KeyObject | undefined {
  try {
    return createPrivateKey(readFileSync(path));
  } catch (error) {
    if (!isRequired && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
