import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packSample, publish, signIn } from '../lib/agents.ts';
import { type Service, startService } from '../lib/service.ts';
import { makeTempFolder, removeTempFolder } from '../lib/temp.ts';
import { until } from '../lib/wait.ts';
import { createRandom, ROUNDS, SEED } from './rounds.ts';

const AGENT = '@ada/line-counter';
const SENDERS = 4;
const BATCH = 20;
const INSTALLATIONS = 500;
const random = createRandom();

interface Batch {
  readonly items: readonly object[];
  readonly installations: readonly string[];
  /** Whether a 200 came; what has none is sent again, as every client does. */
  isAcknowledged: boolean;
}

describe(`kill -9 in the middle of event batches, ${ROUNDS} times (CRASH_SEED=${SEED})`, () => {
  const batches: Batch[] = [];
  let dataDir = '';
  let service: Service;
  let number = 0;

  beforeAll(
    async () => {
      dataDir = makeTempFolder('crash');
      service = await startService({ dataDir, env: { SEED_DIR: '' } });
      const token = await signIn(service.url, 'ada');
      const answer = await publish(service.url, token, await packSample({ name: AGENT }));
      if (!answer.ok) throw new Error(`publish failed: ${await answer.text()}`);
      for (let round = 0; round < ROUNDS; round += 1) {
        const running = Array.from({ length: SENDERS }, sendUntilCut);
        await sleep(5 + random() * 250);
        await service.kill();
        await Promise.all(running);
        service = await startService({ dataDir, env: { SEED_DIR: '' } });
      }
    },
    ROUNDS * 12_000 + 60_000,
  );

  afterAll(async () => {
    await service?.dispose();
    removeTempFolder(dataDir);
  });

  function makeBatch(): Batch {
    const installations = Array.from({ length: BATCH }, () => `installation-${Math.floor(random() * INSTALLATIONS)}`);
    const items = installations.map((anonymousId) => ({
      type: 'track',
      event: 'Agent Installed',
      messageId: `crash-${number++}`,
      anonymousId,
      timestamp: new Date().toISOString(),
      properties: { agent: AGENT, version: '1.0.0', hosts: ['claude-code'] },
    }));
    return { items, installations, isAcknowledged: false };
  }

  async function sendUntilCut(): Promise<void> {
    for (;;) {
      // now and then an old batch once more, acknowledged or not: a client that missed the answer
      const old = random() < 0.2 ? batches[Math.floor(random() * batches.length)] : undefined;
      const batch = old ?? makeBatch();
      if (old === undefined) batches.push(batch);
      try {
        await send(batch);
      } catch {
        return; // the service was killed
      }
    }
  }

  async function send(batch: Batch): Promise<void> {
    const answer = await fetch(`${service.url}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ batch: batch.items, sentAt: new Date().toISOString() }),
    });
    if (answer.status !== 200) throw new Error(`batch answered ${answer.status}: ${await answer.text()}`);
    await answer.text();
    batch.isAcknowledged = true;
  }

  it('counts at least what was acknowledged and at most what was sent', async () => {
    const acknowledged = batches.filter((batch) => batch.isAcknowledged).length * BATCH;
    const sent = batches.length * BATCH;
    console.log(`events: ${acknowledged} acknowledged of ${sent} sent in ${ROUNDS} rounds`);
    expect(acknowledged).toBeGreaterThan(ROUNDS);
    expect(sent).toBeGreaterThan(acknowledged);
    const counted = await until(
      async () => {
        const { installs } = await totals();
        return installs >= acknowledged && installs;
      },
      10_000,
      async () => `${(await totals()).installs} counted of ${acknowledged} acknowledged`,
    );
    expect(counted).toBeLessThanOrEqual(sent);
  });

  it('counts each event once when everything is sent again, twice', async () => {
    for (const batch of [...batches, ...batches]) await send(batch);
    const installs = batches.length * BATCH;
    const activeInstalls = new Set(batches.flatMap((batch) => batch.installations)).size;
    await until(
      async () => (await totals()).installs >= installs,
      10_000,
      async () => `${(await totals()).installs} of ${installs}`,
    );
    await sleep(1_500); // a fold that would count something again has had its turn
    expect(await totals()).toMatchObject({ installs, activeInstalls });
  });

  async function totals(): Promise<{ installs: number; activeInstalls: number }> {
    const answer = await fetch(`${service.url}/api/v1/agents/${AGENT}/statistics?days=30`);
    return ((await answer.json()) as { totals: { installs: number; activeInstalls: number } }).totals;
  }
});
