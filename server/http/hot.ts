import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isLoopbackAddress, peerOf, requestIdOf } from './context.ts';
import type { Edge } from './edge.ts';
import { matchesEtag } from './etag.ts';
import type { HotAnswer, HotRoute } from './route.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Node's flat header list of an answer, made once per answer object: `writeHead` takes it without looking at single headers. */
const headerLists = new WeakMap<HotAnswer, { readonly full: readonly string[]; readonly notModified: readonly string[] }>();

function headersOf(answer: HotAnswer) {
  let lists = headerLists.get(answer);
  if (lists === undefined) {
    const flat = Object.entries({ ...SECURITY_HEADERS, ...answer.headers, etag: answer.etag }).flat();
    lists = { full: [...flat, 'content-length', String(answer.body.length)], notModified: flat };
    headerLists.set(answer, lists);
  }
  return lists;
}

/**
 * The lane before Express: ready buffers for GET and HEAD, with the same security headers, request ids, limits and metrics. A
 * caller over the address limit goes on to Express when it sent a token, where the account is counted instead.
 */
export function createHotLane(routes: readonly HotRoute[], edge: Edge, next: RequestListener): RequestListener {
  function send(request: IncomingMessage, response: ServerResponse, route: HotRoute, answer: HotAnswer, started: number) {
    const requestId = requestIdOf(request);
    const lists = headersOf(answer);
    const isFresh = matchesEtag(request.headers['if-none-match'], answer.etag);
    const status = isFresh ? 304 : 200;
    response.writeHead(status, [...(isFresh ? lists.notModified : lists.full), 'x-request-id', requestId]);
    response.end(isFresh || request.method === 'HEAD' ? undefined : answer.body);
    edge.done({ request, requestId, routeId: route.id, status, seconds: (performance.now() - started) / 1000, isHot: true });
  }

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next(request, response);
    const started = performance.now();
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    const query = mark < 0 ? '' : url.slice(mark + 1);
    for (const route of routes) {
      const answer = route.find(path, query, request.headers);
      if (answer === undefined) continue;
      const isLocal = !edge.isProxyTrusted && isLoopbackAddress(request.socket.remoteAddress ?? '');
      if (isLocal && edge.rateLimit.isExempt({ isLoopback: true })) return send(request, response, route, answer, started);
      edge.rateLimit.take(undefined, peerOf(request, edge.isProxyTrusted)).then(
        () => send(request, response, route, answer, started),
        () => next(request, response),
      );
      return;
    }
    next(request, response);
  };
}
