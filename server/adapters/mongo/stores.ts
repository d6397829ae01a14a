import type { Stores } from '../stores.ts';
import { accountModels, createMongoAccountStore } from './accounts.mongo.ts';
import { catalogueModels, createMongoCatalogueStore } from './catalogue.mongo.ts';
import { createMongoLeaseStore, leaseModel } from './lease.mongo.ts';
import { openMongo } from './open.ts';
import { createMongoPublishingStore, publishingModels } from './publishing.mongo.ts';
import { createMongoUsageStore, usageModels } from './usage.mongo.ts';

/** All stores over one MongoDB database; makes missing collections and indexes first, because uniqueness rests on them. */
export async function openMongoStores(url: string): Promise<Stores & { dropDatabase(): Promise<void> }> {
  const connection = await openMongo(url);
  const accounts = accountModels(connection);
  const publishing = publishingModels(connection);
  const catalogue = catalogueModels(connection);
  const usage = usageModels(connection);
  const leases = leaseModel(connection);
  for (const model of Object.values(connection.models)) await model.createIndexes();
  return {
    accounts: createMongoAccountStore(accounts),
    publishing: createMongoPublishingStore(publishing),
    catalogue: createMongoCatalogueStore(catalogue),
    usage: createMongoUsageStore(usage),
    leases: createMongoLeaseStore(leases),
    ping: async () => {
      await connection.db?.command({ ping: 1 });
    },
    close: () => connection.close(),
    dropDatabase: () => connection.dropDatabase(),
  };
}
