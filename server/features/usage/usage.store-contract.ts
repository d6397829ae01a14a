import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DirtyBucket, UsageStore } from './usage.store.ts';
import { messageKey, type StoredUsageEvent } from './usage-event.ts';

/** A store of its own for one test, empty. */
export interface UsageStoreFixture {
  readonly store: UsageStore;
  close(): Promise<void>;
}

export function usageEvent(messageId: string, over: Partial<StoredUsageEvent> = {}): StoredUsageEvent {
  return {
    id: messageKey(messageId),
    name: 'Agent Viewed',
    agent: '@acme/reviewer',
    day: 20_000,
    at: 20_000 * 86_400_000,
    receivedAt: 20_000 * 86_400_000 + 1,
    installation: messageKey('somebody'),
    properties: '{}',
    ...over,
  };
}

/** What every adapter of UsageStore must do. */
export function describeUsageStore(name: string, makeStore: () => Promise<UsageStoreFixture>): void {
  describe(`usage store on ${name}`, () => {
    let fixture: UsageStoreFixture;
    let store: UsageStore;
    beforeEach(async () => {
      fixture = await makeStore();
      ({ store } = fixture);
    });
    afterEach(() => fixture.close());

    const day = (number: number, over = {}) => ({
      day: number,
      views: 1,
      installs: 2,
      removes: 3,
      activeInstalls: 1,
      active: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 255),
      ...over,
    });
    const dirtyOf = async (agent: string) => (await store.listDirty(100)).filter((bucket) => bucket.agent === agent);
    const oneDirtyOf = async (agent: string): Promise<DirtyBucket> => {
      const [bucket] = await dirtyOf(agent);
      if (bucket === undefined) throw new Error(`${agent} is not dirty`);
      return bucket;
    };

    const countOf = async (agent = '@acme/reviewer', number = 20_000) =>
      (await store.groupEvents(agent, number)).reduce((sum, group) => sum + group.count, 0);

    it('stores an event once, however often it comes, also within one call', async () => {
      const events = [usageEvent('a'), usageEvent('b'), usageEvent('a')];
      expect(await store.insertEvents(events)).toEqual(['inserted', 'inserted', 'duplicate']);
      expect(await store.insertEvents([usageEvent('b'), usageEvent('c')])).toEqual(['duplicate', 'inserted']);
      expect(await countOf()).toBe(3);
    });

    it('counts the events of one bucket by kind and installation', async () => {
      const [ann, bob] = [messageKey('ann'), messageKey('bob')];
      await store.insertEvents([
        usageEvent('a', { name: 'Agent Installed', installation: ann }),
        usageEvent('b', { name: 'Agent Installed', installation: ann }),
        usageEvent('c', { name: 'Agent Installed', installation: bob }),
        usageEvent('d', { installation: bob }),
        usageEvent('e', { day: 20_001 }),
        usageEvent('f', { agent: '@acme/other' }),
      ]);
      const groups = await store.groupEvents('@acme/reviewer', 20_000);
      const lines = groups.map(
        ({ name, installation, count }) => `${name} ${Buffer.from(installation).toString('hex')} ${count}`,
      );
      const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
      expect(lines.sort()).toEqual(
        [`Agent Installed ${hex(ann)} 2`, `Agent Installed ${hex(bob)} 1`, `Agent Viewed ${hex(bob)} 1`].sort(),
      );
      expect(await store.groupEvents('@acme/nobody', 20_000)).toEqual([]);
    });

    it('marks the buckets of new events dirty, and none for events without an agent', async () => {
      await store.insertEvents([
        usageEvent('a'),
        usageEvent('b', { day: 20_001 }),
        usageEvent('s', { name: 'Search Performed', agent: '' }),
      ]);
      const dirty = await store.listDirty(100);
      expect(dirty.map(({ agent, day: number }) => `${agent} ${number}`).sort()).toEqual([
        '@acme/reviewer 20000',
        '@acme/reviewer 20001',
      ]);
      expect(await store.listDirty(1)).toHaveLength(1);
    });

    it('keeps a bucket dirty that was marked again after it was read', async () => {
      await store.insertEvents([usageEvent('a')]);
      const read = await oneDirtyOf('@acme/reviewer');
      await store.insertEvents([usageEvent('b')]);
      await store.saveBucket('@acme/reviewer', day(20_000), read.marked);
      await store.clearDirty(read);
      const again = await oneDirtyOf('@acme/reviewer');
      expect(again.marked).toBeGreaterThan(read.marked);
      await store.clearDirty(again);
      expect(await dirtyOf('@acme/reviewer')).toEqual([]);
    });

    it('does not let a fold that is behind overwrite a newer one', async () => {
      await store.insertEvents([usageEvent('a')]);
      const old = await oneDirtyOf('@acme/reviewer');
      await store.insertEvents([usageEvent('b')]);
      const recent = await oneDirtyOf('@acme/reviewer');
      await store.saveBucket('@acme/reviewer', day(20_000, { views: 2 }), recent.marked);
      await store.saveBucket('@acme/reviewer', day(20_000, { views: 1 }), old.marked);
      expect((await store.listDays('@acme/reviewer', 20_000, 20_000))[0]?.views).toBe(2);
    });

    it('lists the days of a range in order, with their sets of installations', async () => {
      await store.insertEvents([20_003, 20_001, 20_002].map((number) => usageEvent(`e${number}`, { day: number })));
      for (const bucket of await store.listDirty(10)) await store.saveBucket(bucket.agent, day(bucket.day), bucket.marked);
      const days = await store.listDays('@acme/reviewer', 20_002, 20_009);
      expect(days.map((each) => each.day)).toEqual([20_002, 20_003]);
      expect({ ...days[0], active: [...(days[0]?.active ?? [])] }).toEqual({
        ...day(20_002),
        active: [1, 2, 3, 4, 5, 6, 7, 255],
      });
      expect(await store.sumInstalls('@acme/reviewer')).toBe(6);
      expect(await store.sumInstalls('@acme/nobody')).toBe(0);
    });

    it('keeps the newest totals and lists them by freshness in pages', async () => {
      const totals = (agent: string, freshAt: number, installs = 1) => ({
        agent,
        installs,
        activeInstalls: 1,
        trending: 0.5,
        freshAt,
      });
      for (const [agent, freshAt] of [
        ['@a/a', 10],
        ['@a/b', 20],
        ['@a/c', 20],
        ['@a/d', 30],
      ] as const)
        await store.saveTotals(totals(agent, freshAt));
      await store.saveTotals(totals('@a/b', 25, 7));
      await store.saveTotals(totals('@a/b', 15, 99));
      expect(await store.getTotals(['@a/b', '@a/none'])).toEqual([totals('@a/b', 25, 7)]);
      const first = await store.listTotals(11, undefined, 2);
      expect(first.map((each) => each.agent)).toEqual(['@a/c', '@a/b']);
      expect((await store.listTotals(11, first.at(-1), 2)).map((each) => each.agent)).toEqual(['@a/d']);
    });

    it('finds totals that age', async () => {
      const totals = { installs: 5, activeInstalls: 0, trending: 0, freshAt: 10 };
      await store.saveTotals({ ...totals, agent: '@a/still' });
      await store.saveTotals({ ...totals, agent: '@a/active', activeInstalls: 1 });
      await store.saveTotals({ ...totals, agent: '@a/trending', trending: 0.1 });
      await store.saveTotals({ ...totals, agent: '@a/fresh', activeInstalls: 1, freshAt: 50 });
      expect((await store.listAging(50, 10)).sort()).toEqual(['@a/active', '@a/trending']);
    });

    it('removes expired events and keeps the others', async () => {
      await store.insertEvents([
        usageEvent('a', { receivedAt: 100 }),
        usageEvent('b', { receivedAt: 200 }),
        usageEvent('c', { receivedAt: 300 }),
      ]);
      expect(await store.removeEventsBefore(250, 1)).toBe(1);
      expect(await store.removeEventsBefore(250, 10)).toBe(1);
      expect(await store.removeEventsBefore(250, 10)).toBe(0);
      expect(await countOf()).toBe(1);
    });

    it('takes parallel batches that touch the same buckets', async () => {
      const batches = Array.from({ length: 8 }, (_, batch) =>
        Array.from({ length: 20 }, (__, index) => usageEvent(`p${batch % 4}-${index}`)),
      );
      const outcomes = await Promise.all(batches.map((batch) => store.insertEvents(batch)));
      expect(outcomes.flat().filter((outcome) => outcome === 'inserted')).toHaveLength(80);
      expect(await countOf()).toBe(80);
      expect(await dirtyOf('@acme/reviewer')).toHaveLength(1);
    });
  });
}
