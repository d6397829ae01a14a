import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { ParsedRequest, RouteDefinition, RouteResponse } from '../../contract/routes.ts';
import type { Actor } from '../domain/actor.ts';

/** The other end of the connection, as the socket knows it. */
export interface Peer {
  readonly address: string;
  readonly isLoopback: boolean;
  /** The Host header, empty when there is none. */
  readonly host: string;
}

export interface RequestContext {
  readonly requestId: string;
  readonly peer: Peer;
  readonly headers: IncomingHttpHeaders;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
}

export interface HandlerRequest<R extends RouteDefinition> extends ParsedRequest<R>, RequestContext {
  readonly actor: R['auth'] extends 'public' ? Actor | undefined : Actor;
}

export interface ReplyOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** `Cache-Control`. Absent: public GET routes revalidate each time (ETag), everything else is `private, no-store`. */
  readonly cache?: string;
}

/** An answer with more than a body; handlers that need no headers return the body itself. */
export class Reply<Body> {
  constructor(
    readonly body: Body,
    readonly options: ReplyOptions,
  ) {}
}

/** Adds status, headers or caching to an answer of a JSON route. */
export function reply<Body>(body: Body, options: ReplyOptions): Reply<Body> {
  return new Reply(body, options);
}

type Answer<R extends RouteDefinition> = RouteResponse<R> | Reply<RouteResponse<R>>;
export type Handler<R extends RouteDefinition> = (request: HandlerRequest<R>) => Answer<R> | Promise<Answer<R>>;

/** A route of contract/routes.ts with its handler, ready to be mounted. */
export interface JsonRoute {
  readonly definition: RouteDefinition;
  readonly handle: (request: HandlerRequest<RouteDefinition>) => unknown;
}

/**
 * Binds a handler to a JSON route. The mounting code parses params, query and body by the route's schemas, authorises by
 * `auth` and maps errors, so handlers see typed input only and throw DomainError.
 */
export function route<R extends RouteDefinition>(definition: R, handle: Handler<R>): JsonRoute {
  return { definition, handle: handle as JsonRoute['handle'] };
}

export interface ProtocolRequest extends RequestContext {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Path and query as sent. */
  readonly url: string;
  /** Whole body, inflated; empty when the route takes none. */
  readonly body: Buffer;
  readonly actor: Actor | undefined;
}

export interface ProtocolAnswer {
  readonly status?: number;
  /** Give `etag` to let the edge answer 304. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable;
}

/** A route whose shape others have fixed (npm, pages, pictures): no schemas, own bodies. Listed in the OpenAPI document as protocol. */
export interface ProtocolRoute {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Express 5 paths, tried in the order of the list that holds the route. */
  readonly paths: readonly string[];
  readonly summary: string;
  readonly tag: 'npm' | 'pages' | 'operations';
  readonly auth: RouteDefinition['auth'];
  /** `npm`: errors also carry `error` and `reason`, which npm clients print. `html`: a page. */
  readonly errorShape?: 'problem' | 'npm' | 'html';
  /** Absent: no body is read. */
  readonly bodyLimitBytes?: number;
  readonly handle: (request: ProtocolRequest) => ProtocolAnswer | Promise<ProtocolAnswer>;
}

/** A ready answer: bytes and headers computed once, sent many times. */
export interface HotAnswer {
  readonly body: Buffer;
  /** With quotes. */
  readonly etag: string;
  /** Must be given: `content-type` and `cache-control`; add `vary` when the answer depends on a header. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A route of the hot lane, asked before Express for every GET and HEAD without a query-independent prefix of its own.
 * `find` is synchronous and cheap; undefined (unknown, not cached yet, not mine) passes the request on to the ordinary routes.
 */
export interface HotRoute {
  /** Label in the metrics: the id of the ordinary route. */
  readonly id: string;
  /** `path` is still percent-encoded; `query` is the text after `?`, empty when there is none. */
  find(path: string, query: string, headers: IncomingHttpHeaders): HotAnswer | undefined;
}

/** What a feature brings to the service. `start` runs once before the service calls itself ready, `stop` while it drains. */
export interface Feature {
  readonly routes?: readonly JsonRoute[];
  readonly protocolRoutes?: readonly ProtocolRoute[];
  readonly hotRoutes?: readonly HotRoute[];
  start?(): Promise<void>;
  stop?(): Promise<void>;
}
