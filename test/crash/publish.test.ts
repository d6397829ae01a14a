import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npmPath, type PackedSample, packSample, publish, signIn } from '../lib/agents.ts';
import { type Service, startService } from '../lib/service.ts';
import { makeTempFolder, removeTempFolder } from '../lib/temp.ts';
import { until } from '../lib/wait.ts';
import { createRandom, ROUNDS, SEED } from './rounds.ts';

const PUBLISHERS = 4;
const random = createRandom();

interface Attempt {
  readonly packed: PackedSample;
  /** Status of the answer; undefined when the connection broke before one came. */
  status?: number;
}

describe(`kill -9 in the middle of publishes, ${ROUNDS} times (CRASH_SEED=${SEED})`, () => {
  const attempts: Attempt[] = [];
  let dataDir = '';
  let token = '';
  let service: Service;

  beforeAll(
    async () => {
      dataDir = makeTempFolder('crash');
      service = await startService({ dataDir, env: { SEED_DIR: '' } });
      token = await signIn(service.url, 'ada');
      for (let round = 0; round < ROUNDS; round += 1) {
        const running = Array.from({ length: PUBLISHERS }, (_, lane) => publishUntilCut(round, lane));
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

  /** Two lanes add versions to one agent, the others publish new agents. */
  async function publishUntilCut(round: number, lane: number): Promise<void> {
    for (let count = 0; ; count += 1) {
      const name = lane < 2 ? `@ada/shared-${round % 5}-${lane}` : `@ada/own-${round}-${lane}-${count}`;
      const packed = await packSample({ name, version: lane < 2 ? `${round + 1}.${count}.0` : '1.0.0' });
      const attempt: Attempt = { packed };
      attempts.push(attempt);
      try {
        attempt.status = (await publish(service.url, token, packed)).status;
      } catch {
        return; // the service was killed
      }
    }
  }

  const isAcknowledged = (attempt: Attempt) => attempt.status !== undefined && attempt.status < 300;

  it('acknowledged something and was cut off in the middle of something', () => {
    const acknowledged = attempts.filter(isAcknowledged).length;
    const cut = attempts.filter((attempt) => attempt.status === undefined).length;
    console.log(`publishes: ${acknowledged} acknowledged, ${cut} cut off in ${ROUNDS} rounds`);
    expect(acknowledged).toBeGreaterThan(ROUNDS);
    expect(cut).toBeGreaterThan(0);
    expect(attempts.filter((attempt) => attempt.status !== undefined && attempt.status >= 300)).toEqual([]);
  });

  it('has every acknowledged version with the bytes that were sent', async () => {
    const lost: string[] = [];
    for (const attempt of attempts.filter(isAcknowledged)) {
      if ((await stateOf(service, attempt.packed)) !== 'whole') lost.push(`${attempt.packed.name}@${attempt.packed.version}`);
    }
    expect(lost).toEqual([]);
  });

  it('has every other version whole or not at all, and takes it when it is sent again', async () => {
    const wrong: string[] = [];
    for (const { packed } of attempts.filter((attempt) => attempt.status === undefined)) {
      const before = await stateOf(service, packed);
      const again = (await publish(service.url, token, packed)).status;
      const after = await stateOf(service, packed);
      // whole before: the cut fell between the last write and the answer, and the service may say that it has it already
      const isTaken = again < 300 || (before === 'whole' && again === 409);
      if (before === 'broken' || after !== 'whole' || !isTaken) {
        wrong.push(`${packed.name}@${packed.version}: ${before}, publish again ${again}, then ${after}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('lists each agent once, in the catalogue and in its packument', async () => {
    const names = new Set(attempts.map((attempt) => attempt.packed.name));
    // the index follows the change feed, so what was published a moment ago may take a moment
    await until(async () => (await listAll(service)).length >= names.size, 5_000, 'the catalogue lacks agents');
    const listed = await listAll(service);
    expect(listed.length).toBe(new Set(listed).size);
    expect(new Set(listed)).toEqual(names);
  });

  it('refuses to replace what is published', async () => {
    const first = attempts.find(isAcknowledged)?.packed;
    if (first === undefined) throw new Error('nothing was acknowledged');
    const other = await packSample({ name: first.name, version: first.version, files: { 'README.md': '# Other bytes\n' } });
    expect((await publish(service.url, token, other)).status).toBe(409);
  });
});

async function stateOf(service: Service, packed: PackedSample): Promise<'whole' | 'absent' | 'broken'> {
  const answer = await fetch(`${service.url}${npmPath(packed.name)}`);
  if (answer.status === 404) return 'absent';
  const packument = (await answer.json()) as { versions: Record<string, { dist: { integrity: string; tarball: string } }> };
  const dist = packument.versions[packed.version]?.dist;
  if (dist === undefined) return 'absent';
  const tarball = await fetch(dist.tarball);
  const bytes = Buffer.from(await tarball.arrayBuffer());
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  return tarball.ok && integrity === packed.integrity && dist.integrity === packed.integrity ? 'whole' : 'broken';
}

async function listAll(service: Service): Promise<string[]> {
  const names: string[] = [];
  for (let cursor = ''; ; ) {
    const answer = await fetch(
      `${service.url}/api/v1/agents?sort=name&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    const page = (await answer.json()) as { items: { name: string }[]; nextCursor?: string };
    names.push(...page.items.map((item) => item.name));
    if (page.nextCursor === undefined) return names;
    cursor = page.nextCursor;
  }
}
