import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packSample, publish, signIn } from '../lib/agents.ts';
import { type Service, startService } from '../lib/service.ts';
import { until } from '../lib/wait.ts';

const NAME = '@ada/line-counter';

describe('the official Segment client', () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ env: { SEED_DIR: '' } });
    const token = await signIn(service.url, 'ada');
    const answer = await publish(service.url, token, await packSample({ name: NAME }));
    expect(answer.status).toBeLessThan(300);
  });
  afterAll(() => service?.dispose());

  it('delivers events that show in the statistics within five seconds, each once', async () => {
    const errors: unknown[] = [];
    const analytics = new Analytics({ writeKey: 'any', host: service.url, path: '/v1/batch', flushAt: 50, maxRetries: 1 });
    analytics.on('error', (error) => errors.push(error));
    const properties = { agent: NAME, version: '1.0.0', hosts: ['claude-code'] };
    for (let index = 0; index < 120; index += 1) {
      analytics.track({
        event: 'Agent Installed',
        anonymousId: `installation-${index}`,
        messageId: `segment-${index}`,
        properties,
      });
    }
    analytics.track({ event: 'Agent Viewed', anonymousId: 'installation-0', properties: { agent: NAME, surface: 'panel' } });
    analytics.track({ event: 'Agent Installed', anonymousId: 'installation-0', messageId: 'segment-0', properties });
    await analytics.closeAndFlush({ timeout: 10_000 });
    expect(errors).toEqual([]);
    const totals = async () => {
      const answer = await fetch(`${service.url}/api/v1/agents/${NAME}/statistics`);
      return ((await answer.json()) as { totals: { installs: number; views: number } }).totals;
    };
    const isCounted = async () => (await totals()).installs >= 120;
    await until(isCounted, 5_000, async () => `counted only ${JSON.stringify(await totals())}`);
    expect(await totals()).toMatchObject({ installs: 120, views: 1 });
  });
});
