import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actor } from '../../testing/records.ts';
import type { AccountStore, TokenRecord } from './accounts.store.ts';

const AT = '2026-03-01T10:00:00.000Z';

function token(overrides: Partial<TokenRecord> = {}): TokenRecord {
  return {
    id: 'token-1',
    userId: 'user-ada',
    hash: 'aa',
    label: 'laptop',
    scopes: ['read', 'publish'],
    createdAt: AT,
    ...overrides,
  };
}

/** What every account store promises; run over each adapter. */
export function describeAccountStore(engine: string, open: () => Promise<{ store: AccountStore; close(): Promise<void> }>): void {
  describe(`account store on ${engine}`, () => {
    let store: AccountStore;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ store, close } = await open());
      await store.ensureUser({ id: 'user-ada', name: 'ada', createdAt: AT });
    });
    afterEach(() => close());

    it('keeps the first user of a name', async () => {
      const again = await store.ensureUser({ id: 'other', name: 'ada', createdAt: '2027-01-01T00:00:00.000Z' });
      expect(again).toEqual({ id: 'user-ada', name: 'ada', createdAt: AT });
      expect(await store.getUser(actor())).toEqual(again);
    });

    it('makes one user of parallel first sign-ins', async () => {
      const users = await Promise.all(
        Array.from({ length: 8 }, (_, index) => store.ensureUser({ id: `user-${index}`, name: 'bob', createdAt: AT })),
      );
      expect(new Set(users.map((user) => user.id)).size).toBe(1);
    });

    it('gives a scope to the first who claims it', async () => {
      await store.ensureUser({ id: 'user-bob', name: 'bob', createdAt: AT });
      expect(await store.claimScope('@ada', 'user-ada', AT)).toBe('user-ada');
      expect(await store.claimScope('@ada', 'user-bob', AT)).toBe('user-ada');
      await store.claimScope('@acme', 'user-ada', AT);
      expect(await store.listScopes('user-ada')).toEqual(['@acme', '@ada']);
      expect(await store.listScopes('user-bob')).toEqual([]);
    });

    it('gives a scope to exactly one of many at once', async () => {
      const ids = Array.from({ length: 8 }, (_, index) => `user-${index}`);
      for (const id of ids) await store.ensureUser({ id, name: id, createdAt: AT });
      const owners = await Promise.all(ids.map((id) => store.claimScope('@raced', id, AT)));
      expect(new Set(owners).size).toBe(1);
      expect(await store.listScopes(owners[0]!)).toEqual(['@raced']);
    });

    it('finds a token with its user by hash, with every optional field', async () => {
      await store.insertToken(token({ expiresAt: '2026-04-01T00:00:00.000Z' }));
      await store.noteTokenUse('token-1', '2026-03-02T00:00:00.000Z');
      expect(await store.findToken('aa')).toEqual({
        token: token({ expiresAt: '2026-04-01T00:00:00.000Z', lastUsedAt: '2026-03-02T00:00:00.000Z' }),
        user: { id: 'user-ada', name: 'ada', createdAt: AT },
      });
      expect(await store.findToken('bb')).toBeUndefined();
    });

    it('lists tokens of the actor only, newest first', async () => {
      await store.ensureUser({ id: 'user-bob', name: 'bob', createdAt: AT });
      await store.insertToken(token());
      await store.insertToken(token({ id: 'token-2', hash: 'bb', createdAt: '2026-03-05T10:00:00.000Z' }));
      await store.insertToken(token({ id: 'token-3', hash: 'cc', userId: 'user-bob' }));
      expect((await store.listTokens(actor())).map((row) => row.id)).toEqual(['token-2', 'token-1']);
    });

    it('removes a token of the actor, never that of somebody else', async () => {
      await store.ensureUser({ id: 'user-bob', name: 'bob', createdAt: AT });
      await store.insertToken(token());
      expect(await store.removeToken(actor({ userId: 'user-bob' }), 'token-1')).toBe(false);
      expect(await store.findToken('aa')).toBeDefined();
      expect(await store.removeToken(actor(), 'token-1')).toBe(true);
      expect(await store.removeToken(actor(), 'token-1')).toBe(false);
      expect(await store.findToken('aa')).toBeUndefined();
    });

    it('refuses a second token with the same hash', async () => {
      await store.insertToken(token());
      await expect(store.insertToken(token({ id: 'token-2' }))).rejects.toThrow();
    });
  });
}
