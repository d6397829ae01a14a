import type { LeaseStore } from '../../jobs/lease.store.ts';
import type { Migration, SqliteConnection } from './open.ts';

export const LEASE_MIGRATIONS: readonly Migration[] = [
  {
    id: 'leases-001',
    sql: 'CREATE TABLE leases (name TEXT PRIMARY KEY, owner TEXT NOT NULL, until_ms INTEGER NOT NULL) WITHOUT ROWID;',
  },
];

export function createSqliteLeaseStore(sqlite: SqliteConnection): LeaseStore {
  return {
    async take({ name, owner, nowMs, untilMs }) {
      const changed = sqlite.run(
        `INSERT INTO leases (name, owner, until_ms) VALUES (?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until_ms = excluded.until_ms
         WHERE leases.owner = excluded.owner OR leases.until_ms <= ?`,
        name,
        owner,
        untilMs,
        nowMs,
      );
      return changed === 1;
    },
    async release(name, owner) {
      sqlite.run('DELETE FROM leases WHERE name = ? AND owner = ?', name, owner);
    },
  };
}
