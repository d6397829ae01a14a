import { InstallError } from '../errors.ts';
import type { HttpAnswer, InstallerPorts } from '../ports.ts';

export interface ServiceAccess {
  readonly ports: InstallerPorts;
  /** Without a trailing slash. */
  readonly serviceUrl: string;
  readonly token?: (() => string | undefined | Promise<string | undefined>) | undefined;
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** GETs an address of the service. The token goes to the service's own origin only. @throws InstallError `unreachable`, `cancelled` */
export async function get(access: ServiceAccess, url: string, options: RequestOptions): Promise<HttpAnswer> {
  const headers: Record<string, string> = { ...options.headers };
  const token = isOwn(access, url) ? await access.token?.() : undefined;
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  try {
    return await access.ports.fetch(url, { headers, signal });
  } catch (cause) {
    throw failure(access, options, cause);
  }
}

/** Reads a body with a bound on its size. @throws InstallError `unexpected_answer` when it is larger, `unreachable` when it breaks off */
export async function readBody(
  access: ServiceAccess,
  response: HttpAnswer,
  options: { readonly maxBytes: number; readonly signal?: AbortSignal | undefined },
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > options.maxBytes) {
        throw new InstallError('unexpected_answer', {
          details: { service: access.serviceUrl, what: 'an answer that is too large' },
        });
      }
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof InstallError) throw cause;
    throw failure(access, options, cause);
  }
  return Buffer.concat(chunks);
}

export function unexpected(access: ServiceAccess, what: string): InstallError {
  return new InstallError('unexpected_answer', { details: { service: access.serviceUrl, what } });
}

function failure(access: ServiceAccess, options: { readonly signal?: AbortSignal | undefined }, cause: unknown): InstallError {
  if (options.signal?.aborted) return new InstallError('cancelled', { cause });
  return new InstallError('unreachable', { details: { service: access.serviceUrl }, cause });
}

function isOwn(access: ServiceAccess, url: string): boolean {
  return new URL(url).origin === new URL(access.serviceUrl).origin;
}
