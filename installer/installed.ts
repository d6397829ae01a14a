import type { AgentName } from '../contract/names.ts';
import type { FileDrift, InstalledAgent, VerifyResult } from './engine-types.ts';
import type { LockedAgent, LockedFile, Lockfile } from './lockfile.ts';
import { entryState, MergeProblem, parseText } from './merge/json-text.ts';
import { type DiskFile, decode } from './planning/snapshot.ts';

/** The lockfile as the engine answers it, sorted by name. */
export function listInstalled(lockfile: Lockfile): InstalledAgent[] {
  return Object.entries(lockfile.agents)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, agent]) => ({
      agent: name as AgentName,
      version: agent.version,
      integrity: agent.integrity,
      hosts: agent.hosts,
      options: { withoutHooks: agent.withoutHooks ?? false, acceptLosses: agent.acceptLosses ?? [] },
      files: agent.files.map(({ path, kind, pointer, sha256, hosts }) => ({
        path,
        kind,
        ...(pointer === undefined ? {} : { pointer }),
        sha256,
        hosts,
      })),
    }));
}

/** Compares what was written with what is there now. */
export function verifyAgent(name: string, agent: LockedAgent, disk: ReadonlyMap<string, DiskFile | undefined>): VerifyResult {
  const files = agent.files.map((file): FileDrift => {
    const state = driftOf(file, disk.get(file.path));
    return { path: file.path, ...(file.pointer === undefined ? {} : { pointer: file.pointer }), state };
  });
  return { agent: name as AgentName, version: agent.version, isClean: files.every((file) => file.state === 'ok'), files };
}

function driftOf(file: LockedFile, disk: DiskFile | undefined): FileDrift['state'] {
  if (disk === undefined) return 'missing';
  if (file.pointer === undefined) return disk.sha256 === file.sha256 ? 'ok' : 'edited';
  try {
    const state = entryState(parseText(decode(disk.bytes)), { pointer: file.pointer, sha256: file.sha256 });
    return state === 'equal' ? 'ok' : state === 'different' ? 'edited' : 'missing';
  } catch (error) {
    // a file that is no longer JSON was edited
    if (error instanceof MergeProblem) return 'edited';
    throw error;
  }
}
