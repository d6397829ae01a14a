import { InstallError } from '../errors.ts';
import type { ConflictChoice, InstallPlan, PlanRequest } from '../install-plan.ts';
import { LOCKFILE, type LockedAgent, type LockedFile, targetKey } from '../lockfile.ts';
import type { VerifiedPackage } from '../package-source.ts';
import { checkTargets } from '../paths.ts';
import { type HostChoice, makePlan, type PlannedInstall, translate } from '../planning/make-plan.ts';
import { readLockfile, takeSnapshot } from '../planning/snapshot.ts';
import type { EngineContext } from './context.ts';

/** Resolves, downloads, verifies and plans. Nothing in the workspace is written. */
export async function planInstall(context: EngineContext, request: PlanRequest): Promise<InstallPlan> {
  const source = await context.source.load(request.agent, request.version ?? 'latest', request);
  const { plan } = await planOver(context, {
    source,
    hosts: { hosts: request.hosts, areDefault: request.areHostsDefault ?? false },
    options: { withoutHooks: request.withoutHooks ?? false, acceptLosses: request.acceptLosses ?? [] },
    onConflict: request.onConflict,
    countsEarlierConsent: true,
  });
  return plan;
}

export interface PlanOver {
  readonly source: VerifiedPackage;
  readonly hosts: HostChoice;
  readonly options: InstallPlan['options'];
  readonly onConflict: PlanRequest['onConflict'];
  readonly countsEarlierConsent: boolean;
}

/** The plan for a package over the workspace as it is now, with what `apply` needs beside it. */
export async function planOver(context: EngineContext, input: PlanOver) {
  const translation = translate(input.source, input.hosts, input.options);
  const locked = await readLockfile(context.reader);
  const installed = locked.lockfile.agents[input.source.pkg.manifest.name];
  const paths = [...translation.targets.map((each) => each.target.path), ...(installed?.files ?? []).map((file) => file.path)];
  await checkTargets(context.ports.fs, context.root, [...new Set(paths)]);
  const snapshot = await takeSnapshot(context.reader, locked, paths);
  const planned: PlannedInstall = makePlan({
    source: input.source,
    translation,
    snapshot,
    choose: chooser(input.onConflict, installed),
    countsEarlierConsent: input.countsEarlierConsent,
  });
  return { ...planned, snapshot };
}

/** The caller's choice; without one, what was kept before stays kept. */
function chooser(onConflict: PlanRequest['onConflict'], installed: LockedAgent | undefined) {
  return (key: string): ConflictChoice | undefined => {
    const path = key.split('#')[0] ?? key;
    const given = typeof onConflict === 'string' ? onConflict : (onConflict?.[key] ?? onConflict?.[path]);
    return given ?? (installed?.kept?.includes(key) ? 'keep' : undefined);
  };
}

/**
 * Plans for everything in the lockfile, as a clone needs it: the recorded tarballs by their integrity, the recorded hosts and
 * options. @throws InstallError `restore_mismatch` when this version of ours would write other bytes than recorded
 */
export async function planRestore(
  context: EngineContext,
  request: Pick<PlanRequest, 'isOffline' | 'onConflict' | 'trustNewKeys' | 'signal'>,
): Promise<InstallPlan[]> {
  const { lockfile } = await readLockfile(context.reader);
  const plans: InstallPlan[] = [];
  for (const [agent, locked] of Object.entries(lockfile.agents).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const source = await context.source.loadLocked({ agent, ...locked }, request);
    const { plan, next } = await planOver(context, {
      source,
      hosts: { hosts: locked.hosts, areDefault: false },
      options: { withoutHooks: locked.withoutHooks ?? false, acceptLosses: locked.acceptLosses ?? [] },
      onConflict: request.onConflict,
      countsEarlierConsent: false,
    });
    refuseMismatch(agent, locked, { plan, files: next.files });
    plans.push(plan);
  }
  return plans;
}

function refuseMismatch(
  agent: string,
  locked: LockedAgent,
  given: { readonly plan: InstallPlan; readonly files: readonly LockedFile[] },
): void {
  const recorded = new Map(locked.files.map((file) => [`${targetKey(file)} ${file.sha256}`, file]));
  const wrong = given.plan.files.find((file) => {
    const isOurs = file.action !== 'kept' || file.conflict?.reason === 'edited';
    return isOurs && !recorded.has(`${targetKey(file)} ${file.sha256}`) && !locked.kept?.includes(targetKey(file));
  });
  const gone = given.plan.files.find((file) => file.action === 'remove');
  const path = (wrong ?? gone)?.path;
  if (path !== undefined) {
    throw new InstallError('restore_mismatch', { details: { agent, version: locked.version, lockfile: LOCKFILE, path } });
  }
}
