import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { StoredBlob } from '../../features/publishing/package-store.ts';

/** A plain file to send; undefined when there is none. */
export async function openFile(path: string): Promise<StoredBlob | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? { sizeBytes: found.size, stream: () => createReadStream(path) } : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
