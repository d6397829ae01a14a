import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  /** Notes one answered request under its route id. */
  observe(routeId: string, status: number, seconds: number): void;
}

/** Request times per route id and status class, errors by code; children are kept because looking labels up costs more than the rest. */
export function createMetrics(options: { readonly hasProcessMetrics: boolean }): Metrics {
  const registry = new Registry();
  if (options.hasProcessMetrics) collectDefaultMetrics({ register: registry });
  const histogram = new Histogram({
    name: 'coditect_http_request_seconds',
    help: 'Time to answer a request, by route id and status class.',
    labelNames: ['route', 'status'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  const requests = new Counter({
    name: 'coditect_http_requests_total',
    help: 'Answered requests, by route id and status.',
    labelNames: ['route', 'status'],
    registers: [registry],
  });
  const children = new Map<string, { time: { observe(value: number): void }; count: { inc(): void } }>();
  return {
    registry,
    observe(routeId, status, seconds) {
      const key = `${routeId} ${status}`;
      let child = children.get(key);
      if (child === undefined) {
        child = {
          time: histogram.labels(routeId, `${Math.floor(status / 100)}xx`),
          count: requests.labels(routeId, String(status)),
        };
        children.set(key, child);
      }
      child.time.observe(seconds);
      child.count.inc();
    },
  };
}
