import { join } from 'node:path';
import { sha256 } from '../digest.ts';
import type { RecoverResult } from '../engine-types.ts';
import { InstallError } from '../errors.ts';
import { foldersOf, makeFolders, removeFolderIfEmpty } from '../folders.ts';
import { LOCKFILE } from '../lockfile.ts';
import { asInstallError, orMissing } from '../node-errors.ts';
import { checkTargets } from '../paths.ts';
import type { FileSystem, InstallerPorts } from '../ports.ts';
import { deleteTxnFolder, type Journal, type JournalStep, oldName, readJournal, txnPath } from './journal.ts';
import { lockWorkspace } from './workspace-lock.ts';

/**
 * Brings a workspace whose last change was interrupted back to the state before it, or clears away what a finished change
 * left. May itself be killed and repeated. Takes the workspace lock only when there is something to do.
 * @throws InstallError `workspace_busy` when the change is still running, `undo_failed`
 */
export async function recoverWorkspace(ports: InstallerPorts, root: string): Promise<RecoverResult> {
  if ((await readJournal(ports.fs, root)).kind === 'none') return { kind: 'nothing' };
  const unlock = await lockWorkspace(ports, root);
  try {
    return await recoverLocked(ports.fs, root);
  } catch (error) {
    throw asInstallError(error);
  } finally {
    await unlock();
  }
}

/** The same for a caller who holds the lock. */
export async function recoverLocked(fs: FileSystem, root: string): Promise<RecoverResult> {
  const state = await readJournal(fs, root);
  if (state.kind === 'none') return { kind: 'nothing' };
  let keptEdits: string[] = [];
  if (state.kind === 'staging') {
    await deleteTxnFolder(fs, root);
    return { kind: 'nothing' };
  }
  if (state.kind === 'open') keptEdits = await undoChange(fs, root, state.journal);
  else await finishChange(fs, root, state.journal);
  return { kind: state.kind === 'open' ? 'undone' : 'finished', agents: state.journal.agents, keptEdits };
}

/**
 * Puts every file of an open journal back. A file that is neither as before nor as the change left it was edited by somebody
 * since: it stays, and its path is returned. Each step checks first, so a second run goes on where the first was stopped.
 */
export async function undoChange(fs: FileSystem, root: string, journal: Journal): Promise<string[]> {
  await checkTargets(
    fs,
    root,
    journal.steps.map((step) => step.path).filter((path) => path !== LOCKFILE),
  );
  const keptEdits: string[] = [];
  for (const [index, step] of [...journal.steps.entries()].reverse()) {
    if ((await undoStep(fs, root, step, index)) === 'edited') keptEdits.push(step.path);
  }
  for (const folder of [...journal.newFolders].reverse()) await removeFolderIfEmpty(fs, join(root, folder));
  // the journal first: from here on there is nothing left to undo
  await orMissing(fs.unlink(txnPath(root, 'journal.json')));
  await deleteTxnFolder(fs, root);
  return keptEdits;
}

async function undoStep(fs: FileSystem, root: string, step: JournalStep, index: number): Promise<'as before' | 'edited'> {
  const target = join(root, step.path);
  const present = await orMissing(fs.readFile(target));
  const presentSha = present === undefined ? null : sha256(present);
  if (presentSha === step.beforeSha256) return 'as before';
  if (presentSha !== step.afterSha256) return 'edited';
  if (step.beforeSha256 === null) {
    await orMissing(fs.unlink(target));
    return 'as before';
  }
  const old = txnPath(root, oldName(index));
  const saved = await orMissing(fs.readFile(old));
  if (saved === undefined || sha256(saved) !== step.beforeSha256) {
    throw new InstallError('undo_failed', { details: { why: `the saved bytes of ${step.path} are damaged` } });
  }
  await makeFolders(fs, root, foldersOf(step.path).at(-1) ?? '');
  await fs.rename(old, target);
  return 'as before';
}

/** Clears away what a finished change left: folders it emptied, and its own folder. */
export async function finishChange(fs: FileSystem, root: string, journal: Journal): Promise<void> {
  for (const folder of journal.emptiedFolders) await removeFolderIfEmpty(fs, join(root, folder));
  await deleteTxnFolder(fs, root);
}
