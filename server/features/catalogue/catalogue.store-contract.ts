import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogueEntry, CatalogueStore } from './catalogue.store.ts';

export interface CatalogueStoreFixture {
  readonly store: CatalogueStore;
  close(): Promise<void>;
}

/** What every adapter of CatalogueStore must do. */
export function describeCatalogueStore(name: string, makeStore: () => Promise<CatalogueStoreFixture>): void {
  describe(`catalogue store on ${name}`, () => {
    let fixture: CatalogueStoreFixture;
    let store: CatalogueStore;
    beforeEach(async () => {
      fixture = await makeStore();
      ({ store } = fixture);
    });
    afterEach(() => fixture.close());
    const entry = (agent: string, seq: number, format = 1): CatalogueEntry => ({ name: agent, seq, format });

    it('keeps the newest entry whatever comes later', async () => {
      await store.putEntry(entry('@a/other', 1));
      await store.putEntry(entry('@a/a', 5));
      await store.putEntry(entry('@a/a', 4, 9));
      expect(await store.getEntries(['@a/a', '@a/none'])).toEqual([entry('@a/a', 5)]);
      await store.putEntry(entry('@a/a', 5, 2));
      await store.putEntry(entry('@a/a', 5, 1));
      expect(await store.getEntries(['@a/a'])).toEqual([entry('@a/a', 5, 2)]);
      await store.putEntry(entry('@a/a', 6));
      expect(await store.getEntries(['@a/a'])).toEqual([entry('@a/a', 6)]);
      expect(await store.getEntries(['@a/other'])).toEqual([entry('@a/other', 1)]);
    });

    it('lists entries by name in pages', async () => {
      for (const agent of ['@b/a', '@a/b', '@a/a-b', '@a/a']) await store.putEntry(entry(agent, 1));
      const names = async (after: string, limit: number) => (await store.listEntries(after, limit)).map((each) => each.name);
      expect(await names('', 3)).toEqual(['@a/a', '@a/a-b', '@a/b']);
      expect(await names('@a/b', 3)).toEqual(['@b/a']);
    });

    it('adds a collection once and lists them by position', async () => {
      const collection = (id: string, position: number) => ({
        id,
        position,
        name: id,
        description: '',
        agents: ['@a/b', '@a/a'],
      });
      expect(await store.addCollection(collection('late', 2))).toBe('added');
      expect(await store.addCollection(collection('early', 1))).toBe('added');
      expect(await store.addCollection({ ...collection('late', 0), name: 'other' })).toBe('exists');
      expect(await store.listCollections()).toEqual([collection('early', 1), collection('late', 2)]);
    });

    it('survives parallel writers of one entry', async () => {
      await Promise.all([3, 1, 4, 1, 5, 9, 2, 6].map((seq) => store.putEntry(entry('@a/a', seq))));
      expect(await store.getEntries(['@a/a'])).toEqual([entry('@a/a', 9)]);
    });
  });
}
