import { randomBytes } from 'node:crypto';
import { describeAccountStore } from '../../features/accounts/accounts.store-contract.ts';
import { describePublishingStore } from '../../features/publishing/publishing.store-contract.ts';
import { openMongoStores } from './stores.ts';

const SERVER = process.env.MONGODB_URL ?? 'mongodb://127.0.0.1:27017';

/** A database of its own for each test, dropped afterwards. */
function open<Name extends 'accounts' | 'publishing'>(name: Name) {
  return async () => {
    const url = new URL(SERVER);
    url.pathname = `/coditect_test_${randomBytes(6).toString('hex')}`;
    const stores = await openMongoStores(url.href);
    return {
      store: stores[name],
      close: async () => {
        await stores.dropDatabase();
        await stores.close();
      },
    };
  };
}

describeAccountStore('MongoDB', open('accounts'));
describePublishingStore('MongoDB', open('publishing'));
