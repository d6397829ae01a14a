import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { createFsPackageStore } from './adapters/fs/package-store.fs.ts';
import type { Stores } from './adapters/stores.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { type Clock, systemClock } from './domain/clock.ts';
import { DomainError } from './domain/errors.ts';
import { createIdSource, type IdSource } from './domain/ids.ts';
import { createSignal } from './domain/signal.ts';
import { accountRoutes } from './features/accounts/accounts.routes.ts';
import { createAccountsService } from './features/accounts/accounts.service.ts';
import { operationsRoutes } from './features/operations/operations.routes.ts';
import type { PackageStore } from './features/publishing/package-store.ts';
import { createEdge } from './http/edge.ts';
import { renderPlainErrorPage } from './http/error-page.ts';
import { createMetrics } from './http/metrics.ts';
import { createRateLimit, takeOne } from './http/rate-limit.ts';
import type { Feature } from './http/route.ts';

export interface ComposeOptions {
  readonly config: Config;
  readonly stores: Stores;
  readonly log: Logger;
  /** Where the service listens: part of the addresses it prints and hands out when no PUBLIC_URL is set. */
  readonly port: number;
  /** Absent in production; tests put their own in. */
  readonly clock?: Clock;
  readonly newId?: IdSource;
  readonly packages?: PackageStore;
}

export interface Service {
  readonly listener: RequestListener;
  /** Sweeps, seeds and starts the features' jobs; the service is ready afterwards. */
  start(): Promise<void>;
  /** Stops the jobs and closes the stores; call it when no request runs any more. */
  close(): Promise<void>;
}

/** The only place that knows every part: builds the features over their ports and puts them into one listener. */
export function compose(options: ComposeOptions): Service {
  const { config, stores, log } = options;
  const clock = options.clock ?? systemClock;
  const newId = options.newId ?? createIdSource(clock);
  const packages = options.packages ?? createFsPackageStore(config.PACKAGE_STORE.slice('file:'.length));
  const metrics = createMetrics({ hasProcessMetrics: config.NODE_ENV !== 'test' });
  /** Rings after each save of an agent on this node, so that readers of the change feed need not wait for their next poll. */
  const catalogueChanged = createSignal();
  let isStarted = false;

  const accounts = createAccountsService({ store: stores.accounts, clock, newId });
  const signIns = new RateLimiterMemory({ points: config.SIGNIN_LIMIT_PER_MINUTE, duration: 60 });
  const accountsFeature: Feature = {
    routes: accountRoutes({
      accounts,
      devSignIn: { isEnabled: config.DEV_SIGNIN, isProduction: config.isProduction, listenHost: config.HOST },
      takeSignIn: (peer) => takeOne(signIns, peer.address),
    }),
  };
  const operationsFeature: Feature = {
    protocolRoutes: operationsRoutes({
      checkReady: async () => {
        if (!isStarted) throw new DomainError('unavailable', { detail: 'The service is still starting.' });
        await stores.ping().catch((cause: unknown) => {
          throw new DomainError('unavailable', { detail: 'The database does not answer.', cause });
        });
      },
      renderMetrics: async () => ({ type: metrics.registry.contentType, text: await metrics.registry.metrics() }),
      metricsToken: config.METRICS_TOKEN,
    }),
  };

  const features: readonly Feature[] = [operationsFeature, accountsFeature];
  const edge = createEdge({
    log,
    metrics,
    rateLimit: createRateLimit({ perMinute: config.RATE_LIMIT_PER_MINUTE, includesLoopback: config.RATE_LIMIT_LOOPBACK }),
    authenticate: (token) => accounts.authenticate(token),
    isProxyTrusted: config.TRUST_PROXY,
  });
  void packages;
  void catalogueChanged;

  return {
    listener: createApp({ edge, features, renderErrorPage: renderPlainErrorPage }),
    async start() {
      for (const feature of features) await feature.start?.();
      isStarted = true;
    },
    async close() {
      for (const feature of features) await feature.stop?.();
      await stores.close();
    },
  };
}
