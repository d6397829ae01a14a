import { describeAccountStore } from '../../features/accounts/accounts.store-contract.ts';
import { describePublishingStore } from '../../features/publishing/publishing.store-contract.ts';
import { openSqliteStores } from './stores.ts';

function open<Name extends 'accounts' | 'publishing'>(name: Name) {
  return async () => {
    const stores = openSqliteStores(':memory:');
    return { store: stores[name], close: () => stores.close() };
  };
}

describeAccountStore('SQLite', open('accounts'));
describePublishingStore('SQLite', open('publishing'));
