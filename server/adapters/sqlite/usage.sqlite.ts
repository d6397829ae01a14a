import type { UsageEventName } from '../../../contract/events.ts';
import type { UsageDay, UsageStore, UsageTotals } from '../../features/usage/usage.store.ts';
import type { StoredUsageEvent } from '../../features/usage/usage-event.ts';
import type { Migration, SqliteConnection } from './open.ts';

/**
 * Events: a rowid table with a 16-byte unique id, small columns and the properties last; rows come in the order of receipt, so
 * expiring reads the first rows only. `usage_events_by_bucket` serves the fold, `usage_days_dirty` finds its work.
 */
export const USAGE_MIGRATIONS: readonly Migration[] = [
  {
    id: 'usage-001',
    sql: `
      CREATE TABLE usage_agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
      CREATE TABLE usage_events (
        seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL, agent INTEGER NOT NULL, day INTEGER NOT NULL,
        at INTEGER NOT NULL, received_at INTEGER NOT NULL, installation BLOB NOT NULL, properties TEXT NOT NULL);
      CREATE INDEX usage_events_by_bucket ON usage_events (agent, day);
      CREATE TABLE usage_days (
        id INTEGER PRIMARY KEY, agent INTEGER NOT NULL, day INTEGER NOT NULL, marked INTEGER NOT NULL, folded INTEGER NOT NULL DEFAULT 0,
        is_dirty INTEGER NOT NULL, views INTEGER NOT NULL DEFAULT 0, installs INTEGER NOT NULL DEFAULT 0,
        removes INTEGER NOT NULL DEFAULT 0, active_installs INTEGER NOT NULL DEFAULT 0, active BLOB NOT NULL DEFAULT x'');
      CREATE UNIQUE INDEX usage_days_by_agent ON usage_days (agent, day);
      CREATE INDEX usage_days_dirty ON usage_days (id) WHERE is_dirty = 1;
      CREATE TABLE usage_totals (
        agent TEXT PRIMARY KEY, installs INTEGER NOT NULL, active_installs INTEGER NOT NULL, trending REAL NOT NULL,
        fresh_at INTEGER NOT NULL);
      CREATE INDEX usage_totals_by_freshness ON usage_totals (fresh_at, agent);`,
  },
];

/** Numbers on disk: never reused. */
const KINDS: Record<UsageEventName, number> = {
  'Agent Viewed': 1,
  'Agent Installed': 2,
  'Agent Updated': 3,
  'Agent Removed': 4,
  'Agent Active': 5,
  'Search Performed': 6,
};
const NAMES = new Map(Object.entries(KINDS).map(([name, kind]) => [kind, name]));

interface DayRow {
  day: number;
  views: number;
  installs: number;
  removes: number;
  active_installs: number;
  active: Uint8Array;
}

interface TotalsRow {
  agent: string;
  installs: number;
  active_installs: number;
  trending: number;
  fresh_at: number;
}

function toUsageDay(row: DayRow): UsageDay {
  const { day, views, installs, removes, active } = row;
  return { day, views, installs, removes, activeInstalls: row.active_installs, active };
}

function toTotals(row: TotalsRow): UsageTotals {
  const { agent, installs, trending } = row;
  return { agent, installs, activeInstalls: row.active_installs, trending, freshAt: row.fresh_at };
}

export function createSqliteUsageStore(sqlite: SqliteConnection): UsageStore {
  const agentIds = new Map<string, number>();

  function findAgent(name: string): number | undefined {
    const known = agentIds.get(name);
    if (known !== undefined) return known;
    const id = sqlite.get<{ id: number }>('SELECT id FROM usage_agents WHERE name = ?', name)?.id;
    if (id !== undefined) agentIds.set(name, id);
    return id;
  }

  /** Not kept until it is committed: a rolled-back id would be somebody else's later. */
  function ensureAgent(name: string): number {
    const known = findAgent(name);
    if (known !== undefined) return known;
    return sqlite.get<{ id: number }>('INSERT INTO usage_agents (name) VALUES (?) RETURNING id', name)?.id ?? 0;
  }

  function insertAll(events: readonly StoredUsageEvent[]): ('inserted' | 'duplicate')[] {
    const ids = new Map<string, number>();
    const buckets = new Map<string, readonly [number, number]>();
    const outcomes = events.map((event) => {
      let agent = ids.get(event.agent);
      if (agent === undefined) {
        agent = ensureAgent(event.agent);
        ids.set(event.agent, agent);
      }
      const changed = sqlite.run(
        `INSERT INTO usage_events (id, kind, agent, day, at, received_at, installation, properties) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO NOTHING`,
        event.id,
        KINDS[event.name],
        agent,
        event.day,
        event.at,
        event.receivedAt,
        event.installation,
        event.properties,
      );
      if (changed === 0) return 'duplicate';
      if (event.agent !== '') buckets.set(`${agent} ${event.day}`, [agent, event.day]);
      return 'inserted';
    });
    for (const [agent, day] of buckets.values()) {
      sqlite.run(
        `INSERT INTO usage_days (agent, day, marked, is_dirty) VALUES (?, ?, 1, 1)
         ON CONFLICT (agent, day) DO UPDATE SET marked = marked + 1, is_dirty = 1`,
        agent,
        day,
      );
    }
    return outcomes;
  }

  return {
    insertEvents: async (events) => sqlite.write(() => insertAll(events)),
    async listDirty(limit) {
      return sqlite.all<{ agent: string; day: number; marked: number }>(
        `SELECT a.name AS agent, d.day, d.marked FROM usage_days d JOIN usage_agents a ON a.id = d.agent
         WHERE d.is_dirty = 1 ORDER BY d.id LIMIT ?`,
        limit,
      );
    },
    async groupEvents(agent, day) {
      const rows = sqlite.all<{ kind: number; installation: Uint8Array; count: number }>(
        'SELECT kind, installation, count(*) AS count FROM usage_events WHERE agent = ? AND day = ? GROUP BY kind, installation',
        findAgent(agent) ?? 0,
        day,
      );
      return rows.map(({ kind, installation, count }) => ({ name: NAMES.get(kind) ?? '', installation, count }));
    },
    async saveBucket(agent, numbers, marked) {
      sqlite.run(
        `UPDATE usage_days SET views = ?, installs = ?, removes = ?, active_installs = ?, active = ?, folded = ?
         WHERE agent = ? AND day = ? AND folded <= ?`,
        numbers.views,
        numbers.installs,
        numbers.removes,
        numbers.activeInstalls,
        numbers.active,
        marked,
        findAgent(agent) ?? 0,
        numbers.day,
        marked,
      );
    },
    async clearDirty({ agent, day, marked }) {
      sqlite.run(
        'UPDATE usage_days SET is_dirty = 0 WHERE agent = ? AND day = ? AND marked = ?',
        findAgent(agent) ?? 0,
        day,
        marked,
      );
    },
    async listDays(agent, fromDay, toDay) {
      return sqlite
        .all<DayRow>(
          `SELECT day, views, installs, removes, active_installs, active FROM usage_days
           WHERE agent = ? AND day BETWEEN ? AND ? ORDER BY day`,
          findAgent(agent) ?? 0,
          fromDay,
          toDay,
        )
        .map(toUsageDay);
    },
    async sumInstalls(agent) {
      return (
        sqlite.get<{ sum: number }>(
          'SELECT coalesce(sum(installs), 0) AS sum FROM usage_days WHERE agent = ?',
          findAgent(agent) ?? 0,
        )?.sum ?? 0
      );
    },
    async saveTotals(totals) {
      sqlite.run(
        `INSERT INTO usage_totals (agent, installs, active_installs, trending, fresh_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (agent) DO UPDATE SET installs = excluded.installs, active_installs = excluded.active_installs,
           trending = excluded.trending, fresh_at = excluded.fresh_at
         WHERE excluded.fresh_at >= usage_totals.fresh_at`,
        totals.agent,
        totals.installs,
        totals.activeInstalls,
        totals.trending,
        totals.freshAt,
      );
    },
    async getTotals(agents) {
      return sqlite
        .all<TotalsRow>('SELECT * FROM usage_totals WHERE agent IN (SELECT value FROM json_each(?))', JSON.stringify(agents))
        .map(toTotals);
    },
    async listTotals(freshFrom, after, limit) {
      return sqlite
        .all<TotalsRow>(
          'SELECT * FROM usage_totals WHERE fresh_at >= ? AND (fresh_at, agent) > (?, ?) ORDER BY fresh_at, agent LIMIT ?',
          freshFrom,
          after?.freshAt ?? -1,
          after?.agent ?? '',
          limit,
        )
        .map(toTotals);
    },
    async listAging(freshBefore, limit) {
      return sqlite
        .all<{ agent: string }>(
          'SELECT agent FROM usage_totals WHERE fresh_at < ? AND (active_installs > 0 OR trending > 0) ORDER BY fresh_at, agent LIMIT ?',
          freshBefore,
          limit,
        )
        .map((row) => row.agent);
    },
    async removeEventsBefore(receivedBefore, limit) {
      // the first row tells cheaply that there is nothing to do, which is nearly always
      const oldest = sqlite.get<{ received_at: number }>('SELECT received_at FROM usage_events ORDER BY seq LIMIT 1');
      if (oldest === undefined || oldest.received_at >= receivedBefore) return 0;
      return sqlite.run(
        `DELETE FROM usage_events WHERE seq IN (
           SELECT seq FROM (SELECT seq, received_at FROM usage_events ORDER BY seq LIMIT ?) WHERE received_at < ?)`,
        limit,
        receivedBefore,
      );
    },
  };
}
