import type { InstallResult, RunOptions } from '../engine-types.ts';
import { InstallError } from '../errors.ts';
import type { ConflictChoice, InstallPlan, PlannedFile } from '../install-plan.ts';
import { targetKey } from '../lockfile.ts';
import { buildChange } from '../planning/build-change.ts';
import { commit, type EngineContext, withLock } from './context.ts';
import { planOver } from './plan-install.ts';

/**
 * Carries out a plan. Under the lock everything is decided again over the workspace as it is by then; when that differs from
 * the plan the user saw, nothing is done. @throws InstallError `conflict`, `plan_stale`, and what transactions throw
 */
export async function applyInstall(context: EngineContext, plan: InstallPlan, options: RunOptions): Promise<InstallResult> {
  const startedAt = context.ports.now();
  refuseConflicts(plan);
  if (options.signal?.aborted) throw new InstallError('cancelled');
  const source = await context.source.loadLocked(plan, { signal: options.signal });
  options.onProgress?.({ step: 'plan' });
  await withLock(context, async () => {
    const again = await planOver(context, {
      source,
      hosts: { hosts: plan.hosts.map((each) => each.host), areDefault: false },
      options: plan.options,
      onConflict: choicesOf(plan.files),
      countsEarlierConsent: true,
    });
    if (again.plan.lockfileSha256 !== plan.lockfileSha256 || digest(again.plan.files) !== digest(plan.files)) {
      throw new InstallError('plan_stale');
    }
    if (again.plan.isNoop) return;
    const { decisions, next, snapshot } = again;
    const prepared = await buildChange(context.reader, snapshot, { agent: plan.agent, decisions, next });
    await commit(context, prepared, {
      signal: options.signal,
      onProgress: (step, done, total) => options.onProgress?.({ step, done, total }),
    });
  });
  options.onProgress?.({ step: 'done' });
  return {
    kind: plan.isNoop ? 'unchanged' : plan.fromVersion === undefined ? 'installed' : 'updated',
    agent: plan.agent,
    version: plan.version,
    ...(plan.fromVersion === undefined ? {} : { fromVersion: plan.fromVersion }),
    hosts: plan.hosts.map((each) => each.host),
    files: plan.files,
    durationMs: context.ports.now() - startedAt,
    nextSteps: plan.hosts.map((each) => ({ host: each.host, text: each.nextStep })),
  };
}

function refuseConflicts(plan: InstallPlan): void {
  const inTheWay = plan.files.filter((file) => file.action === 'conflict');
  const first = inTheWay[0];
  if (first === undefined) return;
  throw new InstallError('conflict', {
    details: { count: inTheWay.length, path: first.path, paths: inTheWay.map((file) => file.path) },
  });
}

/** The choices a plan was made with, read off its files. */
function choicesOf(files: readonly PlannedFile[]): Record<string, ConflictChoice> {
  const settled = files.filter((file) => file.conflict !== undefined && (file.action === 'kept' || file.action === 'update'));
  return Object.fromEntries(settled.map((file) => [targetKey(file), file.action === 'kept' ? 'keep' : 'replace']));
}

function digest(files: readonly PlannedFile[]): string {
  return JSON.stringify(files.map(({ path, pointer, action, sha256, hosts }) => [path, pointer, action, sha256, hosts]));
}
