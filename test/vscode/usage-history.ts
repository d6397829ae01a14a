import { createRandom } from '../crash/rounds.ts';
import type { Service } from '../lib/service.ts';
import { until } from '../lib/wait.ts';

const DAY_MS = 86_400_000;

/** A week of use by others, so that charts have something to draw. Resolves when it is counted; gives the number of installs. */
export async function sendHistory(service: Service, agent: string): Promise<number> {
  const random = createRandom(7);
  const items: object[] = [];
  let installs = 0;
  for (let day = 6; day >= 0; day -= 1) {
    const timestamp = new Date(Date.now() - day * DAY_MS - (day === 0 ? 0 : 3_600_000)).toISOString();
    const send = (event: string, count: number, properties: object) => {
      for (let index = 0; index < count; index += 1) {
        const anonymousId = `other-${Math.floor(random() * 80)}`;
        items.push({
          type: 'track',
          event,
          messageId: `history-${items.length}`,
          anonymousId,
          timestamp,
          properties: { agent, ...properties },
        });
      }
    };
    const today = Math.round(8 + (6 - day) * 3 + random() * 6);
    installs += today;
    send('Agent Viewed', today * 4, { surface: 'web' });
    send('Agent Installed', today, { version: '1.0.0', hosts: ['claude-code'] });
    send('Agent Active', today * 2, { version: '1.0.0', hosts: ['claude-code'] });
  }
  const answer = await fetch(`${service.url}/v1/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ batch: items }),
  });
  if (!answer.ok) throw new Error(`history was not taken: ${await answer.text()}`);
  await until(async () => (await readInstalls(service, agent)) >= installs, 10_000, 'the history was not counted');
  return installs;
}

export async function readInstalls(service: Service, agent: string): Promise<number> {
  const answer = await fetch(`${service.url}/api/v1/agents/${agent}/statistics?days=30`);
  return ((await answer.json()) as { totals: { installs: number } }).totals.installs;
}
