import { timingSafeEqual } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import type { ProtocolRoute } from '../../http/route.ts';

export interface OperationsOptions {
  /** Resolves when the service can do its work, rejects with the reason. */
  readonly checkReady: () => Promise<void>;
  readonly renderMetrics: () => Promise<{ readonly type: string; readonly text: string }>;
  /** Bearer token for readers from other machines. */
  readonly metricsToken: string | undefined;
}

const PLAIN = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };

/** Liveness, readiness and Prometheus metrics. */
export function operationsRoutes({ checkReady, renderMetrics, metricsToken }: OperationsOptions): readonly ProtocolRoute[] {
  return [
    {
      id: 'healthz',
      method: 'GET',
      paths: ['/healthz'],
      summary: 'The process lives.',
      tag: 'operations',
      auth: 'public',
      handle: () => ({ headers: PLAIN, body: 'ok\n' }),
    },
    {
      id: 'readyz',
      method: 'GET',
      paths: ['/readyz'],
      summary: 'The store answers and the first-party packages are published.',
      tag: 'operations',
      auth: 'public',
      handle: async () => {
        await checkReady();
        return { headers: PLAIN, body: 'ready\n' };
      },
    },
    {
      id: 'metrics',
      method: 'GET',
      paths: ['/metrics'],
      summary: 'Prometheus metrics, for this machine or with METRICS_TOKEN.',
      tag: 'operations',
      auth: 'public',
      handle: async ({ peer, headers }) => {
        if (!peer.isLoopback && !isMetricsToken(headers.authorization, metricsToken)) throw new DomainError('not_found');
        const { type, text } = await renderMetrics();
        return { headers: { 'content-type': type, 'cache-control': 'no-store' }, body: text };
      },
    },
  ];
}

function isMetricsToken(authorization: string | undefined, token: string | undefined): boolean {
  if (token === undefined || authorization === undefined) return false;
  const given = Buffer.from(authorization);
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
