import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../platform/log.ts';
import { type QueuedEvent, UsageQueue } from './queue.ts';
import { type Delivery, Reporter } from './reporter.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reporter-'));
});
afterEach(() => rm(directory, { recursive: true }));

function arrange(answer: () => Delivery, serviceUrl: () => string = () => 'http://service') {
  const sent: QueuedEvent[][] = [];
  const delays: number[] = [];
  const queue = new UsageQueue({ directory });
  const reporter = new Reporter({
    queue,
    serviceUrl,
    log: silentLog,
    deliver: async (events) => {
      sent.push([...events]);
      return answer();
    },
    setTimer: (_run, delayMs) => {
      delays.push(delayMs);
      return { cancel() {} };
    },
  });
  return { reporter, queue, sent, delays };
}
const viewed = { agent: '@acme/tool', surface: 'panel' };

describe('Reporter', () => {
  it('queues nothing and sends nothing while telemetry is off', async () => {
    const { reporter, sent } = arrange(() => 'delivered');
    await reporter.record('Agent Viewed', viewed);
    await reporter.flush();
    expect(sent).toEqual([]);
    expect(await readdir(directory)).toEqual([]);
  });

  it('has the event on disk before it is sent, and off it afterwards', async () => {
    const { reporter, sent } = arrange(() => 'delivered');
    reporter.start();
    await reporter.record('Agent Viewed', viewed);
    expect(await readdir(directory)).toHaveLength(1);
    await reporter.flush();
    expect(sent.flat().map((event) => event.event)).toEqual(['Agent Viewed']);
    expect(await readdir(directory)).toEqual([]);
  });

  it('keeps events that could not be delivered and sends them again with the same id, later and later', async () => {
    let answer: Delivery = 'failed';
    const { reporter, sent, delays } = arrange(() => answer);
    reporter.start();
    await reporter.record('Agent Viewed', viewed);
    await reporter.flush();
    await reporter.flush();
    expect(delays.slice(-2)).toEqual([15_000, 30_000]);
    answer = 'delivered';
    await reporter.flush();
    expect(new Set(sent.flat().map((event) => event.messageId)).size).toBe(1);
    expect(await readdir(directory)).toEqual([]);
  });

  it('gives up what the service will never take', async () => {
    const { reporter } = arrange(() => 'refused');
    reporter.start();
    await reporter.record('Agent Viewed', viewed);
    await reporter.flush();
    expect(await readdir(directory)).toEqual([]);
  });

  it('tells no other service what happened at this one', async () => {
    let url = 'http://private';
    const { reporter, sent } = arrange(
      () => 'delivered',
      () => url,
    );
    reporter.start();
    await reporter.record('Agent Viewed', viewed);
    url = 'http://public';
    await reporter.flush();
    expect(sent).toEqual([]);
    expect(await readdir(directory)).toEqual([]);
  });

  it('deletes what waits when telemetry is turned off', async () => {
    const { reporter, sent } = arrange(() => 'failed');
    reporter.start();
    await reporter.record('Agent Viewed', viewed);
    await reporter.stopAndForget();
    await reporter.flush();
    expect(await readdir(directory)).toEqual([]);
    expect(sent).toEqual([]);
  });

  it('drops what does not fit the contract', async () => {
    const { reporter } = arrange(() => 'delivered');
    reporter.start();
    await reporter.record('Agent Viewed', { agent: '<REDACTED: user-file-path>', surface: 'panel' });
    await reporter.record('Something Else', {});
    expect(await readdir(directory)).toEqual([]);
  });
});
