import * as z from 'zod/mini';
import { type Packument, PackumentSchema } from '../../contract/npm.ts';
import { InstallError } from '../errors.ts';
import type { HttpAnswer } from '../ports.ts';
import { decodeJson } from '../text.ts';
import { get, readBody, type ServiceAccess, unexpected } from './http.ts';
import { serviceKey, type UserCache } from './user-cache.ts';

const MAX_BYTES = 32 * 1024 * 1024;
const TIMEOUT_MS = 15_000;

const CachedSchema = z.object({ etag: z.optional(z.string()), packument: PackumentSchema });

export interface PackumentAnswer {
  readonly packument: Packument;
  readonly source: 'service' | 'cache';
}

/**
 * The packument of an agent. The copy in the cache is asked about with its ETag; it also answers when the service does not.
 * @throws InstallError `agent_not_found`, `forbidden`, `unreachable`, `offline_miss`, `unexpected_answer`
 */
export async function fetchPackument(
  access: ServiceAccess,
  cache: UserCache,
  request: { readonly agent: string; readonly isOffline: boolean; readonly signal?: AbortSignal | undefined },
): Promise<PackumentAnswer> {
  const { agent, signal } = request;
  const path = `cache/packuments/${serviceKey(access.serviceUrl)}/${agent.slice(1).replace('/', '__')}.json`;
  const cached = CachedSchema.safeParse(await cache.readJson(path)).data;
  if (request.isOffline) {
    if (cached === undefined) throw new InstallError('offline_miss', { details: { what: agent } });
    return { packument: cached.packument, source: 'cache' };
  }
  const headers = { accept: 'application/json', ...(cached?.etag === undefined ? {} : { 'if-none-match': cached.etag }) };
  let response: HttpAnswer;
  try {
    response = await get(access, `${access.serviceUrl}/npm/${agent}`, { headers, timeoutMs: TIMEOUT_MS, signal });
  } catch (error) {
    const isDown = error instanceof InstallError && error.code === 'unreachable';
    if (isDown && cached !== undefined) return { packument: cached.packument, source: 'cache' };
    throw error;
  }
  if (response.status === 304 && cached !== undefined) return { packument: cached.packument, source: 'service' };
  const body = await readBody(access, response, { maxBytes: MAX_BYTES, signal });
  refuseStatus(access, agent, response.status);
  const packument = parse(access, agent, body);
  const etag = response.headers.get('etag');
  await cache.write(path, JSON.stringify({ ...(etag === null ? {} : { etag }), packument }));
  return { packument, source: 'service' };
}

function refuseStatus(access: ServiceAccess, agent: string, status: number): void {
  const details = { agent, service: access.serviceUrl };
  if (status === 404) throw new InstallError('agent_not_found', { details });
  if (status === 401 || status === 402 || status === 403) throw new InstallError('forbidden', { details });
  if (status !== 200) throw unexpected(access, `status ${status}`);
}

function parse(access: ServiceAccess, agent: string, body: Uint8Array): Packument {
  let json: unknown;
  try {
    json = decodeJson(body);
  } catch {
    throw unexpected(access, 'no JSON');
  }
  const parsed = PackumentSchema.safeParse(json);
  if (!parsed.success || parsed.data.name !== agent) throw unexpected(access, 'a malformed packument');
  return parsed.data;
}
