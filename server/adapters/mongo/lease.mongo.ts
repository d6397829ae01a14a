import { type Connection, Schema } from 'mongoose';
import type { LeaseStore } from '../../jobs/lease.store.ts';
import { isDuplicateKey } from './open.ts';

interface LeaseDocument {
  _id: string;
  owner: string;
  untilMs: number;
}

const leaseSchema = new Schema<LeaseDocument>(
  { _id: { type: String, required: true }, owner: { type: String, required: true }, untilMs: { type: Number, required: true } },
  { versionKey: false, collection: 'leases' },
);

export function leaseModel(connection: Connection) {
  return connection.model('Lease', leaseSchema);
}

export function createMongoLeaseStore(leases: ReturnType<typeof leaseModel>): LeaseStore {
  return {
    async take({ name, owner, nowMs, untilMs }) {
      const renewed = await leases.updateOne({ _id: name, owner }, { $set: { untilMs } });
      if (renewed.matchedCount === 1) return true;
      try {
        await leases.updateOne({ _id: name, untilMs: { $lte: nowMs } }, { $set: { owner, untilMs } }, { upsert: true });
        return true;
      } catch (error) {
        // nobody matched and the row exists: another owner holds it
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async release(name, owner) {
      await leases.deleteOne({ _id: name, owner });
    },
  };
}
