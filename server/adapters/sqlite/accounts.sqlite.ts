import type { TokenScope } from '../../../contract/accounts.ts';
import { DomainError } from '../../domain/errors.ts';
import type { AccountStore, TokenRecord, UserRecord } from '../../features/accounts/accounts.store.ts';
import type { Migration, SqliteConnection } from './open.ts';

export const ACCOUNT_MIGRATIONS: readonly Migration[] = [
  {
    id: 'accounts-001',
    sql: `
      CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL);
      CREATE TABLE scopes (scope TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), created_at TEXT NOT NULL);
      CREATE INDEX scopes_by_user ON scopes (user_id);
      CREATE TABLE tokens (
        id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), hash TEXT NOT NULL UNIQUE, label TEXT NOT NULL,
        scopes TEXT NOT NULL, created_at TEXT NOT NULL, last_used_at TEXT, expires_at TEXT);
      CREATE INDEX tokens_by_user ON tokens (user_id, created_at);`,
  },
];

interface TokenRow {
  id: string;
  user_id: string;
  hash: string;
  label: string;
  scopes: string;
  created_at: string;
  last_used_at: string | null;
  expires_at: string | null;
}

function toToken(row: TokenRow): TokenRecord {
  return {
    id: row.id,
    userId: row.user_id,
    hash: row.hash,
    label: row.label,
    scopes: row.scopes.split(' ') as TokenScope[],
    createdAt: row.created_at,
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
  };
}

interface UserRow {
  id: string;
  name: string;
  created_at: string;
}

function toUser(row: UserRow): UserRecord {
  return { id: row.id, name: row.name, createdAt: row.created_at };
}

export function createSqliteAccountStore(sqlite: SqliteConnection): AccountStore {
  return {
    async ensureUser(user) {
      sqlite.run(
        'INSERT INTO users (id, name, created_at) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING',
        user.id,
        user.name,
        user.createdAt,
      );
      const row = sqlite.get<UserRow>('SELECT id, name, created_at FROM users WHERE name = ?', user.name);
      return row === undefined ? user : toUser(row);
    },
    async getUser(actor) {
      const row = sqlite.get<UserRow>('SELECT id, name, created_at FROM users WHERE id = ?', actor.userId);
      if (row === undefined) throw new DomainError('unauthenticated');
      return toUser(row);
    },
    async claimScope(scope, userId, createdAt) {
      sqlite.run(
        'INSERT INTO scopes (scope, user_id, created_at) VALUES (?, ?, ?) ON CONFLICT (scope) DO NOTHING',
        scope,
        userId,
        createdAt,
      );
      return sqlite.get<{ user_id: string }>('SELECT user_id FROM scopes WHERE scope = ?', scope)?.user_id ?? userId;
    },
    async listScopes(userId) {
      return sqlite
        .all<{ scope: string }>('SELECT scope FROM scopes WHERE user_id = ? ORDER BY scope', userId)
        .map((row) => row.scope);
    },
    async insertToken(token) {
      sqlite.run(
        'INSERT INTO tokens (id, user_id, hash, label, scopes, created_at, last_used_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        token.id,
        token.userId,
        token.hash,
        token.label,
        token.scopes.join(' '),
        token.createdAt,
        token.lastUsedAt ?? null,
        token.expiresAt ?? null,
      );
    },
    async findToken(hash) {
      const token = sqlite.get<TokenRow>('SELECT * FROM tokens WHERE hash = ?', hash);
      if (token === undefined) return undefined;
      const user = sqlite.get<UserRow>('SELECT id, name, created_at FROM users WHERE id = ?', token.user_id);
      return user === undefined ? undefined : { token: toToken(token), user: toUser(user) };
    },
    async listTokens(actor) {
      return sqlite
        .all<TokenRow>('SELECT * FROM tokens WHERE user_id = ? ORDER BY created_at DESC, id', actor.userId)
        .map(toToken);
    },
    async removeToken(actor, tokenId) {
      return sqlite.run('DELETE FROM tokens WHERE id = ? AND user_id = ?', tokenId, actor.userId) === 1;
    },
    async noteTokenUse(tokenId, usedAt) {
      sqlite.run('UPDATE tokens SET last_used_at = ? WHERE id = ?', usedAt, tokenId);
    },
  };
}
