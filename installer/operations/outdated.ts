import type { AgentName } from '../../contract/names.ts';
import type { OutdatedAgent } from '../engine-types.ts';
import type { LockedAgent } from '../lockfile.ts';
import { readLockfile } from '../planning/snapshot.ts';
import { resolveVersion } from '../registry/resolve-version.ts';
import type { EngineContext } from './context.ts';

const PARALLEL = 6;

/** Installed agents whose `latest` is newer than what is installed, or whose installed version is deprecated. */
export async function findOutdated(
  context: EngineContext,
  options: { readonly isOffline?: boolean; readonly signal?: AbortSignal },
): Promise<OutdatedAgent[]> {
  const { lockfile } = await readLockfile(context.reader);
  const { default: isNewer } = await import('semver/functions/gt.js');
  const waiting = Object.entries(lockfile.agents).sort(([a], [b]) => (a < b ? -1 : 1));
  const found: OutdatedAgent[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const outdated = await check(context, next, { ...options, isNewer });
      if (outdated !== undefined) found.push(outdated);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return found.sort((a, b) => (a.agent < b.agent ? -1 : 1));
}

async function check(
  context: EngineContext,
  [agent, locked]: readonly [string, LockedAgent],
  options: { readonly isOffline?: boolean; readonly signal?: AbortSignal; isNewer(a: string, b: string): boolean },
): Promise<OutdatedAgent | undefined> {
  const packument = await context.source.packument(agent, options);
  const latest = await resolveVersion(packument, 'latest');
  const deprecation = packument.versions[locked.version]?.deprecated || undefined;
  if (!options.isNewer(latest.version, locked.version) && deprecation === undefined) return undefined;
  return {
    agent: agent as AgentName,
    version: locked.version,
    latest: latest.version,
    ...(deprecation === undefined ? {} : { deprecation }),
  };
}
