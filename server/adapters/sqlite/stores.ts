import type { Stores } from '../stores.ts';
import { ACCOUNT_MIGRATIONS, createSqliteAccountStore } from './accounts.sqlite.ts';
import { CATALOGUE_MIGRATIONS, createSqliteCatalogueStore } from './catalogue.sqlite.ts';
import { createSqliteLeaseStore, LEASE_MIGRATIONS } from './lease.sqlite.ts';
import { openSqlite } from './open.ts';
import { createSqlitePublishingStore, PUBLISHING_MIGRATIONS } from './publishing.sqlite.ts';
import { createSqliteUsageStore, USAGE_MIGRATIONS } from './usage.sqlite.ts';

const MIGRATIONS = [
  ...ACCOUNT_MIGRATIONS,
  ...PUBLISHING_MIGRATIONS,
  ...CATALOGUE_MIGRATIONS,
  ...USAGE_MIGRATIONS,
  ...LEASE_MIGRATIONS,
];

/** All stores over one SQLite file; `:memory:` is the fake store of the tests. */
export function openSqliteStores(path: string): Stores {
  const connection = openSqlite(path, MIGRATIONS);
  return {
    accounts: createSqliteAccountStore(connection),
    publishing: createSqlitePublishingStore(connection),
    catalogue: createSqliteCatalogueStore(connection),
    usage: createSqliteUsageStore(connection),
    leases: createSqliteLeaseStore(connection),
    ping: async () => {
      connection.get('SELECT 1');
    },
    close: async () => connection.close(),
  };
}
