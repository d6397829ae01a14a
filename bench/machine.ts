import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { DatabaseSync } from 'node:sqlite';

/** What the figures were measured on, in one line. The load average shows whether the machine was busy with something else. */
export function describeMachine(): string {
  const sqlite = new DatabaseSync(':memory:').prepare('select sqlite_version() as version').get()?.version;
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const load = loadavg()[0]?.toFixed(1);
  return `${cpus().length} cores (${model}), ${memory}, ${process.platform}, Node ${process.version}, SQLite ${sqlite}, load ${load}, ${commit()}`;
}

function commit(): string {
  try {
    return `commit ${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()}`;
  } catch {
    return 'no git';
  }
}
