import { type Connection, Schema } from 'mongoose';
import type { CatalogueEntry, CatalogueStore, CollectionRecord } from '../../features/catalogue/catalogue.store.ts';
import { isDuplicateKey, retryDuplicate } from './open.ts';

/** Bodies are JSON text, as in the write model. */
interface EntryDocument {
  _id: string;
  /** Feed position and format in one number, since that is what is compared. */
  age: number;
  body: string;
}
interface CollectionDocument {
  _id: string;
  position: number;
  body: string;
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;

const entrySchema = new Schema<EntryDocument>(
  { _id: text, age: number, body: text },
  { versionKey: false, collection: 'catalogue_entries' },
);
const collectionSchema = new Schema<CollectionDocument>(
  { _id: text, position: number, body: text },
  { versionKey: false, collection: 'collections' },
);

export function catalogueModels(connection: Connection) {
  return {
    entries: connection.model('CatalogueEntry', entrySchema),
    collections: connection.model('Collection', collectionSchema),
  };
}

/** More than there will ever be formats. */
const FORMATS = 1_000;

function toEntry(row: { body: string }): CatalogueEntry {
  return JSON.parse(row.body) as CatalogueEntry;
}

export function createMongoCatalogueStore({ entries, collections }: ReturnType<typeof catalogueModels>): CatalogueStore {
  return {
    async putEntry(entry) {
      const age = entry.seq * FORMATS + entry.format;
      const fields = { age, body: JSON.stringify(entry) };
      try {
        await retryDuplicate(() =>
          entries.updateOne({ _id: entry.name, age: { $lte: age } }, { $set: fields }, { upsert: true }),
        );
      } catch (error) {
        // the row exists and did not match: a newer entry is there
        if (!isDuplicateKey(error)) throw error;
      }
    },
    async getEntries(names) {
      return (await entries.find({ _id: { $in: [...names] } }).lean()).map(toEntry);
    },
    async listEntries(afterName, limit) {
      const rows = await entries
        .find({ _id: { $gt: afterName } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean();
      return rows.map(toEntry);
    },
    async listCollections() {
      const rows = await collections.find().sort({ position: 1, _id: 1 }).lean();
      return rows.map((row) => JSON.parse(row.body) as CollectionRecord);
    },
    async addCollection(collection) {
      try {
        await collections.create([{ _id: collection.id, position: collection.position, body: JSON.stringify(collection) }]);
        return 'added';
      } catch (error) {
        if (isDuplicateKey(error)) return 'exists';
        throw error;
      }
    },
  };
}
