import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSqliteLeaseStore, LEASE_MIGRATIONS } from '../../adapters/sqlite/lease.sqlite.ts';
import { openSqlite } from '../../adapters/sqlite/open.ts';
import { createSqliteUsageStore, USAGE_MIGRATIONS } from '../../adapters/sqlite/usage.sqlite.ts';
import { countDistinct, foldDay, sumDays, trendOf } from './fold.ts';
import { createFolder } from './folder.ts';
import type { UsageStore } from './usage.store.ts';
import { usageEvent } from './usage.store-contract.ts';
import { DAY_MS, messageKey } from './usage-event.ts';

const AGENT = '@acme/reviewer';
const TODAY = 20_000;

const eventArbitrary = fc.record({
  name: fc.constantFrom(
    'Agent Viewed' as const,
    'Agent Installed' as const,
    'Agent Updated' as const,
    'Agent Removed' as const,
    'Agent Active' as const,
  ),
  who: fc.constantFrom('ann', 'bob', 'cy', 'dee'),
  day: fc.integer({ min: TODAY - 3, max: TODAY }),
  id: fc.integer({ min: 0, max: 30 }),
});

describe('foldDay', () => {
  it('counts events, and installations once', () => {
    const event = (name: string, who: string, count = 1) => ({ name, installation: messageKey(who), count });
    const day = foldDay(3, [
      event('Agent Installed', 'ann'),
      event('Agent Active', 'ann'),
      event('Agent Updated', 'bob'),
      event('Agent Viewed', 'cy', 3),
      event('Agent Removed', 'ann'),
    ]);
    expect(day).toMatchObject({ day: 3, views: 3, installs: 1, removes: 1, activeInstalls: 2 });
  });

  it('joins days by union', () => {
    const of = (...who: string[]) =>
      foldDay(
        1,
        who.map((each) => ({ name: 'Agent Active', installation: messageKey(each), count: 1 })),
      );
    expect(countDistinct([of('ann', 'bob'), of('bob', 'cy'), of()])).toBe(3);
    expect(sumDays([of('ann'), of('ann')]).activeInstalls).toBe(1);
    expect(countDistinct([])).toBe(0);
  });

  it('halves the weight of an install every week', () => {
    expect(
      trendOf(
        [
          { day: TODAY, installs: 4 },
          { day: TODAY - 7, installs: 4 },
        ],
        TODAY,
      ),
    ).toBe(6);
  });
});

describe('the folder', () => {
  it('ends with the numbers of a plain recount, whatever is repeated, reordered or interrupted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(eventArbitrary, { maxLength: 6 }), { maxLength: 8 }),
        fc.array(fc.nat(6), { maxLength: 8 }),
        async (batches, crashes) => {
          const connection = openSqlite(':memory:', [...USAGE_MIGRATIONS, ...LEASE_MIGRATIONS]);
          const store = createSqliteUsageStore(connection);
          const first = new Map<number, (typeof batches)[number][number]>();
          for (const [index, batch] of batches.entries()) {
            await store.insertEvents(
              batch.map(({ name, who, day, id }) => usageEvent(`id-${id}`, { name, installation: messageKey(who), day })),
            );
            for (const event of batch) if (!first.has(event.id)) first.set(event.id, event);
            const crash = crashes[index];
            if (crash !== undefined)
              await folderOver(crashing(store, crash), connection)
                .pass()
                .catch(() => {});
          }
          await folderOver(store, connection).pass();
          const kept = [...first.values()];
          for (let day = TODAY - 3; day <= TODAY; day++) {
            const [bucket] = await store.listDays(AGENT, day, day);
            const { views = 0, installs = 0, removes = 0, activeInstalls = 0 } = bucket ?? {};
            const events = kept.filter((event) => event.day === day);
            const count = (name: string) => events.filter((event) => event.name === name).length;
            expect([views, installs, removes, activeInstalls]).toEqual([
              count('Agent Viewed'),
              count('Agent Installed'),
              count('Agent Removed'),
              new Set(events.filter((event) => !['Agent Viewed', 'Agent Removed'].includes(event.name)).map((event) => event.who))
                .size,
            ]);
          }
          const [totals] = await store.getTotals([AGENT]);
          expect(totals?.installs ?? 0).toBe(kept.filter((event) => event.name === 'Agent Installed').length);
          connection.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leaves the work to the node that has the lease', async () => {
    const connection = openSqlite(':memory:', [...USAGE_MIGRATIONS, ...LEASE_MIGRATIONS]);
    const store = createSqliteUsageStore(connection);
    await folderOver(store, connection, 'one').pass();
    await store.insertEvents([usageEvent('a')]);
    await folderOver(store, connection, 'two').pass();
    expect(await store.listDirty(9)).toHaveLength(1);
    await folderOver(store, connection, 'one').pass();
    expect(await store.listDirty(9)).toHaveLength(0);
    connection.close();
  });

  it('ages totals when days pass without events', async () => {
    const connection = openSqlite(':memory:', [...USAGE_MIGRATIONS, ...LEASE_MIGRATIONS]);
    const store = createSqliteUsageStore(connection);
    await store.insertEvents([usageEvent('a', { name: 'Agent Installed', day: TODAY })]);
    await folderOver(store, connection, 'one', TODAY).pass();
    expect(await store.getTotals([AGENT])).toMatchObject([{ installs: 1, activeInstalls: 1, trending: 1 }]);
    await folderOver(store, connection, 'one', TODAY + 7).pass();
    expect(await store.getTotals([AGENT])).toMatchObject([{ installs: 1, activeInstalls: 1, trending: 0.5 }]);
    await folderOver(store, connection, 'one', TODAY + 30).pass();
    expect(await store.getTotals([AGENT])).toMatchObject([{ installs: 1, activeInstalls: 0, trending: 0 }]);
    connection.close();
  });
});

function folderOver(store: UsageStore, connection: Parameters<typeof createSqliteLeaseStore>[0], owner = 'me', today = TODAY) {
  return createFolder({ store, leases: createSqliteLeaseStore(connection), clock: { now: () => today * DAY_MS + 1 }, owner });
}

/** A store whose n-th writing call fails, as if the process had been killed there. */
function crashing(store: UsageStore, after: number): UsageStore {
  let calls = 0;
  const guard =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    async (...args: Args) => {
      if (calls++ >= after) throw new Error('killed');
      return call(...args);
    };
  return {
    ...store,
    saveBucket: guard(store.saveBucket),
    saveTotals: guard(store.saveTotals),
    clearDirty: guard(store.clearDirty),
  };
}
