import type { AgentRecord, PublishingStore, VersionRecord } from '../../features/publishing/publishing.store.ts';
import { isUniqueViolation, type Migration, type SqliteConnection } from './open.ts';

export const PUBLISHING_MIGRATIONS: readonly Migration[] = [
  {
    id: 'publishing-001',
    sql: `
      CREATE TABLE agents (
        name TEXT PRIMARY KEY, scope TEXT NOT NULL, revision INTEGER NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE UNIQUE INDEX agents_by_seq ON agents (seq);
      CREATE INDEX agents_by_scope ON agents (scope, name);
      CREATE TABLE versions (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, is_released INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL);
      CREATE UNIQUE INDEX versions_by_name ON versions (name, version);
      CREATE INDEX versions_unreleased ON versions (id) WHERE is_released = 0;
      CREATE TABLE change_position (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL);
      INSERT INTO change_position (id, seq) VALUES (1, 0);`,
  },
];

interface AgentRow {
  revision: number;
  seq: number;
  body: string;
}

type AgentBody = Omit<AgentRecord, 'revision' | 'seq'>;

function toAgent(row: AgentRow): AgentRecord {
  return { ...(JSON.parse(row.body) as AgentBody), revision: row.revision, seq: row.seq };
}

function toVersion(row: { body: string }): VersionRecord {
  return JSON.parse(row.body) as VersionRecord;
}

function saveAgent(sqlite: SqliteConnection, agent: AgentBody, expectedRevision: number): AgentRecord | 'conflict' {
  return sqlite.write(() => {
    const stored = sqlite.get<{ revision: number }>('SELECT revision FROM agents WHERE name = ?', agent.name)?.revision ?? 0;
    if (stored !== expectedRevision) return 'conflict';
    const seq = sqlite.get<{ seq: number }>('UPDATE change_position SET seq = seq + 1 RETURNING seq')?.seq ?? 0;
    const revision = expectedRevision + 1;
    sqlite.run(
      `INSERT INTO agents (name, scope, revision, seq, body) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET revision = excluded.revision, seq = excluded.seq, body = excluded.body`,
      agent.name,
      agent.scope,
      revision,
      seq,
      JSON.stringify(agent),
    );
    return { ...agent, revision, seq };
  });
}

export function createSqlitePublishingStore(sqlite: SqliteConnection): PublishingStore {
  return {
    async getAgent(name) {
      const row = sqlite.get<AgentRow>('SELECT revision, seq, body FROM agents WHERE name = ?', name);
      return row === undefined ? undefined : toAgent(row);
    },
    async getAgents(names) {
      return sqlite
        .all<AgentRow>(
          'SELECT revision, seq, body FROM agents WHERE name IN (SELECT value FROM json_each(?))',
          JSON.stringify(names),
        )
        .map(toAgent);
    },
    async listAgentsOfScopes(scopes) {
      return sqlite
        .all<AgentRow>(
          'SELECT revision, seq, body FROM agents WHERE scope IN (SELECT value FROM json_each(?)) ORDER BY name',
          JSON.stringify(scopes),
        )
        .map(toAgent);
    },
    saveAgent: async (agent, expectedRevision) => saveAgent(sqlite, agent, expectedRevision),
    async insertVersion(version) {
      try {
        sqlite.run(
          'INSERT INTO versions (name, version, body) VALUES (?, ?, ?)',
          version.name,
          version.version,
          JSON.stringify(version),
        );
        return 'inserted';
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        const row = sqlite.get<{ body: string }>(
          'SELECT body FROM versions WHERE name = ? AND version = ?',
          version.name,
          version.version,
        );
        if (row === undefined) throw error;
        return { exists: toVersion(row) };
      }
    },
    async getVersion(name, version) {
      const row = sqlite.get<{ body: string }>('SELECT body FROM versions WHERE name = ? AND version = ?', name, version);
      return row === undefined ? undefined : toVersion(row);
    },
    async listVersions(name) {
      return sqlite.all<{ body: string }>('SELECT body FROM versions WHERE name = ? ORDER BY id', name).map(toVersion);
    },
    async markReleased(name, version) {
      sqlite.run('UPDATE versions SET is_released = 1 WHERE name = ? AND version = ?', name, version);
    },
    async listUnreleased() {
      return sqlite.all<{ body: string }>('SELECT body FROM versions WHERE is_released = 0 ORDER BY id').map(toVersion);
    },
    async removeUnreleased(name, version) {
      sqlite.run('DELETE FROM versions WHERE name = ? AND version = ? AND is_released = 0', name, version);
    },
    async listChanges(afterSeq, limit) {
      return sqlite.all<{ seq: number; name: string }>(
        'SELECT seq, name FROM agents WHERE seq > ? ORDER BY seq LIMIT ?',
        afterSeq,
        limit,
      );
    },
    async lastSeq() {
      return sqlite.get<{ seq: number }>('SELECT seq FROM change_position')?.seq ?? 0;
    },
  };
}
