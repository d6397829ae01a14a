import { describe, expect, it } from 'vitest';
import { createIngestQueue } from './ingest-queue.ts';
import { usageEvent } from './usage.store-contract.ts';
import type { StoredUsageEvent } from './usage-event.ts';

/** A store whose commits end when the test says so. */
function heldStore() {
  const commits: { events: readonly StoredUsageEvent[]; finish(error?: Error): void }[] = [];
  let arrived: (() => void) | undefined;
  return {
    commits,
    nextCommit: () =>
      new Promise<void>((resolve) => {
        arrived = resolve;
      }),
    insertEvents(events: readonly StoredUsageEvent[]) {
      return new Promise<('inserted' | 'duplicate')[]>((resolve, reject) => {
        commits.push({
          events,
          finish: (error) => (error === undefined ? resolve(events.map(() => 'inserted')) : reject(error)),
        });
        arrived?.();
      });
    },
  };
}

describe('the ingest queue', () => {
  it('commits requests that arrive together in one group and answers each with its own outcomes', async () => {
    const store = heldStore();
    const queue = createIngestQueue({ store });
    const reached = store.nextCommit();
    const answers = [queue.add([usageEvent('a')]), queue.add([usageEvent('b'), usageEvent('c')])];
    await reached;
    expect(store.commits).toHaveLength(1);
    expect(store.commits[0]?.events).toHaveLength(3);
    store.commits[0]?.finish();
    expect(await Promise.all(answers)).toEqual([['inserted'], ['inserted', 'inserted']]);
  });

  it('answers only after the commit, and fails every request of a commit that failed', async () => {
    const store = heldStore();
    const queue = createIngestQueue({ store });
    const reached = store.nextCommit();
    let isAnswered = false;
    const answer = queue.add([usageEvent('a')]).finally(() => {
      isAnswered = true;
    });
    await reached;
    expect(isAnswered).toBe(false);
    store.commits[0]?.finish(new Error('disk full'));
    await expect(answer).rejects.toThrow('disk full');
    const again = store.nextCommit();
    const second = queue.add([usageEvent('a')]);
    await again;
    store.commits[1]?.finish();
    expect(await second).toEqual(['inserted']);
  });

  it('refuses with rate_limited when too much waits, and takes events again afterwards', async () => {
    const store = heldStore();
    const queue = createIngestQueue({ store, maxWaiting: 2 });
    const reached = store.nextCommit();
    const first = queue.add([usageEvent('a'), usageEvent('b')]);
    await expect(queue.add([usageEvent('c')])).rejects.toMatchObject({ code: 'rate_limited', options: { retryAfterSeconds: 2 } });
    await reached;
    const next = store.nextCommit();
    store.commits[0]?.finish();
    await first;
    const second = queue.add([usageEvent('c')]);
    await next;
    store.commits[1]?.finish();
    expect(await second).toEqual(['inserted']);
    await queue.drain();
  });
});
