import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Express, Request, Response } from 'express';
import * as z from 'zod/mini';
import { LIMITS } from '../../contract/limits.ts';
import type { RouteDefinition } from '../../contract/routes.ts';
import type { Actor } from '../domain/actor.ts';
import { DomainError } from '../domain/errors.ts';
import { authorise, tokenOf } from './auth.ts';
import { parseJson, readBody } from './body.ts';
import { contextOf } from './context.ts';
import type { Edge } from './edge.ts';
import { etagOf, matchesEtag } from './etag.ts';
import {
  type HandlerRequest,
  type JsonRoute,
  type ProtocolAnswer,
  type ProtocolRoute,
  Reply,
  type RequestContext,
} from './route.ts';

const routeIds = new WeakMap<IncomingMessage, string>();

/** The id of the route that took a request, for metrics and the log; `none` when no route did. */
export function routeIdOf(request: IncomingMessage): string {
  return routeIds.get(request) ?? 'none';
}

type Verb = 'get' | 'post' | 'put' | 'delete';

/** Puts a JSON route into Express: rate limit, authorise, parse, handle, answer. Errors go to the error handler. */
export function mountJsonRoute(app: Express, edge: Edge, { definition, handle }: JsonRoute): void {
  app[definition.method.toLowerCase() as Verb](definition.path, async (request: Request, response: Response) => {
    const { actor, context } = await admit(request, response, edge, definition.id, definition.auth);
    const parsed = {
      params: parsePart(definition.params, request.params, 'params'),
      query: parsePart(definition.query, Object.fromEntries(queryOf(request)), 'query'),
      body: definition.body === undefined ? undefined : parsePart(definition.body, await readJson(request, definition), 'body'),
    };
    const answer = await handle({ ...parsed, ...context, actor } as HandlerRequest<RouteDefinition>);
    sendJson(request, response, definition, answer);
  });
}

/** Puts a route with a foreign shape into Express. */
export function mountProtocolRoute(app: Express, edge: Edge, route: ProtocolRoute): void {
  app[route.method.toLowerCase() as Verb]([...route.paths], async (request: Request, response: Response) => {
    const { actor, context } = await admit(request, response, edge, route.id, route.auth);
    const body = route.bodyLimitBytes === undefined ? Buffer.alloc(0) : await readBody(request, route.bodyLimitBytes);
    const params = Object.fromEntries(Object.entries(request.params).map(([key, value]) => [key, String(value)]));
    await sendProtocol(
      request,
      response,
      await route.handle({ ...context, actor, params, query: queryOf(request), url: request.originalUrl, body }),
    );
  });
}

async function admit(
  request: Request,
  response: Response,
  edge: Edge,
  routeId: string,
  auth: RouteDefinition['auth'],
): Promise<{ actor: Actor | undefined; context: RequestContext }> {
  routeIds.set(request, routeId);
  const context = contextOf(request, response, edge.isProxyTrusted);
  const token = tokenOf(request.headers);
  const actor = token === undefined ? undefined : await edge.authenticate(token);
  await edge.rateLimit.take(actor, context.peer);
  authorise(actor, auth, token !== undefined);
  return { actor, context };
}

function queryOf(request: Request): URLSearchParams {
  const mark = request.originalUrl.indexOf('?');
  return new URLSearchParams(mark < 0 ? '' : request.originalUrl.slice(mark + 1));
}

async function readJson(request: Request, definition: RouteDefinition): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const body = await readBody(request, definition.bodyLimit === 'usage' ? LIMITS.usageBodyBytes : LIMITS.jsonBodyBytes);
  if (type !== 'application/json' && !type.endsWith('+json')) {
    throw new DomainError('unsupported_media_type', { detail: 'Send the body as application/json.' });
  }
  return parseJson(body);
}

const ISSUES_SHOWN = 20;

function parsePart(schema: z.core.$ZodType | undefined, value: unknown, part: 'params' | 'query' | 'body'): unknown {
  if (schema === undefined) return undefined;
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, ISSUES_SHOWN).map((issue) => ({
    path: [part, ...issue.path.map(String)].join('.'),
    message: issue.message,
  }));
  // A bad cursor of a list has its own code; names that cannot exist are simply not there.
  if (part === 'params') throw new DomainError('not_found', { issues });
  throw new DomainError('invalid_request', {
    detail: issues
      .map((issue) => `${issue.path}: ${issue.message}`)
      .slice(0, 3)
      .join('; '),
    issues,
  });
}

function sendJson(request: IncomingMessage, response: ServerResponse, definition: RouteDefinition, answer: unknown): void {
  const { body, options } = answer instanceof Reply ? answer : { body: answer, options: {} };
  for (const [name, value] of Object.entries(options.headers ?? {})) response.setHeader(name, value);
  const isPublicRead = definition.auth === 'public' && definition.method === 'GET';
  response.setHeader(
    'cache-control',
    options.cache ?? (isPublicRead ? 'public, max-age=0, must-revalidate' : 'private, no-store'),
  );
  if (body === undefined) {
    response.writeHead(options.status ?? 204).end();
    return;
  }
  const bytes = Buffer.from(JSON.stringify(body));
  response.setHeader('content-type', 'application/json; charset=utf-8');
  if (isPublicRead) {
    const etag = etagOf(bytes);
    response.setHeader('etag', etag);
    if (matchesEtag(request.headers['if-none-match'], etag)) {
      response.writeHead(304).end();
      return;
    }
  }
  response.setHeader('content-length', bytes.length);
  response.writeHead(options.status ?? 200).end(request.method === 'HEAD' ? undefined : bytes);
}

async function sendProtocol(request: IncomingMessage, response: ServerResponse, answer: ProtocolAnswer): Promise<void> {
  const { status = 200, headers, body } = answer;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const { etag } = headers;
  if (status === 200 && etag !== undefined && matchesEtag(request.headers['if-none-match'], etag)) {
    if (body instanceof Readable) body.destroy();
    response.writeHead(304).end();
    return;
  }
  if (!(body instanceof Readable)) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    if (status !== 204) response.setHeader('content-length', bytes.length);
    response.writeHead(status).end(request.method === 'HEAD' || status === 204 ? undefined : bytes);
    return;
  }
  response.writeHead(status);
  if (request.method === 'HEAD') {
    body.destroy();
    response.end();
    return;
  }
  await pipeline(body, response);
}
