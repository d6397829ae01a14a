import { type Connection, Schema } from 'mongoose';
import { USAGE_EVENTS } from '../../../contract/events.ts';
import type { UsageDay, UsageStore, UsageTotals } from '../../features/usage/usage.store.ts';
import type { StoredUsageEvent } from '../../features/usage/usage-event.ts';
import { isDuplicateKey, retryDuplicate } from './open.ts';

interface EventDocument {
  _id: Buffer;
  name: string;
  agent: string;
  day: number;
  at: number;
  receivedAt: number;
  /** Base64. */
  installation: string;
  properties: string;
}
interface DayDocument {
  _id: string;
  agent: string;
  day: number;
  marked: number;
  folded: number;
  isDirty: boolean;
  views: number;
  installs: number;
  removes: number;
  activeInstalls: number;
  active: Buffer;
}
interface TotalsDocument {
  _id: string;
  agent: string;
  installs: number;
  activeInstalls: number;
  trending: number;
  freshAt: number;
  /** Whether the mere passing of days changes it. */
  isAging: boolean;
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const bytes = { type: Buffer, required: true } as const;

const eventSchema = new Schema<EventDocument>(
  {
    _id: bytes,
    name: text,
    agent: { type: String },
    day: number,
    at: number,
    receivedAt: number,
    installation: text,
    properties: text,
  },
  { versionKey: false, collection: 'usage_events' },
);
// The fold reads one bucket; expiry reads the oldest.
eventSchema.index({ agent: 1, day: 1, name: 1 });
eventSchema.index({ receivedAt: 1 });

const daySchema = new Schema<DayDocument>(
  {
    _id: text,
    agent: text,
    day: number,
    marked: number,
    folded: number,
    isDirty: { type: Boolean, required: true },
    views: number,
    installs: number,
    removes: number,
    activeInstalls: number,
    active: bytes,
  },
  { versionKey: false, collection: 'usage_days' },
);
daySchema.index({ agent: 1, day: 1 }, { unique: true });
// Holds only what waits for the fold.
daySchema.index({ isDirty: 1 }, { partialFilterExpression: { isDirty: true } });

const totalsSchema = new Schema<TotalsDocument>(
  {
    _id: text,
    agent: text,
    installs: number,
    activeInstalls: number,
    trending: number,
    freshAt: number,
    isAging: { type: Boolean, required: true },
  },
  { versionKey: false, collection: 'usage_totals' },
);
totalsSchema.index({ freshAt: 1, agent: 1 });
totalsSchema.index({ isAging: 1, freshAt: 1 });

export function usageModels(connection: Connection) {
  return {
    events: connection.model('UsageEvent', eventSchema),
    days: connection.model('UsageDay', daySchema),
    totals: connection.model('UsageTotals', totalsSchema),
  };
}

const EMPTY_DAY = { folded: 0, views: 0, installs: 0, removes: 0, activeInstalls: 0, active: Buffer.alloc(0) };

function bucketId(agent: string, day: number): string {
  return `${agent} ${day}`;
}

/** The driver hands bytes out in its own class, whose content is in `buffer`. */
function toBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return (value as { buffer: Uint8Array }).buffer;
}

function toUsageDay({ day, views, installs, removes, activeInstalls, active }: DayDocument): UsageDay {
  return { day, views, installs, removes, activeInstalls, active: toBytes(active) };
}

function toTotals({ agent, installs, activeInstalls, trending, freshAt }: TotalsDocument): UsageTotals {
  return { agent, installs, activeInstalls, trending, freshAt };
}

/** Places in a bulk insert whose id was there already. Rethrows an error that holds anything else. */
function duplicatePlaces(error: unknown): Set<number> {
  const { writeErrors } = error as { writeErrors?: unknown };
  const list = Array.isArray(writeErrors) ? writeErrors : writeErrors === undefined ? [] : [writeErrors];
  const places = new Set<number>();
  for (const each of list as { code?: number; index?: number }[]) {
    if (each.code !== 11_000 || each.index === undefined) throw error;
    places.add(each.index);
  }
  if (places.size === 0) throw error;
  return places;
}

export function createMongoUsageStore({ events, days, totals }: ReturnType<typeof usageModels>): UsageStore {
  async function mark(buckets: ReadonlyMap<string, StoredUsageEvent>): Promise<void> {
    if (buckets.size === 0) return;
    const writes = [...buckets].map(([_id, { agent, day }]) => ({
      updateOne: {
        filter: { _id },
        update: { $inc: { marked: 1 }, $set: { isDirty: true }, $setOnInsert: { agent, day, ...EMPTY_DAY } },
        upsert: true,
      },
    }));
    await retryDuplicate(() => days.collection.bulkWrite(writes as never, { ordered: false }));
  }

  async function insert(batch: readonly StoredUsageEvent[]): Promise<Set<number>> {
    const documents = batch.map(({ id, installation, ...rest }) => ({
      _id: Buffer.from(id),
      ...rest,
      installation: Buffer.from(installation).toString('base64'),
    }));
    try {
      await events.collection.insertMany(documents as never, { ordered: false });
      return new Set();
    } catch (error) {
      return duplicatePlaces(error);
    }
  }

  return {
    /**
     * Marked before the insert, so that an event is never stored without its bucket being dirty, and once more afterwards, since a
     * fold may have come in between and read too early. After duplicates too: the first try may have died before its second mark.
     */
    async insertEvents(batch) {
      if (batch.length === 0) return [];
      const buckets = new Map(
        batch.filter((event) => event.agent !== '').map((event) => [bucketId(event.agent, event.day), event]),
      );
      await mark(buckets);
      const duplicates = await insert(batch);
      await mark(buckets);
      return batch.map((_, place) => (duplicates.has(place) ? 'duplicate' : 'inserted'));
    },
    async listDirty(limit) {
      const rows = await days.find({ isDirty: true }, { agent: 1, day: 1, marked: 1 }).limit(limit).lean();
      return rows.map(({ agent, day, marked }) => ({ agent, day, marked }));
    },
    async groupEvents(agent, day) {
      // one key for each name: MongoDB look-alikes group wrongly by documents
      const lists = await Promise.all(
        Object.keys(USAGE_EVENTS).map(async (name) => {
          const groups = await events.aggregate<{ _id: string; count: number }>([
            { $match: { agent, day, name } },
            { $group: { _id: '$installation', count: { $sum: 1 } } },
          ]);
          return groups.map(({ _id, count }) => ({ name, installation: Buffer.from(_id, 'base64'), count }));
        }),
      );
      return lists.flat();
    },
    async saveBucket(agent, { day, views, installs, removes, activeInstalls, active }, marked) {
      await days.updateOne(
        { _id: bucketId(agent, day), folded: { $lte: marked } },
        { $set: { views, installs, removes, activeInstalls, active: Buffer.from(active), folded: marked } },
      );
    },
    async clearDirty({ agent, day, marked }) {
      await days.updateOne({ _id: bucketId(agent, day), marked }, { $set: { isDirty: false } });
    },
    async listDays(agent, fromDay, toDay) {
      const rows = await days
        .find({ agent, day: { $gte: fromDay, $lte: toDay } })
        .sort({ day: 1 })
        .lean();
      return rows.map((row) => toUsageDay(row));
    },
    async sumInstalls(agent) {
      const rows = await days.find({ agent, installs: { $gt: 0 } }, { installs: 1 }).lean();
      return rows.reduce((sum, row) => sum + row.installs, 0);
    },
    async saveTotals({ agent, installs, activeInstalls, trending, freshAt }) {
      const isAging = activeInstalls > 0 || trending > 0;
      try {
        await retryDuplicate(() =>
          totals.updateOne(
            { _id: agent, freshAt: { $lte: freshAt } },
            { $set: { agent, installs, activeInstalls, trending, freshAt, isAging } },
            { upsert: true },
          ),
        );
      } catch (error) {
        // the row exists and did not match: fresher totals are there
        if (!isDuplicateKey(error)) throw error;
      }
    },
    async getTotals(agents) {
      return (await totals.find({ _id: { $in: [...agents] } }).lean()).map(toTotals);
    },
    async listTotals(freshFrom, after, limit) {
      const behind =
        after === undefined
          ? { freshAt: { $gte: freshFrom } }
          : { $or: [{ freshAt: { $gt: after.freshAt } }, { freshAt: after.freshAt, agent: { $gt: after.agent } }] };
      return (await totals.find(behind).sort({ freshAt: 1, agent: 1 }).limit(limit).lean()).map(toTotals);
    },
    async listAging(freshBefore, limit) {
      const rows = await totals
        .find({ isAging: true, freshAt: { $lt: freshBefore } }, { agent: 1 })
        .sort({ freshAt: 1, agent: 1 })
        .limit(limit)
        .lean();
      return rows.map((row) => row.agent);
    },
    async removeEventsBefore(receivedBefore, limit) {
      const [boundary] = await events
        .find({ receivedAt: { $lt: receivedBefore } }, { receivedAt: 1 })
        .sort({ receivedAt: 1 })
        .skip(limit - 1)
        .limit(1)
        .lean();
      const upTo = boundary === undefined ? { $lt: receivedBefore } : { $lte: boundary.receivedAt };
      const result = await events.deleteMany({ receivedAt: upTo });
      return result.deletedCount;
    },
  };
}
