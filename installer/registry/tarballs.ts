import { LIMITS } from '../../contract/limits.ts';
import { integrityOf } from '../../packaging/integrity.ts';
import { InstallError } from '../errors.ts';
import { get, readBody, type ServiceAccess, unexpected } from './http.ts';
import type { UserCache } from './user-cache.ts';

const TIMEOUT_MS = 120_000;

export interface TarballRequest {
  readonly agent: string;
  readonly version: string;
  readonly integrity: string;
  /** Path on the service, or an address elsewhere. */
  readonly resolved: string;
  readonly isOffline: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The tarball with this integrity, from the cache or the service. Its hash is checked each time, the cache's copy included:
 * a damaged one is downloaded again. @throws InstallError `integrity_mismatch`, `offline_miss`, `unreachable`, `forbidden`, `version_withdrawn`
 */
export async function fetchTarball(access: ServiceAccess, cache: UserCache, request: TarballRequest): Promise<Uint8Array> {
  const path = cachePath(request);
  const cached = await cache.read(path);
  if (cached !== undefined && integrityOf(cached) === request.integrity) return cached;
  if (request.isOffline) throw new InstallError('offline_miss', { details: { what: `${request.agent} ${request.version}` } });
  const url = /^https?:/.test(request.resolved) ? request.resolved : `${access.serviceUrl}${request.resolved}`;
  const response = await get(access, url, { timeoutMs: TIMEOUT_MS, signal: request.signal });
  refuseStatus(access, request, response.status);
  const bytes = await readBody(access, response, { maxBytes: LIMITS.packedBytes, signal: request.signal });
  if (integrityOf(bytes) !== request.integrity) {
    throw new InstallError('integrity_mismatch', { details: { agent: request.agent, service: access.serviceUrl } });
  }
  await cache.write(path, bytes);
  return bytes;
}

/** `cache/tarballs/ab/<hex sha512>.tgz`; the integrity is foreign text, so only a real sha512 becomes a file name. */
function cachePath(request: TarballRequest): string {
  const match = /^sha512-([A-Za-z0-9+/]{86}==)$/.exec(request.integrity);
  if (match === null) throw new InstallError('integrity_mismatch', { details: { agent: request.agent, service: 'the service' } });
  const hex = Buffer.from(match[1] ?? '', 'base64').toString('hex');
  return `cache/tarballs/${hex.slice(0, 2)}/${hex}.tgz`;
}

function refuseStatus(access: ServiceAccess, request: TarballRequest, status: number): void {
  const details = { agent: request.agent, version: request.version, service: access.serviceUrl };
  if (status === 401 || status === 402 || status === 403) throw new InstallError('forbidden', { details });
  if (status === 404) throw new InstallError('version_not_found', { details: { ...details, versions: 'the versions it lists' } });
  if (status === 410) throw new InstallError('version_withdrawn', { details });
  if (status !== 200) throw unexpected(access, `status ${status}`);
}

/**
 * A packument's tarball address as the lockfile keeps it: the path below the service, without host, credentials and query, since
 * the same service may go by several names. Addresses elsewhere keep origin and path.
 */
export function registryPath(tarballUrl: string): string {
  const url = new URL(tarballUrl, 'http://registry.invalid');
  const start = url.pathname.indexOf('/npm/');
  return start >= 0 ? url.pathname.slice(start) : `${url.origin}${url.pathname}`;
}
