import { appendFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { UsageEvent } from '../../contract/events.ts';
import { installationId } from '../../installer/installation-id.ts';
import type { CliIo } from '../io.ts';
import { mayReportUsage } from './consent.ts';

/** Waiting events of the terminal client, one JSON document per line; the extension has a file of its own. */
export const QUEUE = 'cli-usage.ndjson';
/** Nothing was sent for a long time: stop collecting. */
const MAX_QUEUE_BYTES = 1024 * 1024;
const NOTICE = 'cli-usage-notice';

/** A line of the queue. The service belongs to it: events go where the command went. */
export interface QueuedEvent {
  readonly service: string;
  readonly item: {
    readonly type: 'track';
    readonly messageId: string;
    readonly anonymousId: string;
    readonly event: UsageEvent['name'];
    readonly properties: UsageEvent['properties'];
    readonly timestamp: string;
  };
}

export interface ReportContext {
  readonly io: CliIo;
  readonly userDir: string;
  readonly serviceUrl: string;
  readonly isOffline: boolean;
}

/**
 * Puts events into the queue and starts a process of its own that sends them, so that the command does not wait. Best effort: a
 * full disk or a missing network must not spoil a command that worked, so failures of the disk end here.
 */
export async function reportUsage(context: ReportContext, events: readonly UsageEvent[]): Promise<void> {
  const { io, userDir } = context;
  if (!mayReportUsage(io.env)) return;
  try {
    await mkdir(userDir, { recursive: true, mode: 0o700 });
    await noticeOnce(io, userDir);
    const anonymousId = await installationId(userDir);
    const lines = events.map((event) => `${JSON.stringify(queued(event, anonymousId, context.serviceUrl))}\n`).join('');
    const path = join(userDir, QUEUE);
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    if (size < MAX_QUEUE_BYTES) await appendFile(path, lines, { mode: 0o600 });
    if (!context.isOffline) await startFlush(userDir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

function queued(event: UsageEvent, anonymousId: string, service: string): QueuedEvent {
  const { name, properties } = event;
  const timestamp = new Date().toISOString();
  return { service, item: { type: 'track', messageId: crypto.randomUUID(), anonymousId, event: name, properties, timestamp } };
}

async function noticeOnce(io: CliIo, userDir: string): Promise<void> {
  try {
    await writeFile(join(userDir, NOTICE), '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  io.stderr.write('Installs and searches are counted without your name, code or paths. Turn it off with CODITECT_TELEMETRY=0.\n');
}

async function startFlush(userDir: string): Promise<void> {
  const script = fileURLToPath(import.meta.url);
  // only the bundle can be started again; as sources the events wait
  if (!script.endsWith('cli.js')) return;
  const { spawn } = await import('node:child_process');
  const child = spawn(process.execPath, [script, '--flush-usage', userDir], {
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
  });
  // a process that cannot be started leaves the queue for the next command
  child.once('error', () => undefined);
  child.unref();
}
