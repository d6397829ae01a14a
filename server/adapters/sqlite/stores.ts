import type { Stores } from '../stores.ts';
import { ACCOUNT_MIGRATIONS, createSqliteAccountStore } from './accounts.sqlite.ts';
import { openSqlite } from './open.ts';
import { createSqlitePublishingStore, PUBLISHING_MIGRATIONS } from './publishing.sqlite.ts';

const MIGRATIONS = [...ACCOUNT_MIGRATIONS, ...PUBLISHING_MIGRATIONS];

/** All stores over one SQLite file; `:memory:` is the fake store of the tests. */
export function openSqliteStores(path: string): Stores {
  const connection = openSqlite(path, MIGRATIONS);
  return {
    accounts: createSqliteAccountStore(connection),
    publishing: createSqlitePublishingStore(connection),
    ping: async () => {
      connection.get('SELECT 1');
    },
    close: async () => connection.close(),
  };
}
