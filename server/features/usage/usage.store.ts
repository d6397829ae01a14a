import type { StoredUsageEvent } from './usage-event.ts';

/** A (agent, day) whose numbers are older than its events. */
export interface DirtyBucket {
  readonly agent: string;
  readonly day: number;
  /** Goes up with every mark; what `saveBucket` compares. */
  readonly marked: number;
}

export interface DayNumbers {
  readonly views: number;
  readonly installs: number;
  readonly removes: number;
  readonly activeInstalls: number;
}

/** Numbers of one agent on one UTC day, recomputed from its events as a whole. */
export interface UsageDay extends DayNumbers {
  readonly day: number;
  /** Installations active that day: 8 bytes each, ascending, distinct. Sets of several days are joined by union. */
  readonly active: Uint8Array;
}

/** Running totals of one agent, for the catalogue. */
export interface UsageTotals {
  readonly agent: string;
  readonly installs: number;
  /** Distinct installations active in the last 30 days. */
  readonly activeInstalls: number;
  /** Installs weighted by age: halves every week. */
  readonly trending: number;
  /** When the last fold that touched this agent finished, milliseconds since 1970. */
  readonly freshAt: number;
}

/** How often one installation sent one kind of event: what a fold reads. */
export interface EventGroup {
  readonly name: string;
  readonly installation: Uint8Array;
  readonly count: number;
}

/**
 * Events are stored once; the numbers of a (agent, day) are always computed from all its events, so nothing that is repeated
 * can count twice, and nothing that was acknowledged can be missed: its bucket is marked dirty in the same step.
 */
export interface UsageStore {
  /**
   * Stores events and marks their buckets, durably when it resolves. Answers for each whether it was new.
   * Throws storage_full; then nothing was stored, or what was stored is found to be a duplicate by the client's next try.
   */
  insertEvents(events: readonly StoredUsageEvent[]): Promise<readonly ('inserted' | 'duplicate')[]>;
  listDirty(limit: number): Promise<DirtyBucket[]>;
  /** All events of one bucket, counted by kind and installation, in no order. */
  groupEvents(agent: string, day: number): Promise<EventGroup[]>;
  /** Writes a bucket as computed after `marked` was read. A fold that is older than the stored one changes nothing. */
  saveBucket(agent: string, numbers: UsageDay, marked: number): Promise<void>;
  /** Ends the bucket's dirtiness, unless it was marked again after `marked`. */
  clearDirty(bucket: DirtyBucket): Promise<void>;
  /** Days of an agent from `fromDay` to `toDay`, both included, ascending; days without a bucket are left out. */
  listDays(agent: string, fromDay: number, toDay: number): Promise<UsageDay[]>;
  /** Sum of installs over all days. */
  sumInstalls(agent: string): Promise<number>;
  saveTotals(totals: UsageTotals): Promise<void>;
  getTotals(agents: readonly string[]): Promise<UsageTotals[]>;
  /** Totals by (freshAt, agent), from `freshFrom` on and behind `after`. */
  listTotals(freshFrom: number, after: { freshAt: number; agent: string } | undefined, limit: number): Promise<UsageTotals[]>;
  /** Agents whose totals change by the mere passing of time (they are active or trending) and are older than `freshBefore`. */
  listAging(freshBefore: number, limit: number): Promise<string[]>;
  /** Removes about `limit` of the events received before the time, oldest first; answers how many. */
  removeEventsBefore(receivedBefore: number, limit: number): Promise<number>;
}
