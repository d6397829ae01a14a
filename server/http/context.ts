import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Peer, RequestContext } from './route.ts';

const CLEAN_ID = /^[A-Za-z0-9._-]{8,64}$/;
const requestIds = new WeakMap<IncomingMessage, string>();
const PREFIX = randomBytes(5).toString('hex');
let counter = 0;

/** The id of a request: the caller's `X-Request-Id` when it is harmless, else one of ours, unique over processes. */
export function requestIdOf(request: IncomingMessage): string {
  const known = requestIds.get(request);
  if (known !== undefined) return known;
  const given = request.headers['x-request-id'];
  counter += 1;
  const id = typeof given === 'string' && CLEAN_ID.test(given) ? given : `${PREFIX}-${counter.toString(36)}`;
  requestIds.set(request, id);
  return id;
}

export function isLoopbackAddress(address: string): boolean {
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  return plain === '::1' || plain.startsWith('127.');
}

/** The other end. Behind a trusted proxy the last entry of X-Forwarded-For counts: the one the proxy itself wrote. */
export function peerOf(request: IncomingMessage, isProxyTrusted: boolean): Peer {
  const socketAddress = request.socket.remoteAddress ?? '';
  const forwarded = isProxyTrusted ? request.headers['x-forwarded-for'] : undefined;
  const last = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded)?.split(',').at(-1)?.trim();
  const address = last === undefined || last === '' ? socketAddress : last;
  return { address, isLoopback: isLoopbackAddress(address), host: request.headers.host ?? '' };
}

/** What every handler gets beside its parsed input. */
export function contextOf(request: IncomingMessage, response: ServerResponse, isProxyTrusted: boolean): RequestContext {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new Error('the caller went away'));
  });
  return {
    requestId: requestIdOf(request),
    peer: peerOf(request, isProxyTrusted),
    headers: request.headers,
    signal: controller.signal,
  };
}
