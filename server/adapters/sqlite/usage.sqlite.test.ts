import { describeUsageStore } from '../../features/usage/usage.store-contract.ts';
import { describeLeaseStore } from '../../jobs/lease.store-contract.ts';
import { createSqliteLeaseStore, LEASE_MIGRATIONS } from './lease.sqlite.ts';
import { openSqlite } from './open.ts';
import { createSqliteUsageStore, USAGE_MIGRATIONS } from './usage.sqlite.ts';

describeUsageStore('SQLite', async () => {
  const connection = openSqlite(':memory:', USAGE_MIGRATIONS);
  return { store: createSqliteUsageStore(connection), close: async () => connection.close() };
});

describeLeaseStore('SQLite', async () => {
  const connection = openSqlite(':memory:', LEASE_MIGRATIONS);
  return { store: createSqliteLeaseStore(connection), close: async () => connection.close() };
});
