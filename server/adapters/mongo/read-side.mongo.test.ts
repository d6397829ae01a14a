import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { describeCatalogueStore } from '../../features/catalogue/catalogue.store-contract.ts';
import { describeUsageStore } from '../../features/usage/usage.store-contract.ts';
import { describeLeaseStore } from '../../jobs/lease.store-contract.ts';
import { catalogueModels, createMongoCatalogueStore } from './catalogue.mongo.ts';
import { createMongoLeaseStore, leaseModel } from './lease.mongo.ts';
import { openMongo } from './open.ts';
import { createMongoUsageStore, usageModels } from './usage.mongo.ts';

const SERVER = process.env.MONGODB_URL ?? 'mongodb://127.0.0.1:27017';

/** A database of its own for one test, with indexes as in the service. */
async function fixture<Store>(build: (connection: Connection) => Store): Promise<{ store: Store; close(): Promise<void> }> {
  const url = new URL(SERVER);
  url.pathname = `/coditect_test_${randomBytes(6).toString('hex')}`;
  const connection = await openMongo(url.href);
  const store = build(connection);
  for (const model of Object.values(connection.models)) await model.createIndexes();
  return {
    store,
    async close() {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

describeUsageStore('MongoDB', () => fixture((connection) => createMongoUsageStore(usageModels(connection))));
describeCatalogueStore('MongoDB', () => fixture((connection) => createMongoCatalogueStore(catalogueModels(connection))));
describeLeaseStore('MongoDB', () => fixture((connection) => createMongoLeaseStore(leaseModel(connection))));
