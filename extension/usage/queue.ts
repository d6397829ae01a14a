import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';

const QueuedEventSchema = z.object({
  messageId: z.string(),
  event: z.string(),
  properties: z.record(z.string(), z.unknown()),
  timestamp: z.string(),
  /** Origin of the service the event is about: no other service learns of it. */
  service: z.string(),
});
/** One event as it waits on disk. */
export type QueuedEvent = z.infer<typeof QueuedEventSchema>;

/** The oldest waiting events; `bytes` of `path` are theirs. */
export interface Batch {
  readonly path: string;
  readonly bytes: number;
  readonly events: readonly QueuedEvent[];
}

export interface QueueOptions {
  readonly directory: string;
  readonly isRunning?: (pid: number) => boolean;
  readonly now?: () => number;
  readonly pid?: number;
}

/** Largest own file; beyond it the older half is given up: usage is not worth more of somebody's disk. */
const FILE_BYTES = 512 * 1024;
const TOTAL_BYTES = 4 * 1024 * 1024;
const ADOPT_ANYWAY_MS = 24 * 60 * 60 * 1000;
const SUFFIX = '.ndjson';

/**
 * Events on disk, one line each, appended when they happen: nothing in memory survives a closed window.
 * Each window writes a file of its own, so windows never wait for each other; files of windows that ended are adopted by renaming,
 * which only one window can win. Events leave the disk only after they were delivered; a crash in between sends them twice
 * with the same messageId, which the service counts once.
 */
export class UsageQueue {
  private readonly owner: string;
  private adopted = 0;
  private work: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: QueueOptions) {
    this.owner = `${options.pid ?? process.pid}-${randomBytes(6).toString('hex')}`;
  }

  /** Resolves when the event is on disk. Rejects with Node's error when it cannot be written. */
  append(event: QueuedEvent): Promise<void> {
    return this.inTurn(async () => {
      await mkdir(this.options.directory, { recursive: true });
      await appendFile(this.ownPath(), `${JSON.stringify(event)}\n`);
      await this.trim();
    });
  }

  /** The oldest events, adopted ones first; undefined when nothing waits. Lines that a kill cut short are skipped. */
  next(limits: { readonly events: number; readonly bytes: number }): Promise<Batch | undefined> {
    return this.inTurn(async () => {
      for (const path of await this.ownFiles()) {
        const batch = takeLines(path, await readFile(path), limits);
        if (batch !== undefined) return batch;
        await rm(path, { force: true });
      }
      return undefined;
    });
  }

  /** Takes a delivered (or finally refused) batch off the disk. */
  remove(batch: Batch): Promise<void> {
    return this.inTurn(async () => {
      const rest = (await readFile(batch.path)).subarray(batch.bytes);
      if (rest.length === 0) await rm(batch.path, { force: true });
      else await replace(batch.path, rest);
    });
  }

  /** Takes over the files of windows that no longer run. */
  adoptOrphans(): Promise<void> {
    return this.inTurn(async () => {
      for (const file of await this.files()) {
        const owner = file.name.split(/[+.]/, 1)[0] ?? '';
        if (owner === this.owner || !(await this.isOrphan(owner, file.path))) continue;
        this.adopted += 1;
        // Another window may have been faster: then there is nothing left to rename.
        await rename(file.path, join(this.options.directory, `${this.owner}+${this.adopted}${SUFFIX}`)).catch(() => undefined);
      }
      await this.limitTotal();
    });
  }

  /** Deletes everything that waits, of ended windows too. */
  async clear(): Promise<void> {
    await this.adoptOrphans();
    await this.inTurn(async () => {
      for (const path of await this.ownFiles()) await rm(path, { force: true });
    });
  }

  private inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.work.then(run, run);
    this.work = result.catch(() => undefined);
    return result;
  }

  private ownPath(): string {
    return join(this.options.directory, `${this.owner}${SUFFIX}`);
  }

  private async files(): Promise<{ name: string; path: string }[]> {
    const names = await readdir(this.options.directory).catch(() => []);
    return names.filter((name) => name.endsWith(SUFFIX)).map((name) => ({ name, path: join(this.options.directory, name) }));
  }

  private async ownFiles(): Promise<string[]> {
    const own = (await this.files()).filter(({ name }) => name.startsWith(this.owner));
    return own.map(({ path }) => path).sort();
  }

  private async isOrphan(owner: string, path: string): Promise<boolean> {
    const pid = Number(owner.split('-')[0]);
    if (!(this.options.isRunning ?? isRunning)(pid)) return true;
    // The process id may belong to somebody else by now.
    const now = (this.options.now ?? Date.now)();
    return now - (await stat(path)).mtimeMs > ADOPT_ANYWAY_MS;
  }

  private async trim(): Promise<void> {
    const path = this.ownPath();
    if ((await stat(path)).size <= FILE_BYTES) return;
    const bytes = await readFile(path);
    await replace(path, bytes.subarray(bytes.indexOf(10, bytes.length >> 1) + 1));
  }

  private async limitTotal(): Promise<void> {
    let total = 0;
    for (const path of (await this.ownFiles()).reverse()) {
      total += (await stat(path)).size;
      if (total > TOTAL_BYTES) await rm(path, { force: true });
    }
  }
}

/** The first lines of a file within the limits, at least one. Undefined when there is no whole line. */
function takeLines(
  path: string,
  bytes: Uint8Array,
  limits: { readonly events: number; readonly bytes: number },
): Batch | undefined {
  const events: QueuedEvent[] = [];
  let end = 0;
  let lines = 0;
  while (lines < limits.events) {
    const newline = bytes.indexOf(10, end);
    if (newline < 0 || (lines > 0 && newline + 1 > limits.bytes)) break;
    const event = parseLine(new TextDecoder().decode(bytes.subarray(end, newline)));
    if (event !== undefined) events.push(event);
    end = newline + 1;
    lines += 1;
  }
  return lines === 0 ? undefined : { path, bytes: end, events };
}

function parseLine(line: string): QueuedEvent | undefined {
  try {
    const parsed = QueuedEventSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

async function replace(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(`${path}.tmp`, bytes);
  await rename(`${path}.tmp`, path);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
