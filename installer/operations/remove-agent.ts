import type { HostId } from '../../contract/hosts.ts';
import type { AgentName } from '../../contract/names.ts';
import type { LeftFile, RemoveResult, RunOptions } from '../engine-types.ts';
import type { LockedAgent } from '../lockfile.ts';
import { checkTargets } from '../paths.ts';
import { buildChange } from '../planning/build-change.ts';
import { decide } from '../planning/decide.ts';
import type { Decision } from '../planning/decision.ts';
import { readLockfile, takeSnapshot } from '../planning/snapshot.ts';
import { applyInstall } from './apply-install.ts';
import { commit, type EngineContext, installedOf, withLock } from './context.ts';
import { planOver } from './plan-install.ts';

/**
 * Removes an agent, or takes it from some hosts. Only what is still as we wrote it goes; edited files stay and are named.
 * @throws InstallError `not_installed`
 */
export async function removeAgent(
  context: EngineContext,
  agent: string,
  options: RunOptions & { readonly hosts?: readonly HostId[] },
): Promise<RemoveResult> {
  const installed = installedOf(await readLockfile(context.reader), agent);
  const remaining = options.hosts === undefined ? [] : installed.hosts.filter((host) => !options.hosts?.includes(host));
  if (remaining.length === 0) return removeAll(context, agent, options);
  return removeHosts(context, { agent, installed, remaining }, options);
}

function removeAll(context: EngineContext, agent: string, options: RunOptions): Promise<RemoveResult> {
  return withLock(context, async () => {
    const locked = await readLockfile(context.reader);
    const installed = installedOf(locked, agent);
    const paths = installed.files.map((file) => file.path);
    await checkTargets(context.ports.fs, context.root, [...new Set(paths)]);
    const snapshot = await takeSnapshot(context.reader, locked, paths);
    const decisions = decide({ agent, targets: [], snapshot, choose: () => undefined });
    const prepared = await buildChange(context.reader, snapshot, { agent, decisions, next: undefined });
    await commit(context, prepared, {
      signal: options.signal,
      onProgress: (step, done, total) => options.onProgress?.({ step, done, total }),
    });
    options.onProgress?.({ step: 'done' });
    return result(agent, installed, decisions, installed.hosts);
  });
}

/** Hosts share files, so taking one away is an install of the same version for the others. */
async function removeHosts(
  context: EngineContext,
  given: { readonly agent: string; readonly installed: LockedAgent; readonly remaining: readonly HostId[] },
  options: RunOptions,
): Promise<RemoveResult> {
  const { agent, installed, remaining } = given;
  const source = await context.source.loadLocked({ agent, ...installed }, { signal: options.signal });
  const { plan, decisions } = await planOver(context, {
    source,
    hosts: { hosts: remaining, areDefault: false },
    options: { withoutHooks: installed.withoutHooks ?? false, acceptLosses: installed.acceptLosses ?? [] },
    onConflict: undefined,
    countsEarlierConsent: true,
  });
  await applyInstall(context, plan, options);
  return result(
    agent,
    installed,
    decisions,
    installed.hosts.filter((host) => !remaining.includes(host)),
  );
}

function result(agent: string, installed: LockedAgent, decisions: readonly Decision[], hosts: readonly HostId[]): RemoveResult {
  const gone = decisions.filter((decision) => decision.merged === undefined);
  return {
    agent: agent as AgentName,
    version: installed.version,
    hosts,
    removed: [...new Set(gone.filter(({ planned }) => planned.action === 'remove').map(({ planned }) => planned.path))],
    left: gone.filter(({ planned }) => planned.action === 'kept').map(leftFile),
  };
}

function leftFile({ planned, isPreexisting }: Decision): LeftFile {
  const why = planned.conflict?.reason === 'invalid_json' ? 'unreadable' : isPreexisting ? 'preexisting' : 'edited';
  return { path: planned.path, ...(planned.pointer === undefined ? {} : { pointer: planned.pointer }), why };
}
