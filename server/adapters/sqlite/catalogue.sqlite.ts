import type { CatalogueEntry, CatalogueStore, CollectionRecord } from '../../features/catalogue/catalogue.store.ts';
import type { Migration, SqliteConnection } from './open.ts';

export const CATALOGUE_MIGRATIONS: readonly Migration[] = [
  {
    id: 'catalogue-001',
    sql: `
      CREATE TABLE catalogue_entries (
        name TEXT PRIMARY KEY, seq INTEGER NOT NULL, format INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE collections (id TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL);`,
  },
];

function toEntry(row: { body: string }): CatalogueEntry {
  return JSON.parse(row.body) as CatalogueEntry;
}

export function createSqliteCatalogueStore(sqlite: SqliteConnection): CatalogueStore {
  return {
    async putEntry(entry) {
      sqlite.run(
        `INSERT INTO catalogue_entries (name, seq, format, body) VALUES (?, ?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, format = excluded.format, body = excluded.body
         WHERE (excluded.seq, excluded.format) >= (catalogue_entries.seq, catalogue_entries.format)`,
        entry.name,
        entry.seq,
        entry.format,
        JSON.stringify(entry),
      );
    },
    async getEntries(names) {
      return sqlite
        .all<{ body: string }>(
          'SELECT body FROM catalogue_entries WHERE name IN (SELECT value FROM json_each(?))',
          JSON.stringify(names),
        )
        .map(toEntry);
    },
    async listEntries(afterName, limit) {
      return sqlite
        .all<{ body: string }>('SELECT body FROM catalogue_entries WHERE name > ? ORDER BY name LIMIT ?', afterName, limit)
        .map(toEntry);
    },
    async listCollections() {
      return sqlite
        .all<{ body: string }>('SELECT body FROM collections ORDER BY position, id')
        .map((row) => JSON.parse(row.body) as CollectionRecord);
    },
    async addCollection(collection) {
      const added = sqlite.run(
        'INSERT INTO collections (id, position, body) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING',
        collection.id,
        collection.position,
        JSON.stringify(collection),
      );
      return added === 1 ? 'added' : 'exists';
    },
  };
}
