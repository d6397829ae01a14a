import { type ErrorCode, isErrorCode, type Problem, ProblemSchema } from './errors.ts';
import type { RouteDefinition, RouteRequest, RouteResponse } from './routes.ts';

/** The service answered with a problem, or with something that is not our API. Branch on `code`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly code: ErrorCode | 'unreachable' | 'unexpected_answer',
    message: string,
    readonly details: {
      readonly status?: number;
      readonly problem?: Problem;
      readonly url: string;
      readonly cause?: unknown;
      readonly retryAfterSeconds?: number;
    },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
  }
}

export interface ClientOptions {
  /** Origin of the service, such as `http://127.0.0.1:3900`; a trailing slash does no harm. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  /** Asked before each call; undefined means anonymous. */
  readonly token?: () => string | undefined | Promise<string | undefined>;
  readonly userAgent?: string;
  readonly timeoutMs?: number;
}

type CallOptions<R extends RouteDefinition> = RouteRequest<R> & { signal?: AbortSignal };

export interface Client {
  /** Calls a route of contract/routes.ts. Throws ApiError: `unreachable` when no answer came (timeouts included). Abort rejects with the signal's reason. */
  call<R extends RouteDefinition>(route: R, options?: CallOptions<R>): Promise<RouteResponse<R>>;
  readonly baseUrl: string;
}

/** Fills `:scope` and its like; `@` stays readable because it is allowed in a path segment. */
export function fillPath(path: string, params: Readonly<Record<string, string>> = {}): string {
  return path.replace(/:([a-zA-Z]+)/g, (_, key: string) => encodeURIComponent(params[key] ?? '').replace('%40', '@'));
}

export function createClient(options: ClientOptions): Client {
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const doFetch = options.fetch ?? fetch;
  const timeoutMs = options.timeoutMs ?? 15_000;

  async function call<R extends RouteDefinition>(route: R, callOptions?: CallOptions<R>): Promise<RouteResponse<R>> {
    const given = (callOptions ?? {}) as {
      params?: Record<string, string>;
      query?: Record<string, unknown>;
      body?: unknown;
      signal?: AbortSignal;
    };
    const url = `${baseUrl}${fillPath(route.path, given.params)}${queryText(given.query)}`;
    const response = await send(url, route, given);
    if (!response.ok) throw await problemOf(response, url);
    if (route.response === undefined) return undefined as RouteResponse<R>;
    try {
      return (await response.json()) as RouteResponse<R>;
    } catch (cause) {
      throw new ApiError('unexpected_answer', `${url} did not answer with JSON`, { status: response.status, url, cause });
    }
  }

  async function send(url: string, route: RouteDefinition, given: { body?: unknown; signal?: AbortSignal }): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' };
    const token = await options.token?.();
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    if (options.userAgent !== undefined) headers['user-agent'] = options.userAgent;
    const init: RequestInit = { method: route.method, headers };
    if (given.body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(given.body);
    }
    const timeout = AbortSignal.timeout(timeoutMs);
    init.signal = given.signal === undefined ? timeout : AbortSignal.any([given.signal, timeout]);
    try {
      return await doFetch(url, init);
    } catch (cause) {
      if (given.signal?.aborted) throw given.signal.reason;
      throw new ApiError('unreachable', `no answer from ${baseUrl}`, { url, cause });
    }
  }

  return { call, baseUrl };
}

function queryText(query: Record<string, unknown> | undefined): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined && value !== '') search.set(key, String(value));
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** The error for an answer that is not 2xx: the problem it carries, or `unexpected_answer`. */
export async function problemOf(response: Response, url: string): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('retry-after'));
  const rest = { status: response.status, url, ...(retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}) };
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = ProblemSchema.safeParse(body);
  if (!parsed.success || !isErrorCode(parsed.data.code)) {
    return new ApiError('unexpected_answer', `${url} answered ${response.status} without a problem document`, rest);
  }
  const problem = parsed.data;
  return new ApiError(parsed.data.code as ErrorCode, problem.detail ?? problem.title, { ...rest, problem });
}
