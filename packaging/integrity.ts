import { createHash } from 'node:crypto';

/** Subresource Integrity of a tarball as npm writes it: `sha512-` and the digest in base64. */
export function integrityOf(bytes: Uint8Array): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

/** The hex SHA-1 that packuments carry as `dist.shasum` for old clients; never a proof of anything. */
export function shasumOf(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}
