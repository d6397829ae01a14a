import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type QueuedEvent, UsageQueue } from './queue.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'queue-'));
});
afterEach(() => rm(directory, { recursive: true }));

const limits = { events: 10, bytes: 10_000 };
const anEvent = (messageId: string, text = ''): QueuedEvent => ({
  messageId,
  event: 'Search Performed',
  properties: { query: text, results: 0 },
  timestamp: '2026-11-01T00:00:00.000Z',
  service: 'http://service',
});
const idsOf = (batch: { events: readonly QueuedEvent[] } | undefined) => batch?.events.map((event) => event.messageId);

describe('UsageQueue', () => {
  it('keeps events in their order until they are removed', async () => {
    const queue = new UsageQueue({ directory });
    await Promise.all(['a', 'b', 'c'].map((id) => queue.append(anEvent(id))));
    const batch = await queue.next({ events: 2, bytes: 10_000 });
    expect(idsOf(batch)).toEqual(['a', 'b']);
    await queue.append(anEvent('d'));
    await queue.remove(batch!);
    expect(idsOf(await queue.next(limits))).toEqual(['c', 'd']);
  });

  it('leaves no file behind when all is delivered', async () => {
    const queue = new UsageQueue({ directory });
    await queue.append(anEvent('a'));
    await queue.remove((await queue.next(limits))!);
    expect(await queue.next(limits)).toBeUndefined();
    expect(await readdir(directory)).toEqual([]);
  });

  it('takes over what a killed window left, whose last line may be cut short', async () => {
    const killed = new UsageQueue({ directory, pid: 111 });
    await killed.append(anEvent('a'));
    const [file] = await readdir(directory);
    await writeFile(join(directory, file!), '{"messageId":"half', { flag: 'a' });
    const queue = new UsageQueue({ directory, isRunning: (pid) => pid !== 111 });
    await queue.append(anEvent('b'));
    await queue.adoptOrphans();
    const seen = new Set<string>();
    for (let batch = await queue.next(limits); batch !== undefined; batch = await queue.next(limits)) {
      for (const id of idsOf(batch) ?? []) seen.add(id);
      await queue.remove(batch);
    }
    expect([...seen].sort()).toEqual(['a', 'b']);
    expect(await readdir(directory)).toEqual([]);
  });

  it('leaves the files of running windows alone, unless they are a day old', async () => {
    const other = new UsageQueue({ directory, pid: 222 });
    await other.append(anEvent('a'));
    const queue = new UsageQueue({ directory, pid: 333, isRunning: () => true });
    await queue.adoptOrphans();
    expect(await queue.next(limits)).toBeUndefined();
    const [file] = await readdir(directory);
    await utimes(join(directory, file!), new Date(0), new Date(0));
    await queue.adoptOrphans();
    expect(idsOf(await queue.next(limits))).toEqual(['a']);
  });

  it('is adopted by one of two windows only', async () => {
    const killed = new UsageQueue({ directory, pid: 111 });
    for (let index = 0; index < 20; index += 1) await killed.append(anEvent(`e${index}`));
    const heirs = [444, 555].map((pid) => new UsageQueue({ directory, pid, isRunning: (each) => each !== 111 }));
    await Promise.all(heirs.map((heir) => heir.adoptOrphans()));
    const found = await Promise.all(heirs.map((heir) => heir.next({ events: 100, bytes: 100_000 })));
    expect(found.filter((batch) => batch !== undefined)).toHaveLength(1);
  });

  it('gives up the older half before it outgrows its limit', async () => {
    const queue = new UsageQueue({ directory });
    for (let index = 0; index < 30; index += 1) await queue.append(anEvent(`e${index}`, 'x'.repeat(30_000)));
    const [file] = await readdir(directory);
    const text = await readFile(join(directory, file!), 'utf8');
    expect(text.length).toBeLessThan(512 * 1024);
    const kept = text.trimEnd().split('\n');
    expect(JSON.parse(kept.at(-1)!).messageId).toBe('e29');
    expect(kept.every((line) => JSON.parse(line).event === 'Search Performed')).toBe(true);
  });

  it('keeps a batch below its size, but always sends at least one event', async () => {
    const queue = new UsageQueue({ directory });
    await queue.append(anEvent('large', 'x'.repeat(5_000)));
    await queue.append(anEvent('small'));
    const batch = await queue.next({ events: 10, bytes: 1_000 });
    expect(idsOf(batch)).toEqual(['large']);
  });

  it('forgets everything when told to', async () => {
    const killed = new UsageQueue({ directory, pid: 111 });
    await killed.append(anEvent('a'));
    const queue = new UsageQueue({ directory, isRunning: (pid) => pid !== 111 });
    await queue.append(anEvent('b'));
    await queue.clear();
    expect(await readdir(directory)).toEqual([]);
  });
});
