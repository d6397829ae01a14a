import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { RegistryKeys } from '../../../contract/npm.ts';

export interface Signature {
  readonly keyid: string;
  readonly sig: string;
}

/** The registry's signing key, as `npm audit signatures` and our installer check it: ECDSA over P-256 with SHA-256, DER encoded. */
export interface Signer {
  /** Signs `name@version:integrity`. */
  sign(name: string, version: string, integrity: string): Signature;
  /** The document of `/-/npm/v1/keys`. */
  readonly keys: RegistryKeys;
}

const KEY_TYPE = 'ecdsa-sha2-nistp256';

/** Throws a TypeError when the key is not one on P-256. */
export function createSigner(privateKey: KeyObject): Signer {
  if (privateKey.asymmetricKeyType !== 'ec' || privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new TypeError('the signing key must be an EC key on P-256');
  }
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const keyid = `SHA256:${createHash('sha256').update(spki).digest('base64').replace(/=+$/, '')}`;
  return {
    sign(name, version, integrity) {
      const message = Buffer.from(`${name}@${version}:${integrity}`);
      return { keyid, sig: sign('sha256', message, { key: privateKey, dsaEncoding: 'der' }).toString('base64') };
    },
    keys: { keys: [{ keyid, keytype: KEY_TYPE, scheme: KEY_TYPE, key: spki.toString('base64'), expires: null }] },
  };
}
