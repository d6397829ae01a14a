import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Authenticate } from './auth.ts';
import { logAccess } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { RateLimit } from './rate-limit.ts';

export interface FinishedRequest {
  readonly request: IncomingMessage;
  readonly requestId: string;
  readonly routeId: string;
  readonly status: number;
  readonly seconds: number;
  readonly isHot: boolean;
}

/** What both lanes share: who asks, how much they may, what is noted about it. */
export interface Edge {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly rateLimit: RateLimit;
  readonly authenticate: Authenticate;
  readonly isProxyTrusted: boolean;
  /** Called once per answered request. */
  done(finished: FinishedRequest): void;
}

export function createEdge(parts: Omit<Edge, 'done'>): Edge {
  return {
    ...parts,
    done({ request, requestId, routeId, status, seconds, isHot }) {
      parts.metrics.observe(routeId, status, seconds);
      logAccess(parts.log, { requestId, routeId, method: request.method ?? '', url: request.url ?? '', status, seconds, isHot });
    },
  };
}
