import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** A step of the schema. Ids are never reused or reordered; a step that ran on anybody's disk is never edited. */
export interface Migration {
  readonly id: string;
  readonly sql: string;
}

type Row = Record<string, unknown>;

/** One SQLite connection with kept statements (a kept one costs half of a fresh one). */
export class SqliteConnection {
  private readonly statements = new Map<string, StatementSync>();
  constructor(readonly db: DatabaseSync) {}

  private prepare(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = this.db.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  get<T = Row>(sql: string, ...values: SQLInputValue[]): T | undefined {
    return this.prepare(sql).get(...values) as T | undefined;
  }

  all<T = Row>(sql: string, ...values: SQLInputValue[]): T[] {
    return this.prepare(sql).all(...values) as T[];
  }

  /** Number of changed rows. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.prepare(sql).run(...values).changes);
  }

  /** Runs `work` in one write transaction. IMMEDIATE: a transaction that starts reading and then writes fails at once when busy. */
  write<T>(work: () => T): T {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      // On a full disk SQLite has rolled back by itself already.
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.statements.clear();
    if (this.db.isOpen) this.db.close();
  }
}

/** Whether an error is a broken unique index or primary key. */
export function isUniqueViolation(error: unknown): boolean {
  const errcode = (error as { errcode?: unknown } | null)?.errcode;
  return errcode === 2067 || errcode === 1555;
}

/**
 * Opens (or makes) a database file, `:memory:` for tests, and brings its schema up to date: each missing migration in one
 * transaction. Several processes may share the file.
 */
export function openSqlite(path: string, migrations: readonly Migration[]): SqliteConnection {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  // an import would run before any line of the bundle, so that older Nodes would end with a stack instead of our message
  const { DatabaseSync: Database } = process.getBuiltinModule('node:sqlite');
  const connection = new SqliteConnection(new Database(path, { timeout: 5_000 }));
  const { db } = connection;
  db.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
  db.exec('PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000');
  db.exec('CREATE TABLE IF NOT EXISTS migrations (id TEXT PRIMARY KEY, applied_at TEXT NOT NULL) WITHOUT ROWID');
  const done = new Set(connection.all<{ id: string }>('SELECT id FROM migrations').map((row) => row.id));
  for (const { id, sql } of migrations.filter((migration) => !done.has(migration.id))) {
    connection.write(() => {
      if (connection.get('SELECT id FROM migrations WHERE id = ?', id) !== undefined) return;
      db.exec(sql);
      connection.run('INSERT INTO migrations (id, applied_at) VALUES (?, ?)', id, new Date().toISOString());
    });
  }
  return connection;
}
