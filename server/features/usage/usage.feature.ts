import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { Signal } from '../../domain/signal.ts';
import type { Feature } from '../../http/route.ts';
import type { LeaseStore } from '../../jobs/lease.store.ts';
import { startTicker, type Ticker } from '../../jobs/ticker.ts';
import { createFolder } from './folder.ts';
import { createIdentityHash } from './identity.ts';
import { createIngestQueue } from './ingest-queue.ts';
import { usageRoutes } from './usage.routes.ts';
import { createUsageService, type UsageService } from './usage.service.ts';
import type { UsageStore } from './usage.store.ts';

export interface UsageFeatureOptions {
  readonly store: UsageStore;
  readonly leases: LeaseStore;
  readonly clock: Clock;
  readonly salt: Uint8Array;
  /** Rings when totals have changed. */
  readonly totalsChanged: Signal;
  readonly onError: (error: unknown) => void;
}

export interface UsageFeature extends Feature {
  readonly service: UsageService;
  /** End of the last complete fold on this node, milliseconds since 1970. */
  freshAt(): number | undefined;
  /** Folds what is dirty now; the service does it by itself within a second. */
  foldNow(): Promise<void>;
}

const FOLD_EVERY_MS = 1_000;
const FOLD_AFTER_MS = 150;
/** Under load the fold takes a fifth of the time, and numbers are still fresh within five seconds. */
const MAX_REST_MS = 3_000;

export function createUsageFeature(options: UsageFeatureOptions): UsageFeature {
  const { store, leases, clock } = options;
  const folder = createFolder({ store, leases, clock, owner: randomUUID(), onFolded: () => options.totalsChanged.emit() });
  let ticker: Ticker | undefined;
  const queue = createIngestQueue({ store, onCommitted: () => ticker?.poke() });
  const service = createUsageService({ queue, clock, hashIdentity: createIdentityHash(options.salt) });
  return {
    service,
    routes: usageRoutes(service),
    freshAt: () => folder.freshAt,
    foldNow: () => folder.pass(),
    async start() {
      ticker = startTicker({
        work: () => folder.pass(),
        everyMs: FOLD_EVERY_MS,
        pokeMs: FOLD_AFTER_MS,
        restShare: 4,
        maxRestMs: MAX_REST_MS,
        onError: options.onError,
      });
      ticker.poke();
    },
    async stop() {
      await queue.drain();
      await ticker?.stop();
      await folder.release();
    },
  };
}
