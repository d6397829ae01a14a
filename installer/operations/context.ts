import { InstallError } from '../errors.ts';
import type { LockedAgent } from '../lockfile.ts';
import type { MergeBases } from '../merge/merge-bases.ts';
import { errnoOf } from '../node-errors.ts';
import type { PackageSource } from '../package-source.ts';
import type { PreparedChange } from '../planning/build-change.ts';
import type { Snapshot, WorkspaceReader } from '../planning/snapshot.ts';
import type { InstallerPorts } from '../ports.ts';
import { recoverLocked } from '../transaction/recover.ts';
import { applyChange, type ChangeOptions } from '../transaction/transaction.ts';
import { lockWorkspace } from '../transaction/workspace-lock.ts';

/** What the engine's operations work with. */
export interface EngineContext {
  readonly ports: InstallerPorts;
  readonly root: string;
  readonly reader: WorkspaceReader;
  readonly source: PackageSource;
}

/** Runs under the workspace lock, after undoing what a dead process left. */
export async function withLock<T>(context: EngineContext, work: () => Promise<T>): Promise<T> {
  const unlock = await lockWorkspace(context.ports, context.root);
  try {
    await recoverLocked(context.ports.fs, context.root);
    return await work();
  } finally {
    await unlock();
  }
}

/** Remembers the foreign text of shared files, applies the change, forgets what is no longer needed. The caller holds the lock. */
export async function commit(context: EngineContext, prepared: PreparedChange, options: ChangeOptions): Promise<void> {
  const { bases } = context.reader;
  for (const { path, rendered, base } of prepared.bases) {
    if (rendered !== undefined && rendered !== base) await bases.remember(path, rendered, base);
  }
  await applyChange(context.ports.fs, context.root, prepared.change, options);
  for (const { path, rendered } of prepared.bases) await forget(bases, path, rendered);
}

/** Best effort: the change is final, and what is remembered too long is never used. */
async function forget(bases: MergeBases, path: string, rendered: string | undefined): Promise<void> {
  try {
    await bases.forgetOthers(path, rendered);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}

export function installedOf(snapshot: Pick<Snapshot, 'lockfile'>, agent: string): LockedAgent {
  const installed = Object.hasOwn(snapshot.lockfile.agents, agent) ? snapshot.lockfile.agents[agent] : undefined;
  if (installed === undefined) throw new InstallError('not_installed', { details: { agent } });
  return installed;
}
