import type { Stores } from '../stores.ts';
import { accountModels, createMongoAccountStore } from './accounts.mongo.ts';
import { openMongo } from './open.ts';
import { createMongoPublishingStore, publishingModels } from './publishing.mongo.ts';

/** All stores over one MongoDB database; makes missing collections and indexes first, because uniqueness rests on them. */
export async function openMongoStores(url: string): Promise<Stores & { dropDatabase(): Promise<void> }> {
  const connection = await openMongo(url);
  const accounts = accountModels(connection);
  const publishing = publishingModels(connection);
  for (const model of Object.values(connection.models)) await model.createIndexes();
  return {
    accounts: createMongoAccountStore(accounts),
    publishing: createMongoPublishingStore(publishing),
    ping: async () => {
      await connection.db?.command({ ping: 1 });
    },
    close: () => connection.close(),
    dropDatabase: () => connection.dropDatabase(),
  };
}
