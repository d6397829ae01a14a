import { describe, expect, it } from 'vitest';
import type { LeaseStore } from './lease.store.ts';

/** What every adapter of LeaseStore must do. */
export function describeLeaseStore(name: string, makeStore: () => Promise<{ store: LeaseStore; close(): Promise<void> }>): void {
  describe(`lease store on ${name}`, () => {
    const lease = (owner: string, nowMs: number) => ({ name: 'fold', owner, nowMs, untilMs: nowMs + 100 });

    it('gives a lease to one owner until it ends or is given back', async () => {
      const { store, close } = await makeStore();
      expect(await store.take({ ...lease('c', 0), name: 'other' })).toBe(true);
      expect(await store.take(lease('a', 0))).toBe(true);
      expect(await store.take(lease('b', 50))).toBe(false);
      expect(await store.take(lease('a', 50))).toBe(true);
      expect(await store.take(lease('b', 149))).toBe(false);
      expect(await store.take(lease('b', 150))).toBe(true);
      await store.release('fold', 'a');
      expect(await store.take(lease('a', 160))).toBe(false);
      await store.release('fold', 'b');
      expect(await store.take(lease('a', 160))).toBe(true);
      expect(await store.take({ ...lease('d', 90), name: 'other' })).toBe(false);
      await close();
    });

    it('gives a free lease to exactly one of many', async () => {
      const { store, close } = await makeStore();
      const taken = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((owner) => store.take(lease(owner, 0))));
      expect(taken.filter(Boolean)).toHaveLength(1);
      await close();
    });
  });
}
