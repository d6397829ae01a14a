import { type Connection, Schema } from 'mongoose';
import type { AgentRecord, PublishingStore, VersionRecord } from '../../features/publishing/publishing.store.ts';
import { isDuplicateKey, retryDuplicate } from './open.ts';

/** Records are kept as JSON text: npm manifests hold keys with dots and dollar signs, which MongoDB reads as paths. */
interface AgentDocument {
  _id: string;
  scope: string;
  revision: number;
  seq: number;
  changedAtMs: number;
  body: string;
}
interface VersionDocument {
  _id: string;
  name: string;
  publishedAt: string;
  isReleased: boolean;
  body: string;
}
interface CounterDocument {
  _id: string;
  value: number;
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;

const agentSchema = new Schema<AgentDocument>(
  { _id: text, scope: text, revision: number, seq: number, changedAtMs: number, body: text },
  { versionKey: false, collection: 'agents' },
);
// A publisher’s own agents: few, sorted in memory.
agentSchema.index({ scope: 1 });
// The change feed, and its look back over the last seconds.
agentSchema.index({ seq: 1 }, { unique: true });
agentSchema.index({ changedAtMs: 1 });

const versionSchema = new Schema<VersionDocument>(
  { _id: text, name: text, publishedAt: text, isReleased: { type: Boolean, required: true }, body: text },
  { versionKey: false, collection: 'versions' },
);
versionSchema.index({ name: 1, publishedAt: 1 });
versionSchema.index({ isReleased: 1 });

const counterSchema = new Schema<CounterDocument>({ _id: text, value: number }, { versionKey: false, collection: 'counters' });

/** Two writers take positions 5 and 6 and may save in the other order: the feed shows the last seconds again to late readers. */
const FEED_OVERLAP_MS = 10_000;

type AgentBody = Omit<AgentRecord, 'revision' | 'seq'>;

function toAgent(row: Pick<AgentDocument, 'body' | 'revision' | 'seq'>): AgentRecord {
  return { ...(JSON.parse(row.body) as AgentBody), revision: row.revision, seq: row.seq };
}

function toVersion(row: Pick<VersionDocument, 'body'>): VersionRecord {
  return JSON.parse(row.body) as VersionRecord;
}

function versionId(name: string, version: string): string {
  return `${name}@${version}`;
}

export function publishingModels(connection: Connection) {
  return {
    agents: connection.model('Agent', agentSchema),
    versions: connection.model('Version', versionSchema),
    counters: connection.model('Counter', counterSchema),
  };
}

export function createMongoPublishingStore({ agents, versions, counters }: ReturnType<typeof publishingModels>): PublishingStore {
  async function nextSeq(): Promise<number> {
    const row = await retryDuplicate(() =>
      counters.findOneAndUpdate({ _id: 'catalogue' }, { $inc: { value: 1 } }, { upsert: true, returnDocument: 'after' }).lean(),
    );
    return row?.value ?? 1;
  }

  async function saveAgent(agent: AgentBody, expectedRevision: number): Promise<AgentRecord | 'conflict'> {
    const seq = await nextSeq();
    const revision = expectedRevision + 1;
    const fields = { scope: agent.scope, revision, seq, changedAtMs: Date.now(), body: JSON.stringify(agent) };
    if (expectedRevision > 0) {
      const result = await agents.updateOne({ _id: agent.name, revision: expectedRevision }, { $set: fields });
      return result.matchedCount === 1 ? { ...agent, revision, seq } : 'conflict';
    }
    try {
      await agents.create([{ _id: agent.name, ...fields }]);
      return { ...agent, revision, seq };
    } catch (error) {
      if (isDuplicateKey(error)) return 'conflict';
      throw error;
    }
  }

  return {
    saveAgent,
    async getAgent(name) {
      const row = await agents.findOne({ _id: name }).lean();
      return row === null ? undefined : toAgent(row);
    },
    async getAgents(names) {
      return (await agents.find({ _id: { $in: [...names] } }).lean()).map(toAgent);
    },
    async listAgentsOfScopes(scopes) {
      const rows = await agents
        .find({ scope: { $in: [...scopes] } })
        .sort({ _id: 1 })
        .lean();
      return rows.map(toAgent);
    },
    async insertVersion(version) {
      const _id = versionId(version.name, version.version);
      try {
        await versions.create([
          { _id, name: version.name, publishedAt: version.publishedAt, isReleased: false, body: JSON.stringify(version) },
        ]);
        return 'inserted';
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const row = await versions.findOne({ _id }).lean();
        if (row === null) throw error;
        return { exists: toVersion(row) };
      }
    },
    async getVersion(name, version) {
      const row = await versions.findOne({ _id: versionId(name, version) }).lean();
      return row === null ? undefined : toVersion(row);
    },
    async listVersions(name) {
      return (await versions.find({ name }).sort({ publishedAt: 1, _id: 1 }).lean()).map(toVersion);
    },
    async markReleased(name, version) {
      await versions.updateOne({ _id: versionId(name, version) }, { $set: { isReleased: true } });
    },
    async listUnreleased() {
      return (await versions.find({ isReleased: false }).sort({ publishedAt: 1, _id: 1 }).lean()).map(toVersion);
    },
    async removeUnreleased(name, version) {
      await versions.deleteOne({ _id: versionId(name, version), isReleased: false });
    },
    async listChanges(afterSeq, limit) {
      const fields = { seq: 1 } as const;
      const fresh = await agents
        .find({ seq: { $gt: afterSeq } }, fields)
        .sort({ seq: 1 })
        .limit(limit)
        .lean();
      if (fresh.length === limit) return fresh.map(toChange);
      const since = Date.now() - FEED_OVERLAP_MS;
      const repeated = await agents
        .find({ changedAtMs: { $gte: since }, seq: { $lte: afterSeq } }, fields)
        .sort({ changedAtMs: -1 })
        .limit(limit - 1 - fresh.length)
        .lean();
      return [...repeated.map(toChange).sort((a, b) => a.seq - b.seq), ...fresh.map(toChange)];
    },
    async lastSeq() {
      const [row] = await agents.find({}, { seq: 1 }).sort({ seq: -1 }).limit(1).lean();
      return row?.seq ?? 0;
    },
  };
}

function toChange(row: { _id: string; seq: number }) {
  return { seq: row.seq, name: row._id };
}
