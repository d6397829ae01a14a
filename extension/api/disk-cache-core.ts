import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';

const EntrySchema = z.object({ key: z.string(), savedAt: z.string(), value: z.unknown() });

export interface CacheEntry {
  readonly value: unknown;
  /** ISO 8601, UTC. */
  readonly savedAt: string;
}

/**
 * Last answers of the service on disk, for the days it is out of reach. One small file for each key and address.
 * A damaged file counts as absent; a failed write is no failure of the caller, since the answer is at hand.
 */
export class DiskCache {
  constructor(
    private readonly directory: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async read(key: string): Promise<CacheEntry | undefined> {
    try {
      const entry = EntrySchema.parse(JSON.parse(await readFile(this.pathOf(key), 'utf8')));
      return entry.key === key ? { value: entry.value, savedAt: entry.savedAt } : undefined;
    } catch {
      return undefined;
    }
  }

  /** Resolves to whether it was kept. */
  async write(key: string, value: unknown): Promise<boolean> {
    const path = this.pathOf(key);
    const temporary = `${path}.${randomBytes(4).toString('hex')}`;
    try {
      await mkdir(this.directory, { recursive: true });
      // Rename, so that a window that reads at this moment never sees half a file.
      await writeFile(temporary, JSON.stringify({ key, savedAt: this.now().toISOString(), value }));
      await rename(temporary, path);
      return true;
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
      return false;
    }
  }

  private pathOf(key: string): string {
    return join(this.directory, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
  }
}
