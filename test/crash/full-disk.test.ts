import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { npmPath, type PackedSample, packSample, publish, signIn } from '../lib/agents.ts';
import type { Problem } from '../lib/problem.ts';
import { type Service, startService } from '../lib/service.ts';
import { makeTempFolder, removeTempFolder } from '../lib/temp.ts';

const canMount = process.platform === 'linux' && process.getuid?.() === 0;

describe('a full disk', () => {
  it.skipIf(!canMount)(
    'says so, loses nothing, and goes on when there is room again (needs root for a small file system)',
    async () => {
      const disk = makeTempFolder('disk');
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk]);
      let service: Service | undefined;
      try {
        service = await startService({ dataDir: join(disk, 'data'), env: { SEED_DIR: '' } });
        const { url } = service;
        const token = await signIn(url, 'ada');
        const stored: PackedSample[] = [];
        let refused: Problem | undefined;
        for (let count = 0; refused === undefined && count < 60; count += 1) {
          const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(48 * 1024))).toString('base64');
          const noises = Object.fromEntries(
            Array.from({ length: 8 }, (_, index) => [`docs/noise-${index}.txt`, noise.slice(index) + index]),
          );
          const packed = await packSample({
            name: `@ada/filler-${count}`,
            files: { ...noises, 'docs/more.txt': Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString('hex') },
          });
          const answer = await publish(url, token, packed);
          if (answer.ok) stored.push(packed);
          else refused = (await answer.json()) as Problem;
        }
        expect(stored.length).toBeGreaterThan(2);
        expect(refused).toMatchObject({ status: 507, code: 'storage_full' });
        // what was stored is still served, and the refused one is not there
        for (const packed of stored) expect((await tarballOf(url, packed)).equals(Buffer.from(packed.tarball))).toBe(true);
        const batch = { batch: Array.from({ length: 500 }, (_, index) => eventFor(stored[0]?.name ?? '', index)) };
        let last = 0;
        for (let round = 0; round < 400 && last !== 507; round += 1) {
          for (const item of batch.batch) item.messageId = `full-${round}-${item.anonymousId}`;
          const answer = await fetch(`${url}/v1/batch`, {
            method: 'POST',
            body: JSON.stringify(batch),
            headers: { 'content-type': 'application/json' },
          });
          last = answer.status;
          if (last !== 200) expect([507]).toContain(last);
        }
        execFileSync('mount', ['-o', 'remount,size=64m', disk]);
        const again = await packSample({ name: '@ada/after' });
        expect((await publish(url, token, again)).status).toBeLessThan(300);
        expect((await fetch(`${url}/readyz`)).status).toBe(200);
      } finally {
        await service?.dispose();
        execFileSync('umount', ['-l', disk]);
        removeTempFolder(disk);
      }
    },
  );
});

function eventFor(agent: string, index: number) {
  return {
    type: 'track',
    event: 'Agent Viewed',
    messageId: '',
    anonymousId: `installation-${index}`,
    timestamp: new Date().toISOString(),
    properties: { agent, surface: 'panel' },
  };
}

async function tarballOf(url: string, packed: PackedSample): Promise<Buffer> {
  const answer = await fetch(`${url}${npmPath(packed.name)}`);
  const packument = (await answer.json()) as { versions: Record<string, { dist: { tarball: string } }> };
  const tarball = await fetch(packument.versions[packed.version]?.dist.tarball ?? '');
  return Buffer.from(await tarball.arrayBuffer());
}
