// Checks schema migrations for statements that lock, rewrite or destroy. Runs as a PostToolUse hook (payload on stdin)
// or by hand: node check-migration.mjs <file ...>. Exit code 2 hands the findings to the agent. Reads files and git only.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MIGRATION_PATH =
  /(?:^|\/)(?:migrations?|migrate|alembic\/versions|changelogs?|flyway|liquibase)\/|(?:^|\/)V\d[\w.]*__[^/]+\.sql$/i;
const SQL_PATH = /\.sql$/i;
const SCRIPT_PATH = /\.(?:rb|py|ts|js|mjs|cjs|php|kt|java)$/i;

/** Statements of an SQL text with their line; comments removed; quotes and dollar quotes respected. */
function splitSql(text) {
  const statements = [];
  let buffer = '';
  let line = 1;
  let startLine = 0;
  const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|(\$\w*\$)[\s\S]*?\1|;|\n|\s|[\s\S]/g;
  const push = () => {
    if (buffer.trim() !== '') statements.push({ sql: buffer.replace(/\s+/g, ' ').trim(), line: startLine });
    buffer = '';
    startLine = 0;
  };
  for (const [part] of text.matchAll(token)) {
    if (part === ';') push();
    else if (part.startsWith('--') || part.startsWith('/*')) buffer += ' ';
    else {
      if (startLine === 0 && part.trim() !== '') startLine = line;
      buffer += part;
    }
    line += part.match(/\n/g)?.length ?? 0;
  }
  push();
  return statements;
}

const NAME = '(?:if (?:not )?exists )?(?:only )?((?:["`\\w]+\\.)?["`\\w]+)';
const plainName = (name) => (name ?? '').replace(/["`]/g, '').toLowerCase().split('.').pop();

/** One ALTER TABLE can carry several actions; commas inside parentheses do not separate them. */
function alterActions(sql) {
  const match = new RegExp(`^alter table ${NAME} (.*)$`, 'i').exec(sql);
  if (!match) return undefined;
  const actions = [];
  let depth = 0;
  let current = '';
  for (const char of match[2]) {
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char === ',' && depth === 0) {
      actions.push(current.trim());
      current = '';
    } else current += char;
  }
  actions.push(current.trim());
  return { table: plainName(match[1]), actions };
}

function checkAction(action, dialect, checkedColumns) {
  const pg = dialect === 'postgres';
  const addsColumn = /^add (?:column )?(?!constraint|foreign|primary|unique|check|index|key|fulltext|spatial|exclude)/i.test(
    action,
  );
  const found = [];
  if (addsColumn) {
    const hasDefault = /\bdefault\b/i.test(action);
    if (/\bnot null\b/i.test(action) && !hasDefault && !/\bgenerated\b|\b(?:big|small)?serial\b|auto_increment/i.test(action)) {
      found.push([
        'MG001',
        'NOT NULL column without a default: fails on a table with rows, and breaks inserts of the version still running. Add it nullable or with a constant default, backfill, then enforce.',
      ]);
    }
    if (
      pg &&
      /\bdefault\s+\(?\s*(?:random|gen_random_uuid|uuid_generate_v\d\w*|clock_timestamp|timeofday|nextval)\s*\(/i.test(action)
    ) {
      found.push([
        'MG002',
        'Volatile default rewrites the whole table under an ACCESS EXCLUSIVE lock. Add the column without it, set the default in a second statement, backfill in batches.',
      ]);
    }
    if (pg && (/\b(?:big|small)?serial\b/i.test(action) || /generated always as \(.*\) stored/i.test(action))) {
      found.push(['MG002', 'A serial or stored generated column rewrites the whole table under an ACCESS EXCLUSIVE lock.']);
    }
    if (/\breferences\b/i.test(action) && pg) {
      found.push([
        'MG006',
        'REFERENCES on a new column locks both tables while it is added. Add the column first, then the foreign key NOT VALID, then VALIDATE CONSTRAINT.',
      ]);
    }
  }
  if (
    /^drop column\b/i.test(action) ||
    /^drop (?!constraint|index|foreign|primary|key|check|default|expression|identity|not null)["`\w]+/i.test(action)
  ) {
    found.push([
      'MG003',
      'Drops a column. Code of the previous release still selects it: stop using it in one release, drop it in the next, and say where the data is kept.',
    ]);
  }
  if (/^rename (?!constraint|index|key)/i.test(action))
    found.push([
      'MG004',
      'Renames a table or column: old and new code cannot run side by side. Add the new one, write both, switch reads, drop the old one later.',
    ]);
  if (/^(?:alter (?:column )?["`\w]+ (?:set data )?type|modify|change)\b/i.test(action)) {
    const widening = /type (?:text|varchar|character varying)(?:\s*(?:collate.*)?)?$/i.test(action);
    if (!widening)
      found.push([
        'MG005',
        'Changes a column type: usually a full rewrite under an exclusive lock, and an implicit cast may lose data. Prefer a new column, backfill, swap.',
      ]);
  }
  if (pg && /^add (?:constraint ["\w]+ )?(?:foreign key|check)\b/i.test(action) && !/\bnot valid\b/i.test(action)) {
    found.push([
      'MG006',
      'Constraint is checked against every row while writes wait. Add it NOT VALID, then VALIDATE CONSTRAINT in a later transaction.',
    ]);
  }
  if (pg && /^add (?:constraint ["\w]+ )?(?:unique|primary key)\b/i.test(action) && !/using index/i.test(action)) {
    found.push([
      'MG007',
      'Builds a unique index under an ACCESS EXCLUSIVE lock. CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT ... USING INDEX.',
    ]);
  }
  const setNotNull = /^alter (?:column )?(["\w]+) set not null/i.exec(action);
  if (pg && setNotNull && !checkedColumns.has(plainName(setNotNull[1]))) {
    found.push([
      'MG008',
      'SET NOT NULL scans the table under an ACCESS EXCLUSIVE lock unless a validated CHECK (column IS NOT NULL) exists (PostgreSQL 12 and later). Add and validate that check first.',
    ]);
  }
  return found;
}

function checkSql(text, dialect) {
  const statements = splitSql(text);
  const pg = dialect === 'postgres';
  const created = new Set(
    statements
      .map(({ sql }) => new RegExp(`^create (?:temp(?:orary)? |unlogged )?table ${NAME}`, 'i').exec(sql))
      .filter(Boolean)
      .map((match) => plainName(match[1])),
  );
  const checkedColumns = new Set(
    [...text.matchAll(/check\s*\(\s*["`]?(\w+)["`]?\s+is\s+not\s+null/gi)].map((match) => match[1].toLowerCase()),
  );
  const findings = [];
  const add = (statement, [id, why]) => findings.push({ id, line: statement.line, why });
  let inTransaction = false;
  let altersExisting;
  for (const statement of statements) {
    const { sql } = statement;
    if (/^(?:begin|start transaction)\b/i.test(sql)) inTransaction = true;
    if (/^(?:commit|rollback|end)\b/i.test(sql)) inTransaction = false;
    const alter = alterActions(sql);
    if (alter && !created.has(alter.table)) {
      altersExisting ??= statement;
      for (const action of alter.actions) for (const found of checkAction(action, dialect, checkedColumns)) add(statement, found);
    }
    const index = new RegExp(`^create (?:unique )?index (concurrently )?.*? on ${NAME}`, 'i').exec(sql);
    if (pg && index) {
      if (!index[1] && !created.has(plainName(index[2])))
        add(statement, [
          'MG009',
          'CREATE INDEX blocks writes until it is built. Use CONCURRENTLY, in a migration of its own that runs outside a transaction.',
        ]);
      if (index[1] && inTransaction)
        add(statement, [
          'MG010',
          "CONCURRENTLY fails inside a transaction. Take the statement out of BEGIN and switch the tool's own transaction off for this migration.",
        ]);
    }
    if (pg && /^drop index (?!concurrently)/i.test(sql))
      add(statement, ['MG009', 'DROP INDEX waits for and blocks all queries on the table. Use DROP INDEX CONCURRENTLY.']);
    if (/^drop (?:table|schema|database|materialized view)\b/i.test(sql))
      add(statement, [
        'MG003',
        'Drops data. Make sure that nothing reads it since the previous release, and say where the backup is.',
      ]);
    if (/^truncate\b/i.test(sql)) add(statement, ['MG003', 'TRUNCATE removes all rows and cannot be undone after commit.']);
    if (/^(?:update|delete from)\b/i.test(sql) && !/\bwhere\b/i.test(sql))
      add(statement, [
        'MG011',
        'Touches every row in one transaction: long locks, bloat, replication lag. Backfill in batches outside the schema migration.',
      ]);
    if (pg && /^(?:vacuum full|cluster|reindex (?!.*concurrently))/i.test(sql))
      add(statement, ['MG005', 'Rewrites or locks the table for its whole run.']);
  }
  if (pg && altersExisting && !/lock_timeout/i.test(text)) {
    add(altersExisting, [
      'MG012',
      "No lock_timeout: one long query makes this ALTER wait, and everything behind it too. Start with SET lock_timeout = '5s' and retry.",
    ]);
  }
  return findings;
}

// Framework migrations: only the calls that are unsafe in whatever way they are written.
const SCRIPT_RULES = [
  [
    /\b(?:remove_column|drop_column|removeColumn|dropColumn|RemoveField)\b/,
    'MG003',
    'Drops a column that the previous release still uses. Stop using it first, drop it in the next release.',
  ],
  [
    /\b(?:drop_table|dropTable|DeleteModel)\b/,
    'MG003',
    'Drops a table. Make sure that nothing reads it since the previous release, and say where the backup is.',
  ],
  [
    /\b(?:rename_column|rename_table|renameColumn|renameTable|RenameField|RenameModel)\b/,
    'MG004',
    'Renames: old and new code cannot run side by side. Add, write both, switch reads, drop later.',
  ],
  [
    /\b(?:change_column|changeColumn)\b(?!_null|_default|_comment)/,
    'MG005',
    'Changes a column type: usually a full rewrite under an exclusive lock.',
  ],
  [
    /\badd_index\b(?!.*algorithm:\s*:concurrently)/,
    'MG009',
    'Blocks writes until the index is built. Use algorithm: :concurrently with disable_ddl_transaction!.',
  ],
  [
    /\bop\.create_index\((?!.*postgresql_concurrently\s*=\s*True)/,
    'MG009',
    'Blocks writes until the index is built. Use postgresql_concurrently=True inside op.get_context().autocommit_block().',
  ],
  [
    /\badd_foreign_key\b(?!.*validate:\s*false)/,
    'MG006',
    'Checks every row while writes wait. Use validate: false, then validate_foreign_key in a later migration.',
  ],
];

const DOWN =
  /^\s*(?:def (?:down|downgrade|reverse)\b|(?:async\s+)?(?:public\s+)?(?:function\s+)?down\s*\(|exports\.down\b|export (?:async )?function down\b)/;
const UP =
  /^\s*(?:def (?:up|upgrade|change)\b|(?:async\s+)?(?:public\s+)?(?:function\s+)?up\s*\(|exports\.up\b|export (?:async )?function up\b)/;

/** The line and, while parentheses are open, those after it: formatters break long calls. */
function wholeCall(lines, index) {
  let call = lines[index];
  for (let next = index + 1; next < index + 12 && next < lines.length; next++) {
    if ((call.match(/\(/g)?.length ?? 0) <= (call.match(/\)/g)?.length ?? 0)) break;
    call += ` ${lines[next].trim()}`;
  }
  return call;
}

function checkScript(text) {
  const findings = [];
  const lines = text.split('\n');
  // A table created in the same migration has no rows and no readers.
  const created = new Set([...text.matchAll(/\b(?:create_table|createTable)\b[\s(]*[:'"](\w+)/g)].map((match) => match[1]));
  let down = false;
  for (const [index, line] of lines.entries()) {
    if (DOWN.test(line)) down = true;
    if (UP.test(line)) down = false;
    if (down || /^\s*(?:#|\/\/|\*)/.test(line)) continue;
    const call = wholeCall(lines, index);
    for (const [pattern, id, why] of SCRIPT_RULES) {
      const match = pattern.exec(call);
      if (!match || match.index >= line.length || [...created].some((table) => new RegExp(`[:'"]${table}\\b`).test(line)))
        continue;
      findings.push({ id, line: index + 1, why });
    }
  }
  return findings;
}

function git(cwd, args) {
  try {
    return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** A migration on the shared branch has been applied somewhere; changing it makes databases differ. */
function isReleased(file) {
  const cwd = path.dirname(file);
  const shared = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'].find((ref) =>
    git(cwd, ['rev-parse', '--verify', '--quiet', ref]),
  );
  return shared !== undefined && git(cwd, ['cat-file', '-e', `${shared}:./${path.basename(file)}`]) !== undefined;
}

/** `-- migration-guard: allow MG003 table is empty since 2.4`: only with a reason, for the whole file. */
function allowedIds(text) {
  return new Set([...text.matchAll(/migration-guard:\s*allow\s+(MG\d{3})\s+\S.{4,}/gi)].map((match) => match[1].toUpperCase()));
}

function dialectOf(file, text) {
  if (/mysql|mariadb/i.test(file) || /engine\s*=\s*\w+|auto_increment|`\w+`/i.test(text)) return 'mysql';
  if (/sqlite/i.test(file) || /\bautoincrement\b|^\s*pragma\b/im.test(text)) return 'sqlite';
  return 'postgres';
}

function checkFile(file) {
  const posix = file.split(path.sep).join('/');
  if (!MIGRATION_PATH.test(posix) || !existsSync(file)) return [];
  if (/(?:^|[._/-])down\.sql$/i.test(posix)) return [];
  const text = readFileSync(file, 'utf8');
  let findings = [];
  if (SQL_PATH.test(posix)) findings = checkSql(text, dialectOf(posix, text));
  else if (SCRIPT_PATH.test(posix)) findings = checkScript(text);
  else return [];
  if (isReleased(file))
    findings.unshift({
      id: 'MG013',
      line: 1,
      why: 'This migration is already on the shared branch, so databases have run it. Undo the change and write a new migration.',
    });
  const allowed = allowedIds(text);
  return findings.filter((finding) => !allowed.has(finding.id)).sort((a, b) => a.line - b.line);
}

function report(file, findings) {
  return [
    `migration-guard: ${findings.length} to look at in ${file}`,
    ...findings.map((f) => `  ${f.id} line ${f.line}: ${f.why}`),
  ].join('\n');
}

function main(args) {
  const hook = args.length === 0;
  const payload = hook ? JSON.parse(readFileSync(0, 'utf8')) : {};
  const named = payload.tool_input?.file_path ?? payload.tool_input?.filePath;
  const files = hook ? [named].filter(Boolean).map((file) => path.resolve(payload.cwd ?? '.', file)) : args;
  const reports = files.map((file) => [file, checkFile(file)]).filter(([, findings]) => findings.length > 0);
  if (reports.length === 0) return;
  const advice =
    'Rewrite what applies. To keep a statement on purpose, ask the user, then add a comment "migration-guard: allow <id> <reason>" to the file.';
  process.stderr.write(
    `${reports.map(([file, findings]) => report(path.relative(process.cwd(), file), findings)).join('\n')}\n${advice}\n`,
  );
  process.exitCode = 2;
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`migration-guard could not check this file: ${error.message}\n`);
  process.exitCode = 1;
}
