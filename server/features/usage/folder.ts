import type { Clock } from '../../domain/clock.ts';
import type { LeaseStore } from '../../jobs/lease.store.ts';
import { countDistinct, foldDay, trendOf } from './fold.ts';
import type { DirtyBucket, UsageStore } from './usage.store.ts';
import { DAY_MS } from './usage-event.ts';

export interface FolderOptions {
  readonly store: UsageStore;
  readonly leases: LeaseStore;
  readonly clock: Clock;
  /** This process; any other value means another node. */
  readonly owner: string;
  /** Called after totals have changed. */
  readonly onFolded?: () => void;
}

export interface Folder {
  /** Folds everything dirty, ages totals, removes expired events; nothing when another node has the lease. */
  pass(): Promise<void>;
  /** End of the last pass that left nothing dirty, milliseconds since 1970. */
  readonly freshAt: number | undefined;
  release(): Promise<void>;
}

const LEASE = 'usage-fold';
/** Short: after a killed node another one, or its successor, goes on this soon. */
const LEASE_MS = 3_000;
const BATCH = 200;
const ACTIVE_DAYS = 30;
export const RAW_TTL_MS = 90 * DAY_MS;
const EXPIRE_BATCH = 5_000;

/** Turns dirty buckets into numbers. Killed at any point it leaves them dirty, and the next pass computes the same again. */
export function createFolder({ store, leases, clock, owner, onFolded }: FolderOptions): Folder {
  let freshAt: number | undefined;

  const holdLease = () => leases.take({ name: LEASE, owner, nowMs: clock.now(), untilMs: clock.now() + LEASE_MS });

  async function foldBucket(bucket: DirtyBucket): Promise<void> {
    const groups = await store.groupEvents(bucket.agent, bucket.day);
    await store.saveBucket(bucket.agent, foldDay(bucket.day, groups), bucket.marked);
  }

  async function refreshTotals(agent: string): Promise<void> {
    const now = clock.now();
    const today = Math.floor(now / DAY_MS);
    const days = await store.listDays(agent, today - ACTIVE_DAYS + 1, today);
    const installs = await store.sumInstalls(agent);
    await store.saveTotals({
      agent,
      installs,
      activeInstalls: countDistinct(days),
      trending: trendOf(days, today),
      freshAt: now,
    });
  }

  /** The order matters: only when buckets and totals are both written does the dirtiness end. */
  async function foldBatch(batch: readonly DirtyBucket[]): Promise<void> {
    for (const bucket of batch) await foldBucket(bucket);
    for (const agent of new Set(batch.map((bucket) => bucket.agent))) await refreshTotals(agent);
    for (const bucket of batch) await store.clearDirty(bucket);
  }

  async function foldAll(): Promise<boolean> {
    let isChanged = false;
    for (;;) {
      const startedAt = clock.now();
      const batch = await store.listDirty(BATCH);
      if (batch.length === 0) {
        freshAt = startedAt;
        return isChanged;
      }
      await foldBatch(batch);
      isChanged = true;
      if (!(await holdLease())) return isChanged;
    }
  }

  async function age(): Promise<boolean> {
    const startOfDay = Math.floor(clock.now() / DAY_MS) * DAY_MS;
    const agents = await store.listAging(startOfDay, BATCH);
    for (const agent of agents) await refreshTotals(agent);
    return agents.length > 0;
  }

  return {
    get freshAt() {
      return freshAt;
    },
    async pass() {
      if (!(await holdLease())) return;
      const isFolded = await foldAll();
      const isAged = await age();
      await store.removeEventsBefore(clock.now() - RAW_TTL_MS, EXPIRE_BATCH);
      if (isFolded || isAged) onFolded?.();
    },
    release: () => leases.release(LEASE, owner),
  };
}
