import mongoose, { type Connection } from 'mongoose';

/** A connection of its own (not mongoose's global one), so that tests and the service can hold several. */
export async function openMongo(url: string): Promise<Connection> {
  const connection = mongoose.createConnection(url, {
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: 10_000,
    // An acknowledged publish must survive a failover.
    writeConcern: { w: 'majority' },
  });
  await connection.asPromise();
  return connection;
}

/** Whether an error is a broken unique index. */
export function isDuplicateKey(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 11_000;
}

const UPSERT_TRIES = 5;

/** Parallel upserts of one unique key may fail with 11000 on MongoDB and its look-alikes: the second try finds the row. */
export async function retryDuplicate<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isDuplicateKey(error) || attempt >= UPSERT_TRIES) throw error;
    }
  }
}
