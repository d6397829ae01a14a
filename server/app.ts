import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import { DomainError } from './domain/errors.ts';
import { requestIdOf } from './http/context.ts';
import type { Edge } from './http/edge.ts';
import { answerError, type RenderErrorPage } from './http/error-handler.ts';
import { createHotLane } from './http/hot.ts';
import { mountJsonRoute, mountProtocolRoute, routeIdOf } from './http/mount.ts';
import type { Feature } from './http/route.ts';
import { SECURITY_HEADERS } from './http/security-headers.ts';

export interface AppParts {
  readonly edge: Edge;
  /** In the order in which their protocol routes are tried. */
  readonly features: readonly Feature[];
  readonly renderErrorPage: RenderErrorPage;
}

/** The whole HTTP surface as one listener: the hot lane, then Express with the features' routes. No I/O here. */
export function createApp({ edge, features, renderErrorPage }: AppParts): RequestListener {
  const jsonRoutes = features.flatMap((feature) => feature.routes ?? []);
  const protocolRoutes = features.flatMap((feature) => feature.protocolRoutes ?? []);
  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing').set('query parser', false);

  app.use(begin(edge));
  for (const route of jsonRoutes) mountJsonRoute(app, edge, route);
  for (const route of protocolRoutes) mountProtocolRoute(app, edge, route);
  app.use(refuseMethod(methodsByPath(jsonRoutes, protocolRoutes)));
  app.use(() => {
    throw new DomainError('not_found');
  });
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    answerError(error, request, response, { log: edge.log, renderErrorPage });
  });

  return createHotLane(
    features.flatMap((feature) => feature.hotRoutes ?? []),
    edge,
    app as unknown as RequestListener,
  );
}

/** Request id, security headers, and the note about the answer once it is out. */
function begin(edge: Edge) {
  return (request: IncomingMessage, response: ServerResponse, next: NextFunction) => {
    const started = performance.now();
    const requestId = requestIdOf(request);
    for (const name of Object.keys(SECURITY_HEADERS)) response.setHeader(name, SECURITY_HEADERS[name] ?? '');
    response.setHeader('x-request-id', requestId);
    response.once('close', () => {
      // 499 as nginx has it: the caller left before the answer.
      const status = response.writableFinished ? response.statusCode : 499;
      const seconds = (performance.now() - started) / 1000;
      edge.done({ request, requestId, routeId: routeIdOf(request), status, seconds, isHot: false });
    });
    next();
  };
}

type Methods = readonly { readonly path: string; readonly methods: readonly string[] }[];

function methodsByPath(
  jsonRoutes: readonly { definition: { path: string; method: string } }[],
  protocolRoutes: readonly { paths: readonly string[]; method: string }[],
): Methods {
  const all = [
    ...jsonRoutes.map(({ definition }) => ({ path: definition.path, method: definition.method })),
    ...protocolRoutes.flatMap(({ paths, method }) => paths.map((path) => ({ path, method }))),
  ];
  return [...new Set(all.map(({ path }) => path))].map((path) => {
    const methods = all.filter((entry) => entry.path === path).map(({ method }) => method);
    return { path, methods: methods.includes('GET') ? [...methods, 'HEAD'] : methods };
  });
}

/** 405 with `Allow` for a known path with another method. A router of its own, so that Express matches the paths exactly as above. */
function refuseMethod(entries: Methods) {
  const router = express.Router({ caseSensitive: true });
  for (const { path, methods } of entries) {
    router.all(path, (request: Request, _response: Response, next: NextFunction) => {
      if (methods.includes(request.method)) return next();
      throw new DomainError('method_not_allowed', {
        detail: `${request.method.slice(0, 20)} is not possible here.`,
        headers: { allow: methods.join(', ') },
      });
    });
  }
  return router;
}
