import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFsPackageStore } from '../../adapters/fs/package-store.fs.ts';
import { openSqlite, type SqliteConnection } from '../../adapters/sqlite/open.ts';
import { createSqlitePublishingStore, PUBLISHING_MIGRATIONS } from '../../adapters/sqlite/publishing.sqlite.ts';
import type { DomainError } from '../../domain/errors.ts';
import { silentLog } from '../../domain/log.ts';
import { agentTarball } from '../../testing/agent-tarball.ts';
import { actor } from '../../testing/records.ts';
import { createAgentSaver } from './agent-saver.ts';
import type { PackageStore } from './package-store.ts';
import { blobKeyOf, createPublishingService, type PublishingService, type Upload } from './publishing.service.ts';
import type { PublishingStore } from './publishing.store.ts';
import { createSigner } from './signing.ts';

const signer = createSigner(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey);

let root: string;
let sqlite: SqliteConnection;
let store: PublishingStore;
let packages: PackageStore;
let upload: Upload;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'coditect-publish-'));
  sqlite = openSqlite(join(root, 'market.db'), PUBLISHING_MIGRATIONS);
  store = createSqlitePublishingStore(sqlite);
  packages = createFsPackageStore(join(root, 'packages'));
  upload = uploadOf(await agentTarball());
});
afterEach(async () => {
  sqlite.close();
  await rm(root, { recursive: true, force: true });
});

function uploadOf(tarball: Buffer, overrides: Partial<Upload> = {}): Upload {
  return { name: '@ada/helper', version: '1.0.0', tarball, distTag: 'latest', declared: {}, ...overrides };
}

function serviceOver(
  parts: { store?: PublishingStore; packages?: PackageStore; now?: number; popular?: readonly string[] } = {},
): PublishingService {
  const own = parts.store ?? store;
  return createPublishingService({
    store: own,
    saver: createAgentSaver(own, () => {}),
    packages: parts.packages ?? packages,
    pictures: createFsPackageStore(join(root, 'pictures')),
    signer,
    names: { popularNames: () => parts.popular ?? [] },
    clock: { now: () => parts.now ?? Date.UTC(2026, 2, 1) },
    log: silentLog,
  });
}

/** A store whose process is killed before (or right after) its n-th writing call: every later call fails too. */
function dyingStore(diesAt: number, when: 'before' | 'after'): { store: PublishingStore; wrote: () => number } {
  let writes = 0;
  let isDead = false;
  const killed = new Error('killed');
  const store_ = new Proxy(store, {
    get(target, name: keyof PublishingStore) {
      return async (...values: unknown[]) => {
        if (isDead) throw killed;
        const isWrite = ['saveAgent', 'insertVersion', 'markReleased', 'removeUnreleased'].includes(name);
        if (isWrite) writes += 1;
        const diesNow = isWrite && writes === diesAt;
        if (diesNow) isDead = true;
        if (diesNow && when === 'before') throw killed;
        const result = await (target[name] as (...values: unknown[]) => Promise<unknown>)(...values);
        if (diesNow) throw killed;
        return result;
      };
    },
  });
  return { store: store_, wrote: () => writes };
}

async function expectWhole(version = '1.0.0'): Promise<void> {
  const agent = (await store.getAgent('@ada/helper'))!;
  expect(agent.releases.map((release) => release.version)).toContain(version);
  expect(agent.distTags.latest).toBeDefined();
  const record = (await store.getVersion('@ada/helper', version))!;
  expect(await packages.has(blobKeyOf(record.integrity))).toBe(true);
  expect((await store.listChanges(0, 10)).map((change) => change.name)).toEqual(['@ada/helper']);
}

describe('publishing', () => {
  it('records what the catalogue and the npm protocol need', async () => {
    const result = await serviceOver().publish(actor(), upload);
    expect(result).toMatchObject({ name: '@ada/helper', version: '1.0.0', reviewState: 'passed' });
    const record = (await store.getVersion('@ada/helper', '1.0.0'))!;
    expect(record).toMatchObject({
      changes: '- First of its kind.',
      readme: '# Helper\n\nHelps with small things.\n',
      sizeBytes: upload.tarball.length,
    });
    expect(record.components.map((component) => component.kind)).toEqual(['subagent']);
    expect(record.files.map((file) => file.path)).toContain('agents/helper.md');
    expect(await store.listUnreleased()).toEqual([]);
  });

  it('moves latest only with the tag latest, but gives the first version latest whatever its tag', async () => {
    const service = serviceOver();
    await service.publish(actor(), { ...upload, distTag: 'beta' });
    expect((await store.getAgent('@ada/helper'))!.distTags).toEqual({ beta: '1.0.0', latest: '1.0.0' });
    await service.publish(actor(), uploadOf(await agentTarball({ version: '2.0.0' }), { version: '2.0.0', distTag: 'beta' }));
    expect((await store.getAgent('@ada/helper'))!.distTags).toEqual({ beta: '2.0.0', latest: '1.0.0' });
  });

  it('refuses a new name that imitates a popular one, and lets who had it first go on', async () => {
    const popular = ['@acme/he1per'];
    await expect(serviceOver({ popular }).publish(actor(), upload)).rejects.toMatchObject({ code: 'package_refused' });
    expect(await store.getAgent('@ada/helper')).toBeUndefined();
    await serviceOver().publish(actor(), upload);
    const next = uploadOf(await agentTarball({ version: '1.0.1' }), { version: '1.0.1' });
    await expect(serviceOver({ popular }).publish(actor(), next)).resolves.toMatchObject({ version: '1.0.1' });
  });
});

describe('a publish that is killed', () => {
  for (const when of ['before', 'after'] as const) {
    for (const step of [1, 2, 3]) {
      it(`${when} write ${step} is invisible or whole after the restart, and the same publish then succeeds`, async () => {
        const dying = dyingStore(step, when);
        const answer = await serviceOver({ store: dying.store })
          .publish(actor(), upload)
          .then(
            () => 'acknowledged',
            () => 'failed',
          );
        expect(dying.wrote()).toBe(step);

        const restarted = serviceOver();
        await restarted.recover();
        expect(await store.listUnreleased()).toEqual([]);
        if (answer === 'acknowledged') await expectWhole();
        const retry = await restarted.publish(actor(), upload).then(
          () => 'published',
          (error: DomainError) => error.code,
        );
        // Only the last write says that the publisher got its answer.
        expect(retry).toBe(step === 3 && when === 'after' ? 'version_exists' : 'published');
        await expectWhole();
        await expect(restarted.publish(actor(), upload)).rejects.toMatchObject({ code: 'version_exists' });
      });
    }
  }

  it('leaves no version whose tarball is missing', async () => {
    await serviceOver({ store: dyingStore(2, 'before').store })
      .publish(actor(), upload)
      .catch(() => {});
    await rm(join(root, 'packages'), { recursive: true });
    expect(await serviceOver().recover()).toEqual({ finished: 0, removed: 1 });
    expect(await store.getAgent('@ada/helper')).toBeUndefined();
    await serviceOver().publish(actor(), upload);
    await expectWhole();
  });

  it('does not give a half of one account to another account with the same bytes', async () => {
    await serviceOver({ store: dyingStore(2, 'before').store })
      .publish(actor(), upload)
      .catch(() => {});
    const other = actor({ userId: 'user-carl', name: 'carl' });
    await expect(serviceOver().publish(other, upload)).rejects.toMatchObject({ code: 'version_exists' });
    await expect(serviceOver().publish(actor(), upload)).resolves.toMatchObject({ version: '1.0.0' });
  });
});

describe('a full disk', () => {
  const noSpace = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));

  it('under the tarballs refuses the publish and stores nothing; the retry succeeds', async () => {
    const full = createFsPackageStore(join(root, 'packages'), { writeDurably: noSpace });
    await expect(serviceOver({ packages: full }).publish(actor(), upload)).rejects.toMatchObject({ code: 'storage_full' });
    expect(await store.getVersion('@ada/helper', '1.0.0')).toBeUndefined();
    await serviceOver().publish(actor(), upload);
    await expectWhole();
  });

  it('under the database leaves no half, whichever write meets it; the retry succeeds', async () => {
    const pages = Number(sqlite.get<{ page_count: number }>('PRAGMA page_count')?.page_count);
    let refused = 0;
    // Room for a few pages more each time, until the publish fits: each write of it has met the end once.
    for (let room = 0; room < 40; room += 1) {
      sqlite.db.exec(`PRAGMA max_page_count = ${pages + room}`);
      const files = { 'README.md': `# Long\n\n${'text '.repeat(30_000)}` };
      const name = '@ada/helper';
      const version = `1.${room}.0`;
      const tarball = await agentTarball({ name, version, files });
      const outcome = await serviceOver()
        .publish(actor(), uploadOf(tarball, { version }))
        .then(
          () => 'published',
          (error: unknown) => error,
        );
      if (outcome === 'published') break;
      refused += 1;
      const { toDomainError } = await import('../../http/problem.ts');
      expect(toDomainError(outcome).code).toBe('storage_full');
      expect(await store.getVersion(name, version)).toBeUndefined();
      expect(await store.getAgent(name)).toBeUndefined();
    }
    expect(refused).toBeGreaterThan(0);
    sqlite.db.exec('PRAGMA max_page_count = 1000000');
    await serviceOver().publish(actor(), uploadOf(await agentTarball({ version: '9.0.0' }), { version: '9.0.0' }));
    await expectWhole('9.0.0');
  });
});
