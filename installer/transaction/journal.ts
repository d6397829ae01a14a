import { join } from 'node:path';
import { InstallError } from '../errors.ts';
import { LOCKFILE } from '../lockfile.ts';
import { errnoOf, orMissing } from '../node-errors.ts';
import { isSafeRelativePath, isTargetFolder } from '../paths.ts';
import type { FileSystem } from '../ports.ts';
import { decodeJson } from '../text.ts';
import { STATE_FOLDER } from './workspace-lock.ts';

export const TXN_FOLDER = `${STATE_FOLDER}/txn`;
/** While this file exists the change is not committed and will be undone. */
const OPEN = 'journal.json';
/** The open journal renamed: the one instant at which the change becomes final. */
const CLOSED = 'done.json';

export interface JournalStep {
  readonly path: string;
  /** Hash of the bytes before, which lie in `old-<index>`; null: there was no file. */
  readonly beforeSha256: string | null;
  /** Null: the file is removed. */
  readonly afterSha256: string | null;
}
export interface Journal {
  readonly version: 1;
  readonly agents: readonly string[];
  readonly steps: readonly JournalStep[];
  /** Folders that were missing when the change began, outermost first. */
  readonly newFolders: readonly string[];
  /** Folders of ours that the change empties, innermost first; removed once it is final. */
  readonly emptiedFolders: readonly string[];
}

/** A copy of the bytes before, ready to be renamed back: undoing needs no space on a full disk. */
export function oldName(index: number): string {
  return `old-${index}`;
}
/** The bytes to come, ready to be renamed into place. */
export function newName(index: number): string {
  return `new-${index}`;
}

export function txnPath(root: string, name: string): string {
  return join(root, TXN_FOLDER, name);
}

/** Writes the journal so that it outlives a power cut. Only after this may the workspace change. */
export async function openJournal(fs: FileSystem, root: string, journal: Journal): Promise<void> {
  await fs.writeFile(txnPath(root, `${OPEN}.new`), JSON.stringify(journal), { isDurable: true });
  await fs.rename(txnPath(root, `${OPEN}.new`), txnPath(root, OPEN));
  await fs.syncDirectory(join(root, TXN_FOLDER));
}

/** Makes the change final. */
export async function closeJournal(fs: FileSystem, root: string): Promise<void> {
  await fs.rename(txnPath(root, OPEN), txnPath(root, CLOSED));
}

export type JournalState =
  | { readonly kind: 'none' }
  | { readonly kind: 'open' | 'closed'; readonly journal: Journal }
  /** A change that stopped before it touched anything. */
  | { readonly kind: 'staging' };

export async function readJournal(fs: FileSystem, root: string): Promise<JournalState> {
  const names = await orMissing(fs.readdir(join(root, TXN_FOLDER)));
  if (names === undefined) return { kind: 'none' };
  const name = names.includes(OPEN) ? OPEN : names.includes(CLOSED) ? CLOSED : undefined;
  if (name === undefined) return { kind: 'staging' };
  const bytes = await orMissing(fs.readFile(txnPath(root, name)));
  if (bytes === undefined) return { kind: 'none' };
  return { kind: name === OPEN ? 'open' : 'closed', journal: parseJournal(bytes) };
}

/** The journal last, so that an interrupted clean-up is still known for what it is. */
export async function deleteTxnFolder(fs: FileSystem, root: string): Promise<void> {
  const folder = join(root, TXN_FOLDER);
  const names = (await orMissing(fs.readdir(folder))) ?? [];
  const rank = (name: string) => (name === OPEN || name === CLOSED ? 1 : 0);
  for (const name of [...names].sort((a, b) => rank(a) - rank(b))) await orMissing(fs.unlink(join(folder, name)));
  try {
    await orMissing(fs.rmdir(folder));
  } catch (error) {
    if (errnoOf(error) !== 'ENOTEMPTY') throw error;
  }
}

/** A clone can bring a journal along, so it is held to the same paths as everything else. */
function parseJournal(bytes: Uint8Array): Journal {
  let value: Journal;
  try {
    value = decodeJson(bytes) as Journal;
  } catch (cause) {
    throw new InstallError('undo_failed', { details: { why: 'its journal is damaged' }, cause });
  }
  const isValid =
    value?.version === 1 &&
    Array.isArray(value.agents) &&
    Array.isArray(value.steps) &&
    value.steps.every((step) => typeof step?.path === 'string' && (step.path === LOCKFILE || isSafeRelativePath(step.path))) &&
    isFolderList(value.newFolders) &&
    isFolderList(value.emptiedFolders);
  if (!isValid) throw new InstallError('undo_failed', { details: { why: 'its journal is damaged' } });
  return value;
}

function isFolderList(value: unknown): boolean {
  return Array.isArray(value) && value.every((folder) => typeof folder === 'string' && isTargetFolder(folder));
}
