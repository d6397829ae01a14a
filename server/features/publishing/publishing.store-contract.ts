import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentDraft, versionRecord } from '../../testing/records.ts';
import type { AgentRecord, PublishingStore } from './publishing.store.ts';

function saved(result: AgentRecord | 'conflict'): AgentRecord {
  if (result === 'conflict') throw new Error('unexpected conflict');
  return result;
}

/** What every publishing store promises; run over each adapter. */
export function describePublishingStore(
  engine: string,
  open: () => Promise<{ store: PublishingStore; close(): Promise<void> }>,
): void {
  describe(`publishing store on ${engine}`, () => {
    let store: PublishingStore;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ store, close } = await open());
    });
    afterEach(() => close());

    it('saves an agent once under revision 0 and then only over the revision it was read at', async () => {
      const first = saved(await store.saveAgent(agentDraft(), 0));
      expect(first).toMatchObject({ ...agentDraft(), revision: 1 });
      expect(await store.saveAgent(agentDraft(), 0)).toBe('conflict');
      expect(await store.saveAgent(agentDraft(), 7)).toBe('conflict');
      const second = saved(await store.saveAgent(agentDraft({ distTags: { latest: '2.0.0' } }), 1));
      expect(second.revision).toBe(2);
      expect(second.seq).toBeGreaterThan(first.seq);
      expect(await store.getAgent('@ada/helper')).toEqual(second);
      expect(await store.saveAgent(agentDraft(), 1)).toBe('conflict');
    });

    it('lets exactly one of many writers of one revision through', async () => {
      const results = await Promise.all(Array.from({ length: 8 }, () => store.saveAgent(agentDraft(), 0)));
      expect(results.filter((result) => result !== 'conflict')).toHaveLength(1);
    });

    it('keeps tags and manifest keys that look like paths or operators', async () => {
      const draft = agentDraft({ distTags: { latest: '1.0.0', 'v1.x': '1.0.0', $next: '1.0.0' } });
      saved(await store.saveAgent(draft, 0));
      expect((await store.getAgent('@ada/helper'))?.distTags).toEqual(draft.distTags);
      const manifest = { ...versionRecord().manifest, 'a.b': { $set: 1 }, exports: { '.': './x.js' } };
      await store.insertVersion(versionRecord({ manifest }));
      expect((await store.getVersion('@ada/helper', '1.0.0'))?.manifest).toEqual(manifest);
    });

    it('finds agents by name and by scope', async () => {
      for (const name of ['@ada/b', '@ada/a', '@bob/c']) saved(await store.saveAgent(agentDraft({ name }), 0));
      expect((await store.getAgents(['@bob/c', '@ada/a', '@no/body'])).map((agent) => agent.name).sort()).toEqual([
        '@ada/a',
        '@bob/c',
      ]);
      expect(await store.getAgents([])).toEqual([]);
      expect((await store.listAgentsOfScopes(['@ada'])).map((agent) => agent.name)).toEqual(['@ada/a', '@ada/b']);
      expect(await store.listAgentsOfScopes([])).toEqual([]);
      expect(await store.getAgent('@no/body')).toBeUndefined();
    });

    it('hands back the first version when one is inserted twice', async () => {
      const first = versionRecord();
      expect(await store.insertVersion(first)).toBe('inserted');
      expect(await store.insertVersion(versionRecord({ integrity: 'sha512-other' }))).toEqual({ exists: first });
      expect(await store.getVersion('@ada/helper', '1.0.0')).toEqual(first);
      expect(await store.getVersion('@ada/helper', '2.0.0')).toBeUndefined();
    });

    it('inserts one of many racing versions', async () => {
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, index) => store.insertVersion(versionRecord({ integrity: `sha512-${index}` }))),
      );
      expect(results.filter((result) => result === 'inserted')).toHaveLength(1);
    });

    it('lists versions of one agent in the order of publishing', async () => {
      const times = ['2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z', '2026-03-03T00:00:00.000Z'];
      for (const [index, publishedAt] of times.entries()) {
        await store.insertVersion(versionRecord({ version: `${10 - index}.0.0`, publishedAt }));
      }
      await store.insertVersion(versionRecord({ name: '@ada/other' }));
      expect((await store.listVersions('@ada/helper')).map((record) => record.version)).toEqual(['10.0.0', '9.0.0', '8.0.0']);
    });

    it('knows which versions were never released, and removes only those', async () => {
      await store.insertVersion(versionRecord({ version: '1.0.0' }));
      await store.insertVersion(versionRecord({ version: '1.1.0' }));
      await store.markReleased('@ada/helper', '1.0.0');
      expect((await store.listUnreleased()).map((record) => record.version)).toEqual(['1.1.0']);
      await store.removeUnreleased('@ada/helper', '1.0.0');
      await store.removeUnreleased('@ada/helper', '1.1.0');
      expect((await store.listVersions('@ada/helper')).map((record) => record.version)).toEqual(['1.0.0']);
      expect(await store.insertVersion(versionRecord({ version: '1.1.0' }))).toBe('inserted');
    });

    it('shows each changed agent at its last position, ascending, in pages', async () => {
      expect(await store.lastSeq()).toBe(0);
      const records = new Map<string, AgentRecord>();
      for (const name of ['@a/one', '@a/two', '@a/three'])
        records.set(name, saved(await store.saveAgent(agentDraft({ name }), 0)));
      records.set('@a/one', saved(await store.saveAgent(agentDraft({ name: '@a/one' }), 1)));
      const changes = await store.listChanges(0, 100);
      expect(changes).toEqual(['@a/two', '@a/three', '@a/one'].map((name) => ({ name, seq: records.get(name)!.seq })));
      expect(await store.listChanges(0, 2)).toEqual(changes.slice(0, 2));
      expect(await store.lastSeq()).toBe(changes.at(-1)!.seq);
    });

    it('shows what is new behind a position, whatever it repeats before it', async () => {
      const old = saved(await store.saveAgent(agentDraft({ name: '@a/old' }), 0));
      const fresh = saved(await store.saveAgent(agentDraft({ name: '@a/new' }), 0));
      const changes = await store.listChanges(old.seq, 100);
      expect(changes.filter((change) => change.seq > old.seq)).toEqual([{ name: '@a/new', seq: fresh.seq }]);
      const seqs = (await store.listChanges(fresh.seq, 100)).filter((change) => change.seq > fresh.seq);
      expect(seqs).toEqual([]);
    });

    it('gives parallel writers different positions', async () => {
      const names = Array.from({ length: 10 }, (_, index) => `@a/agent-${index}`);
      const records = await Promise.all(names.map((name) => store.saveAgent(agentDraft({ name }), 0)));
      expect(new Set(records.map((record) => saved(record).seq)).size).toBe(10);
      expect((await store.listChanges(0, 100)).map((change) => change.name).sort()).toEqual([...names].sort());
    });
  });
}
