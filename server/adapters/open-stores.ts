import { openSqliteStores } from './sqlite/stores.ts';
import type { Stores } from './stores.ts';

/** Opens the stores a DATABASE_URL names. MongoDB's driver is loaded only when it is asked for: it costs 100 ms of start-up. */
export async function openStores(databaseUrl: string): Promise<Stores> {
  if (databaseUrl.startsWith('sqlite:')) return openSqliteStores(databaseUrl.slice('sqlite:'.length));
  const { openMongoStores } = await import('./mongo/stores.ts');
  return openMongoStores(databaseUrl);
}
