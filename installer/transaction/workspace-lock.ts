import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { InstallError } from '../errors.ts';
import { makeFolders, removeFolderIfEmpty } from '../folders.ts';
import { errnoOf, orMissing } from '../node-errors.ts';
import type { InstallerPorts, ProcessIdentity } from '../ports.ts';
import { decodeJson } from '../text.ts';

export const STATE_FOLDER = '.coditect';
const LOCK = `${STATE_FOLDER}/lock`;
/** Between creating a lock and writing its holder lie microseconds; whoever reads it empty looks again after this. */
const HALF_WRITTEN_MS = 100;

/** Locks of this process, so that a leftover of its own (an unlock that failed) does not look like a running install. */
const held = new Set<string>();

/**
 * One change at a time in a workspace, over all processes. A lock whose process is gone is taken over: it is renamed
 * away first, so of two that notice only one can. @throws InstallError `workspace_busy`
 */
export async function lockWorkspace(ports: InstallerPorts, root: string): Promise<() => Promise<void>> {
  const { fs } = ports;
  const path = join(root, LOCK);
  for (let attempt = 0; attempt < 5; attempt++) {
    await makeFolders(fs, root, STATE_FOLDER);
    await refuseLink(ports, root);
    try {
      await fs.writeFile(path, JSON.stringify(ports.processes.self), { isExclusive: true });
      held.add(path);
      await clearAside(ports, root);
      return () => unlock(ports, root);
    } catch (error) {
      const code = errnoOf(error);
      // the folder can vanish between the two calls when another process unlocks
      if (code === 'ENOENT') continue;
      if (code !== 'EEXIST') throw error;
    }
    await takeOver(ports, path);
  }
  throw new InstallError('workspace_busy', { details: { pid: 'unknown' } });
}

async function takeOver(ports: InstallerPorts, path: string): Promise<void> {
  const { fs } = ports;
  let holder = await readHolder(ports, path);
  if (holder === undefined) {
    await setTimeout(HALF_WRITTEN_MS);
    holder = await readHolder(ports, path);
  }
  const { self } = ports.processes;
  const isOwnLeftover = holder?.pid === self.pid && holder.startedAt === self.startedAt && !held.has(path);
  if (holder !== undefined && !isOwnLeftover && (await ports.processes.isRunning(holder))) {
    throw new InstallError('workspace_busy', { details: { pid: holder.pid } });
  }
  const aside = `${path}.${ports.randomId()}`;
  await orMissing(fs.rename(path, aside));
  const taken = await readHolder(ports, aside);
  // somebody else may have replaced the stale lock between our look and our rename: give it back
  if (taken !== undefined && (taken.pid !== holder?.pid || taken.startedAt !== holder.startedAt)) {
    await orMissing(fs.rename(aside, path));
    throw new InstallError('workspace_busy', { details: { pid: taken.pid } });
  }
  await orMissing(fs.unlink(aside));
}

/** A process that died while it took a stale lock over leaves it under another name. */
async function clearAside(ports: InstallerPorts, root: string): Promise<void> {
  const folder = join(root, STATE_FOLDER);
  for (const name of (await orMissing(ports.fs.readdir(folder))) ?? []) {
    if (name.startsWith('lock.')) await orMissing(ports.fs.unlink(join(folder, name)));
  }
}

async function readHolder(ports: InstallerPorts, path: string): Promise<ProcessIdentity | undefined> {
  const bytes = await orMissing(ports.fs.readFile(path));
  return bytes === undefined ? undefined : parseHolder(bytes);
}

/** A clone can bring `.coditect` as a link; nothing is written through it. */
async function refuseLink(ports: InstallerPorts, root: string): Promise<void> {
  const stat = await orMissing(ports.fs.lstat(join(root, STATE_FOLDER)));
  if (stat !== undefined && stat.kind !== 'directory') {
    throw new InstallError('unsafe_path', { details: { path: STATE_FOLDER, why: 'it is a link or a file' } });
  }
}

/** A lock that was cut short by a crash reads as nobody's. */
function parseHolder(bytes: Uint8Array): ProcessIdentity | undefined {
  try {
    const value = decodeJson(bytes) as Partial<ProcessIdentity>;
    return typeof value.pid === 'number' && typeof value.startedAt === 'string'
      ? { pid: value.pid, startedAt: value.startedAt }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Best effort: what was done is done, and a lock that stays behind is noticed as stale by the next call.
 */
async function unlock(ports: InstallerPorts, root: string): Promise<void> {
  held.delete(join(root, LOCK));
  try {
    await ports.fs.unlink(join(root, LOCK));
    await removeFolderIfEmpty(ports.fs, join(root, STATE_FOLDER));
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}
