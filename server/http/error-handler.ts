import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { ERRORS, type Problem } from '../../contract/errors.ts';
import type { DomainError } from '../domain/errors.ts';
import { requestIdOf } from './context.ts';
import { routeIdOf } from './mount.ts';
import { toDomainError, toNpmProblem, toProblem } from './problem.ts';

/** A page for people about a problem: HTML text. */
export type RenderErrorPage = (problem: Problem) => string;

export interface ErrorHandlerOptions {
  readonly log: Logger;
  readonly renderErrorPage: RenderErrorPage;
}

/** Answers an error in the shape of the surface: npm's under /npm, a page where a browser asks outside the API, else a problem document. */
export function answerError(
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  options: ErrorHandlerOptions,
): void {
  const domainError = toDomainError(error);
  const requestId = requestIdOf(request);
  note(domainError, request, requestId, options.log);
  if (response.headersSent || response.destroyed) {
    // A stream broke half-way: closing the socket is the only way left to say that the answer is not whole.
    response.destroy();
    return;
  }
  const { retryAfterSeconds, headers } = domainError.options;
  for (const name of ['etag', 'content-encoding', 'last-modified', 'content-length']) response.removeHeader(name);
  for (const [name, value] of Object.entries(headers ?? {})) {
    // npm replaces our text by a riddle of its own when it sees a challenge that it does not know.
    if (name !== 'www-authenticate' || !isNpm(request)) response.setHeader(name, value);
  }
  const wait = retryAfterSeconds ?? (domainError.code === 'unavailable' ? 1 : undefined);
  if (wait !== undefined) response.setHeader('retry-after', String(wait));
  response.setHeader('cache-control', 'no-store');
  const { type, text } = bodyOf(domainError, request, requestId, options);
  const bytes = Buffer.from(text);
  response.setHeader('content-type', type);
  response.setHeader('content-length', bytes.length);
  response.writeHead(ERRORS[domainError.code].status).end(request.method === 'HEAD' ? undefined : bytes);
}

function isNpm(request: IncomingMessage): boolean {
  return (request.url ?? '').startsWith('/npm');
}

function bodyOf(error: DomainError, request: IncomingMessage, requestId: string, options: ErrorHandlerOptions) {
  const path = request.url ?? '/';
  if (isNpm(request)) return { type: 'application/json; charset=utf-8', text: JSON.stringify(toNpmProblem(error, requestId)) };
  const problem = toProblem(error, requestId);
  const wantsPage = !/^\/(?:api|v1|download)\//.test(path) && (request.headers.accept ?? '').includes('text/html');
  if (wantsPage) return { type: 'text/html; charset=utf-8', text: options.renderErrorPage(problem) };
  return { type: 'application/problem+json; charset=utf-8', text: JSON.stringify(problem) };
}

/** ERROR only where somebody must act: our own faults and a full disk. */
function note(error: DomainError, request: IncomingMessage, requestId: string, log: Logger): void {
  const entry = { requestId, route: routeIdOf(request), code: error.code, err: error.cause ?? error };
  if (error.code === 'internal') log.error(entry, 'request failed');
  else if (error.code === 'storage_full') log.error(entry, 'the disk is full');
  else log.debug({ ...entry, err: undefined, detail: error.options.detail }, 'request refused');
}
