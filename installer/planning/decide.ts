import { entryKey, type LockedFile } from '../lockfile.ts';
import { decideEntries } from './decide-entries.ts';
import { type DecideInput, type Decision, inTheWay, OwnershipIndex, release, settle } from './decision.ts';
import type { Snapshot } from './snapshot.ts';
import type { MergedTarget } from './targets.ts';

/** Decides for every target, and for everything the agent has installed now. Pure. */
export function decide(input: DecideInput): Decision[] {
  const index = new OwnershipIndex(input.agent, input.snapshot);
  const wanted = new Set(input.targets.map((each) => entryKey({ ...each, path: each.target.path })));
  const installed = input.snapshot.lockfile.agents[input.agent]?.files ?? [];
  const gone = installed.filter((file) => !wanted.has(entryKey(file)));
  return [
    ...input.targets.filter((each) => each.target.kind === 'file').map((each) => decideFile(each, index, input)),
    ...gone.filter((file) => file.kind === 'file').map((file) => decideGoneFile(file, index, input.snapshot)),
    ...decideEntries(
      input,
      index,
      gone.filter((file) => file.kind === 'json-entry'),
    ),
  ];
}

function decideFile(merged: MergedTarget, index: OwnershipIndex, input: DecideInput): Decision {
  const { path } = merged.target;
  const { own, others } = index.of(path);
  const disk = input.snapshot.files.get(path);
  const stranger = others.find((other) => other.file.sha256 !== merged.sha256);
  if (stranger !== undefined) return inTheWay(merged, input, { reason: 'other_agent', otherAgent: stranger.agent });
  if (disk === undefined) return settle(merged, 'create');
  if (disk.sha256 === merged.sha256) {
    const isPreexisting = own === undefined ? others.length === 0 : own.isPreexisting === true;
    return settle(merged, 'unchanged', isPreexisting);
  }
  if (own !== undefined && disk.sha256 === own.sha256 && own.isPreexisting !== true) return settle(merged, 'update');
  const isManaged = own !== undefined ? own.isPreexisting !== true : others.length > 0;
  return inTheWay(merged, input, { reason: isManaged ? 'edited' : 'unmanaged' });
}

/** A file of the installed version that the new one does not have. */
function decideGoneFile(file: LockedFile, index: OwnershipIndex, snapshot: Snapshot): Decision {
  const disk = snapshot.files.get(file.path);
  const isShared = index.of(file.path).others.length > 0;
  if (disk === undefined || isShared) return release(file, 'unchanged');
  if (file.isPreexisting) return release(file, 'kept');
  return disk.sha256 === file.sha256 ? release(file, 'remove') : release(file, 'kept', { reason: 'edited', canReplace: false });
}
