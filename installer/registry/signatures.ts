import { createPublicKey, verify } from 'node:crypto';
import * as z from 'zod/mini';
import { type RegistryKeys, RegistryKeysSchema } from '../../contract/npm.ts';
import { InstallError } from '../errors.ts';
import { decodeJson } from '../text.ts';
import { get, readBody, type ServiceAccess, unexpected } from './http.ts';
import type { ResolvedVersion } from './resolve-version.ts';
import { serviceKey, type UserCache } from './user-cache.ts';

type Key = RegistryKeys['keys'][number];
const PinnedSchema = z.object({ service: z.string(), keys: RegistryKeysSchema.shape.keys });
const TIMEOUT_MS = 15_000;

export interface SignatureRequest {
  readonly agent: string;
  readonly resolved: ResolvedVersion;
  readonly isOffline: boolean;
  /** Accept and pin what the service shows now. */
  readonly trustNewKeys: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks the registry's signature (npm's scheme: ECDSA P-256 over `name@version:integrity`). The keys are pinned when a service
 * is first used; from then on a version without a valid signature by one of them is refused. `unsigned` only while the
 * service has never shown a key. @throws InstallError `signature_missing`, `signature_invalid`, `signature_key_changed`
 */
export async function checkSignature(
  access: ServiceAccess,
  cache: UserCache,
  request: SignatureRequest,
): Promise<'verified' | 'unsigned'> {
  const path = `keys/${serviceKey(access.serviceUrl)}.json`;
  const pinned = PinnedSchema.safeParse(await cache.readJson(path)).data?.keys ?? [];
  const keys = pinned.length > 0 && !request.trustNewKeys ? pinned : await fetchKeys(access, request);
  if (keys.length === 0) {
    if (pinned.length > 0) throw changed(access);
    return 'unsigned';
  }
  verifyVersion(access, request, keys);
  if (keys !== pinned) await cache.write(path, `${JSON.stringify({ service: access.serviceUrl, keys }, null, 2)}\n`);
  return 'verified';
}

function verifyVersion(access: ServiceAccess, request: SignatureRequest, keys: readonly Key[]): void {
  const { resolved, agent } = request;
  const details = { agent, version: resolved.version, service: access.serviceUrl };
  if (resolved.signatures.length === 0) throw new InstallError('signature_missing', { details });
  const message = Buffer.from(`${agent}@${resolved.version}:${resolved.integrity}`);
  let isKnown = false;
  for (const { keyid, sig } of resolved.signatures) {
    const key = keys.find((each) => each.keyid === keyid);
    if (key === undefined) continue;
    isKnown = true;
    if (!isExpired(key, resolved.publishedAt) && isValid(key, message, sig)) return;
  }
  throw isKnown ? new InstallError('signature_invalid', { details }) : changed(access);
}

/** A retired key stays good for what was published before its end. */
function isExpired(key: Key, publishedAt: string | undefined): boolean {
  if (key.expires === null) return false;
  return publishedAt === undefined || Date.parse(publishedAt) > Date.parse(key.expires);
}

function isValid(key: Key, message: Uint8Array, signature: string): boolean {
  if (key.scheme !== 'ecdsa-sha2-nistp256') return false;
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key.key, 'base64'), format: 'der', type: 'spki' });
    return verify('sha256', message, { key: publicKey, dsaEncoding: 'der' }, Buffer.from(signature, 'base64'));
  } catch {
    // a key or signature that cannot be decoded proves nothing
    return false;
  }
}

async function fetchKeys(access: ServiceAccess, request: SignatureRequest): Promise<readonly Key[]> {
  if (request.isOffline) return [];
  const url = `${access.serviceUrl}/npm/-/npm/v1/keys`;
  const response = await get(access, url, { timeoutMs: TIMEOUT_MS, signal: request.signal });
  const body = await readBody(access, response, { maxBytes: 1024 * 1024, signal: request.signal });
  if (response.status === 404) return [];
  if (response.status !== 200) throw unexpected(access, `status ${response.status}`);
  try {
    return RegistryKeysSchema.parse(decodeJson(body)).keys;
  } catch {
    throw unexpected(access, 'malformed signing keys');
  }
}

function changed(access: ServiceAccess): InstallError {
  return new InstallError('signature_key_changed', { details: { service: access.serviceUrl } });
}
