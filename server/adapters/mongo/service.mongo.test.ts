import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { SearchPage } from '../../../contract/agents.ts';
import { settle } from '../../testing/settle.ts';
import { startTestService } from '../../testing/test-service.ts';
import { openMongoStores } from './stores.ts';

function databaseUrl(): string {
  const url = new URL(process.env.MONGODB_URL ?? 'mongodb://127.0.0.1:27017');
  url.pathname = `/coditect_test_${randomBytes(6).toString('hex')}`;
  return url.href;
}

function installed(messageId: string, who: string) {
  const properties = { agent: '@ada/helper', version: '1.0.0', hosts: ['vscode'] };
  return {
    type: 'track',
    event: 'Agent Installed',
    messageId,
    anonymousId: who,
    timestamp: new Date().toISOString(),
    properties,
  };
}

it('publishes, finds, counts and shows over MongoDB as it does over SQLite', async () => {
  const stores = await openMongoStores(databaseUrl());
  const service = await startTestService({ stores });
  try {
    const ada = await service.signIn('ada');
    expect((await service.publish(ada)).status).toBeLessThan(300);
    expect((await service.publish(ada, { name: '@ada/second' })).status).toBeLessThan(300);
    const ids = Array.from({ length: 6 }, () => randomUUID());
    const batch = ids.map((id, index) => installed(id, `i-${index % 2}`));
    for (const items of [batch, [...batch].reverse(), [...batch, installed(randomUUID(), 'i-9')]]) {
      expect((await service.request('/v1/batch', { method: 'POST', json: { batch: items } })).status).toBe(200);
    }
    await settle(service);
    const statistics = await (await service.request('/api/v1/agents/@ada/helper/statistics?days=1')).json();
    expect(statistics).toMatchObject({ totals: { installs: 7, activeInstalls: 3, views: 0, removes: 0 } });
    const page = (await (await service.request('/api/v1/agents')).json()) as SearchPage;
    expect(page.items.map((agent) => [agent.name, agent.installs])).toEqual([
      ['@ada/helper', 7],
      ['@ada/second', 0],
    ]);
    const found = (await (await service.request('/api/v1/agents?q=secnod')).json()) as SearchPage;
    expect(found.items.map((agent) => agent.name)).toEqual(['@ada/second']);
  } finally {
    await stores.dropDatabase();
    await service.close();
  }
});
