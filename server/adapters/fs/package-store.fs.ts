import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError, isStorageFull } from '../../domain/errors.ts';
import type { PackageStore } from '../../features/publishing/package-store.ts';

const KEY = /^[0-9a-f]{128}$/;

/** The few calls that write; tests put a full disk behind them. */
export interface BlobWriter {
  /** Writes a new file whole and makes it durable. */
  writeDurably(path: string, bytes: Uint8Array): Promise<void>;
}

const diskWriter: BlobWriter = {
  async writeDurably(path, bytes) {
    const handle = await open(path, 'wx', 0o644);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';
}

/**
 * Blobs in `<root>/sha512/ab/<rest>`. A put writes `<root>/tmp/…`, syncs and links it into place: a crash leaves at most a
 * temporary file, which the next start removes; two writers of the same bytes agree.
 */
export function createFsPackageStore(root: string, writer: BlobWriter = diskWriter): PackageStore {
  const temporary = join(root, 'tmp');

  function pathOf(key: string): string {
    if (!KEY.test(key)) throw new TypeError('not a hex SHA-512');
    return join(root, 'sha512', key.slice(0, 2), key.slice(2));
  }

  async function sizeOf(key: string): Promise<number | undefined> {
    try {
      return (await stat(pathOf(key))).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async function writeNew(key: string, bytes: Uint8Array): Promise<void> {
    const path = pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    await mkdir(temporary, { recursive: true });
    const draft = join(temporary, `${key.slice(0, 16)}-${randomBytes(6).toString('hex')}`);
    try {
      await writer.writeDurably(draft, bytes);
      await link(draft, path);
      await syncFolder(dirname(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      await rm(draft, { force: true });
    }
  }

  return {
    async put(key, bytes) {
      if ((await sizeOf(key)) === bytes.length) return;
      try {
        await writeNew(key, bytes);
      } catch (cause) {
        throw isStorageFull(cause) ? new DomainError('storage_full', { cause }) : cause;
      }
    },
    async get(key) {
      const sizeBytes = await sizeOf(key);
      return sizeBytes === undefined ? undefined : { sizeBytes, stream: () => createReadStream(pathOf(key)) };
    },
    has: async (key) => (await sizeOf(key)) !== undefined,
    /** Temporary files of a crash. Those of a service that runs beside this one are younger than a minute. */
    async removeLeftovers() {
      const names = await readdir(temporary).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      for (const name of names) {
        const path = join(temporary, name);
        const age = await stat(path).then(
          (found) => Date.now() - found.mtimeMs,
          () => 0,
        );
        if (age > 60_000) await rm(path, { force: true });
      }
    },
  };
}

/** Without this a power cut can forget the name of a file whose bytes are safe. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Windows cannot sync a folder.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  } finally {
    await handle.close();
  }
}
