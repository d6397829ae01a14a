import { describeCatalogueStore } from '../../features/catalogue/catalogue.store-contract.ts';
import { CATALOGUE_MIGRATIONS, createSqliteCatalogueStore } from './catalogue.sqlite.ts';
import { openSqlite } from './open.ts';

describeCatalogueStore('SQLite', async () => {
  const connection = openSqlite(':memory:', CATALOGUE_MIGRATIONS);
  return { store: createSqliteCatalogueStore(connection), close: async () => connection.close() };
});
