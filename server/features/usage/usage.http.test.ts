import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Analytics } from '@segment/analytics-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Statistics, StatisticsSchema } from '../../../contract/agents.ts';
import type { UsageReceipt } from '../../../contract/usage.ts';
import { openSqliteStores } from '../../adapters/sqlite/stores.ts';
import type { Stores } from '../../adapters/stores.ts';
import { settle } from '../../testing/settle.ts';
import { startTestService, type TestService } from '../../testing/test-service.ts';

const AGENT = '@ada/helper';
let service: TestService;

function event(over: Record<string, unknown> = {}) {
  return {
    type: 'track',
    event: 'Agent Installed',
    messageId: randomUUID(),
    anonymousId: 'installation-1',
    timestamp: new Date().toISOString(),
    properties: { agent: AGENT, version: '1.0.0', hosts: ['claude-code'] },
    ...over,
  };
}

async function send(batch: unknown[], init: Record<string, unknown> = {}): Promise<UsageReceipt> {
  const response = await service.request('/v1/batch', {
    method: 'POST',
    json: { batch, sentAt: new Date().toISOString(), ...init },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as UsageReceipt;
}

async function statistics(days = 7): Promise<Statistics> {
  await settle(service);
  const response = await service.request(`/api/v1/agents/${AGENT}/statistics?days=${days}`);
  return StatisticsSchema.parse(await response.json());
}

async function start(stores?: Stores): Promise<void> {
  service = await startTestService(stores === undefined ? {} : { stores });
  await service.publish(await service.signIn('ada'));
}

beforeEach(() => start());
afterEach(() => service.close());

describe('usage over HTTP', () => {
  it('counts what the official Segment client sends', async () => {
    const client = new Analytics({ writeKey: 'any-key', host: service.url, path: '/v1/batch', flushAt: 5, maxRetries: 0 });
    const failures: unknown[] = [];
    client.on('error', (failure) => failures.push(failure));
    for (const who of ['ann', 'bob', 'bob']) {
      client.track({
        anonymousId: who,
        event: 'Agent Installed',
        properties: { agent: AGENT, version: '1.0.0', hosts: ['vscode'] },
      });
    }
    client.track({ anonymousId: 'ann', event: 'Agent Viewed', properties: { agent: AGENT, surface: 'web' } });
    client.identify({ userId: 'ann', traits: { plan: 'none' } });
    client.page({ anonymousId: 'ann', name: 'Home' });
    await client.closeAndFlush({ timeout: 5_000 });
    expect(failures).toEqual([]);
    expect((await statistics()).totals).toEqual({ views: 1, installs: 3, removes: 0, activeInstalls: 2 });
    const agent = await (await service.request(`/api/v1/agents/${AGENT}`)).json();
    expect(agent).toMatchObject({ installs: 3, activeInstalls: 2 });
  });

  it('changes no number when batches are repeated, reordered and overlap', async () => {
    const events = Array.from({ length: 10 }, (_, index) => event({ anonymousId: `i-${index % 4}` }));
    expect(await send(events)).toMatchObject({ accepted: 10, dropped: [] });
    const before = await statistics();
    const again = await send([...events].reverse());
    expect(again.accepted).toBe(0);
    expect(again.dropped.every((drop) => drop.reason === 'duplicate')).toBe(true);
    const fresh = event({ anonymousId: 'i-9' });
    expect(await send([fresh, ...events, fresh])).toMatchObject({ accepted: 1 });
    const after = await statistics();
    expect(before.totals).toMatchObject({ installs: 10, activeInstalls: 4 });
    expect(after.totals).toMatchObject({ installs: 11, activeInstalls: 5 });
  });

  it('names each bad item and keeps its neighbours', async () => {
    const receipt = await send([
      event(),
      'nonsense',
      event({ event: 'Something Else' }),
      event({ properties: { agent: 'x' } }),
      event({ anonymousId: undefined }),
      event({ timestamp: '2001-01-01T00:00:00Z' }),
      event({ timestamp: new Date(Date.now() + 7_200_000).toISOString() }),
      event({ messageId: undefined }),
    ]);
    expect(receipt).toEqual({
      success: true,
      accepted: 1,
      dropped: [
        { index: 1, reason: 'malformed' },
        { index: 2, reason: 'unknown_event' },
        { index: 3, reason: 'invalid_properties' },
        { index: 4, reason: 'no_identity' },
        { index: 5, reason: 'too_old' },
        { index: 6, reason: 'in_future' },
        { index: 7, reason: 'malformed' },
      ],
    });
  });

  it('takes single calls, with or without a message id', async () => {
    const { type: _, ...item } = event();
    for (let round = 0; round < 2; round += 1) await service.request('/v1/track', { method: 'POST', json: item });
    const { messageId: __, ...bare } = item;
    const response = await service.request('/v1/track', { method: 'POST', json: bare });
    expect(await response.json()).toMatchObject({ success: true, accepted: 1 });
    const identify = await service.request('/v1/identify', { method: 'POST', json: { userId: 'ann' } });
    expect(identify.status).toBe(200);
    expect((await statistics()).totals.installs).toBe(2);
  });

  it('takes gzip, refuses broken and too large bodies with a clear code, and goes on', async () => {
    const post = (body: Uint8Array | string, headers: Record<string, string> = {}) =>
      service.request('/v1/batch', {
        method: 'POST',
        body: body as NonNullable<RequestInit['body']>,
        headers: { 'content-type': 'application/json', ...headers },
      });
    const packed = gzipSync(JSON.stringify({ batch: [event()] }));
    expect((await post(packed, { 'content-encoding': 'gzip' })).status).toBe(200);
    const broken = await post('{"batch": [');
    expect([broken.status, ((await broken.json()) as { code: string }).code]).toEqual([400, 'invalid_json']);
    const shapeless = await post('{"batch": 7}');
    expect([shapeless.status, ((await shapeless.json()) as { code: string }).code]).toEqual([400, 'invalid_request']);
    const huge = await post('x'.repeat(20 * 1024 * 1024));
    expect([huge.status, ((await huge.json()) as { code: string }).code]).toEqual([413, 'payload_too_large']);
    const bomb = await post(gzipSync(Buffer.alloc(50 * 1024 * 1024)), { 'content-encoding': 'gzip' });
    expect(bomb.status).toBe(413);
    const large = await send(Array.from({ length: 800 }, () => event({ context: { padding: 'x'.repeat(2_000) } })));
    expect(large.accepted).toBe(800);
    expect((await statistics()).totals.installs).toBe(801);
  });

  it('answers 507 when the disk is full, loses nothing and recovers without a restart', async () => {
    await service.close();
    let isFull = false;
    const stores = openSqliteStores(':memory:');
    const usage: Stores['usage'] = {
      ...stores.usage,
      insertEvents: (events) =>
        isFull
          ? Promise.reject(Object.assign(new Error('database or disk is full'), { errcode: 13 }))
          : stores.usage.insertEvents(events),
    };
    await start({ ...stores, usage });
    const batch = [event(), event()];
    isFull = true;
    const refused = await service.request('/v1/batch', { method: 'POST', json: { batch } });
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([507, 'storage_full']);
    isFull = false;
    expect((await send(batch)).accepted).toBe(2);
    expect((await statistics()).totals.installs).toBe(2);
  });
});

describe('statistics', () => {
  it('has one entry for each day, the period before, releases and freshness', async () => {
    const now = Date.now();
    const ago = (days: number) => new Date(now - days * 86_400_000).toISOString();
    await send([
      event({ anonymousId: 'ann', timestamp: ago(0) }),
      event({ anonymousId: 'ann', timestamp: ago(1), event: 'Agent Active' }),
      event({ anonymousId: 'bob', timestamp: ago(1), event: 'Agent Removed' }),
      event({ anonymousId: 'cy', timestamp: ago(3) }),
    ]);
    const result = await statistics(3);
    expect(result.days.map((day) => day.day)).toEqual([ago(2), ago(1), ago(0)].map((time) => time.slice(0, 10)));
    expect(result.days.map((day) => [day.installs, day.removes, day.activeInstalls])).toEqual([
      [0, 0, 0],
      [0, 1, 1],
      [1, 0, 1],
    ]);
    expect(result.totals).toEqual({ views: 0, installs: 1, removes: 1, activeInstalls: 1 });
    expect(result.previous).toEqual({ views: 0, installs: 1, removes: 0, activeInstalls: 1 });
    expect(result.releases).toEqual([{ day: ago(0).slice(0, 10), version: '1.0.0' }]);
    expect(Date.parse(result.freshAt)).toBeGreaterThanOrEqual(now);
  });

  it('refuses a number of days out of bounds', async () => {
    expect((await service.request(`/api/v1/agents/${AGENT}/statistics?days=0`)).status).toBe(400);
    expect((await service.request(`/api/v1/agents/${AGENT}/statistics?days=9999`)).status).toBe(400);
  });
});
