import { join } from 'node:path';
import { sha256 } from '../digest.ts';
import { InstallError } from '../errors.ts';
import { EMPTY_LOCKFILE, LOCKFILE, type Lockfile, parseLockfile } from '../lockfile.ts';
import type { MergeBases } from '../merge/merge-bases.ts';
import { orMissing } from '../node-errors.ts';
import { MERGE_TARGETS } from '../paths.ts';
import type { FileSystem } from '../ports.ts';
import { decodeText } from '../text.ts';

export interface DiskFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly mode: number;
}

/** What a plan is made over: read once, then everything is computed. */
export interface Snapshot {
  readonly lockfile: Lockfile;
  readonly lockfileOnDisk: DiskFile | undefined;
  /** Hash of the lockfile's bytes; empty text when there is none. */
  readonly lockfileSha256: string;
  readonly files: ReadonlyMap<string, DiskFile | undefined>;
  /** For shared JSON files: the text before our entries, where we know it. */
  readonly bases: ReadonlyMap<string, { readonly text: string | undefined } | undefined>;
}

export interface WorkspaceReader {
  readonly fs: FileSystem;
  readonly root: string;
  readonly bases: MergeBases;
}

/** @throws InstallError `lockfile_invalid`, `lockfile_too_new` */
export async function readLockfile(
  reader: WorkspaceReader,
): Promise<Pick<Snapshot, 'lockfile' | 'lockfileOnDisk' | 'lockfileSha256'>> {
  const stat = await orMissing(reader.fs.lstat(join(reader.root, LOCKFILE)));
  // a rename would replace the link by a file
  if (stat !== undefined && stat.kind !== 'file') {
    throw new InstallError('unsafe_path', { details: { path: LOCKFILE, why: 'it is a link or a folder' } });
  }
  const lockfileOnDisk = await readDisk(reader, LOCKFILE);
  if (lockfileOnDisk === undefined) return { lockfile: EMPTY_LOCKFILE, lockfileOnDisk, lockfileSha256: '' };
  const lockfile = parseLockfile(decodeText(lockfileOnDisk.bytes));
  return { lockfile, lockfileOnDisk, lockfileSha256: lockfileOnDisk.sha256 };
}

export async function takeSnapshot(
  reader: WorkspaceReader,
  locked: Pick<Snapshot, 'lockfile' | 'lockfileOnDisk' | 'lockfileSha256'>,
  paths: Iterable<string>,
): Promise<Snapshot> {
  const files = new Map<string, DiskFile | undefined>();
  const bases = new Map<string, { readonly text: string | undefined } | undefined>();
  for (const path of new Set(paths)) {
    const file = await readDisk(reader, path);
    files.set(path, file);
    if (file !== undefined && MERGE_TARGETS.has(path)) bases.set(path, await reader.bases.find(path, decode(file.bytes)));
  }
  return { ...locked, files, bases };
}

export async function readDisk(reader: WorkspaceReader, path: string): Promise<DiskFile | undefined> {
  const target = join(reader.root, path);
  const stat = await orMissing(reader.fs.lstat(target));
  if (stat?.kind !== 'file') return undefined;
  const bytes = await orMissing(reader.fs.readFile(target));
  return bytes === undefined ? undefined : { bytes, sha256: sha256(bytes), mode: stat.mode };
}

/** Text with its byte order mark; broken UTF-8 shows as replacement characters and then never matches what we wrote. */
export function decode(bytes: Uint8Array): string {
  return decodeText(bytes);
}
