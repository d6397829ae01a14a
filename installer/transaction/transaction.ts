import { join } from 'node:path';
import { sha256 } from '../digest.ts';
import { InstallError } from '../errors.ts';
import { foldersOf, makeFolders } from '../folders.ts';
import { LOCKFILE } from '../lockfile.ts';
import { asInstallError, orMissing } from '../node-errors.ts';
import { checkTargets } from '../paths.ts';
import type { FileSystem } from '../ports.ts';
import {
  closeJournal,
  deleteTxnFolder,
  type Journal,
  type JournalStep,
  newName,
  oldName,
  openJournal,
  TXN_FOLDER,
  txnPath,
} from './journal.ts';
import { finishChange, undoChange } from './recover.ts';

/** One file before and after. `before` and `after` undefined: it was not, or will not be, there. */
export interface FileChange {
  readonly path: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
  readonly beforeMode: number;
  readonly afterMode: number;
}

export interface Change {
  readonly agents: readonly string[];
  /** In order; the lockfile belongs at the end. */
  readonly files: readonly FileChange[];
  /** Folders to remove when they are empty afterwards, innermost first. */
  readonly emptiedFolders: readonly string[];
}

export interface ChangeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (step: 'stage' | 'swap' | 'record', done: number, total: number) => void;
}

/**
 * Applies the change wholly or not at all; the caller holds the workspace lock. New bytes are staged and old bytes saved
 * beside a journal, then each file is put in place by a rename, then the journal is closed by a rename. A process that
 * dies in between leaves the journal, and the next call undoes (`recover.ts`). Failures undo at once.
 * @throws InstallError `disk_full`, `not_writable`, `io_failed`, `unsafe_path`, `cancelled`; `undo_failed` when even the undo failed.
 */
export async function applyChange(fs: FileSystem, root: string, change: Change, options: ChangeOptions = {}): Promise<void> {
  await checkTargets(
    fs,
    root,
    change.files.map((file) => file.path).filter((path) => path !== LOCKFILE),
  );
  let journal: Journal;
  try {
    journal = await stage(fs, root, change, options);
  } catch (error) {
    await orLeave(deleteTxnFolder(fs, root));
    throw asInstallError(error);
  }
  try {
    await swap(fs, root, change, options);
    await closeJournal(fs, root);
  } catch (error) {
    await undo(fs, root, journal, error);
    throw asInstallError(error);
  }
  await orLeave(finishChange(fs, root, journal));
}

/** What stays behind is cleaned by the next call; the outcome of the change is already decided. */
async function orLeave(cleaning: Promise<void>): Promise<void> {
  try {
    await cleaning;
  } catch (error) {
    if (!(asInstallError(error) instanceof InstallError)) throw error;
  }
}

async function undo(fs: FileSystem, root: string, journal: Journal, reason: unknown): Promise<void> {
  try {
    await undoChange(fs, root, journal);
  } catch (cause) {
    const why = reason instanceof Error ? reason.message : String(reason);
    if (!(asInstallError(cause) instanceof InstallError)) throw cause;
    throw new InstallError('undo_failed', { details: { why }, cause });
  }
}

async function stage(fs: FileSystem, root: string, change: Change, options: ChangeOptions): Promise<Journal> {
  await makeFolders(fs, root, TXN_FOLDER);
  const steps: JournalStep[] = [];
  for (const [index, file] of change.files.entries()) {
    cancelIf(options.signal);
    options.onProgress?.('stage', index, change.files.length);
    const { before, after } = file;
    // old bytes must outlive a power cut; new ones come again with the next try
    if (before !== undefined)
      await fs.writeFile(txnPath(root, oldName(index)), before, { mode: file.beforeMode, isDurable: true });
    if (after !== undefined) await fs.writeFile(txnPath(root, newName(index)), after, { mode: file.afterMode });
    steps.push({ path: file.path, beforeSha256: hashOrNull(before), afterSha256: hashOrNull(after) });
  }
  cancelIf(options.signal);
  const newFolders = await missingFolders(fs, root, change);
  const journal: Journal = { version: 1, agents: change.agents, steps, newFolders, emptiedFolders: change.emptiedFolders };
  await openJournal(fs, root, journal);
  return journal;
}

function hashOrNull(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : sha256(bytes);
}

async function missingFolders(fs: FileSystem, root: string, change: Change): Promise<string[]> {
  const wanted = new Set(change.files.filter((file) => file.after !== undefined).flatMap((file) => foldersOf(file.path)));
  const missing: string[] = [];
  for (const folder of wanted) {
    if (folder !== '.coditect' && (await orMissing(fs.lstat(join(root, folder)))) === undefined) missing.push(folder);
  }
  return missing;
}

async function swap(fs: FileSystem, root: string, change: Change, options: ChangeOptions): Promise<void> {
  const made = new Set<string>();
  for (const [index, file] of change.files.entries()) {
    options.onProgress?.(file.path === LOCKFILE ? 'record' : 'swap', index, change.files.length);
    if (file.after === undefined) {
      await orMissing(fs.unlink(join(root, file.path)));
      continue;
    }
    const folder = foldersOf(file.path).at(-1);
    if (folder !== undefined && !made.has(folder)) {
      await makeFolders(fs, root, folder);
      made.add(folder);
    }
    await fs.rename(txnPath(root, newName(index)), join(root, file.path));
  }
}

function cancelIf(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new InstallError('cancelled', { cause: signal.reason });
}
