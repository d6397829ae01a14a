import { getNodeValue, type Node } from 'jsonc-parser';
import { sha256OfJson } from '../digest.ts';
import { entryKey, type LockedFile } from '../lockfile.ts';
import { canHold, entryState, findEntry, MergeProblem, parseText } from '../merge/json-text.ts';
import { type DecideInput, type Decision, inTheWay, type OwnershipIndex, release, settle } from './decision.ts';
import { decode, type Snapshot } from './snapshot.ts';
import type { MergedTarget } from './targets.ts';

/** Decides for entries in shared JSON files: the wanted ones, and those of the installed version that are gone. Pure. */
export function decideEntries(input: DecideInput, index: OwnershipIndex, gone: readonly LockedFile[]): Decision[] {
  const wanted = input.targets.filter((each) => each.target.kind === 'json-entry');
  const paths = new Set([...wanted.map((each) => each.target.path), ...gone.map((file) => file.path)]);
  return [...paths].flatMap((path) => {
    const root = rootOf(input.snapshot, path);
    const own = input.snapshot.lockfile.agents[input.agent]?.files.filter((file) => file.path === path) ?? [];
    return [
      ...wanted.filter((each) => each.target.path === path).map((each) => decideEntry(each, { input, index, root, own })),
      ...gone.filter((file) => file.path === path).map((file) => decideGoneEntry(file, index, root)),
    ];
  });
}

type Root = Node | 'missing' | 'invalid';

function rootOf(snapshot: Snapshot, path: string): Root {
  const disk = snapshot.files.get(path);
  if (disk === undefined) return 'missing';
  try {
    return parseText(decode(disk.bytes));
  } catch (error) {
    if (error instanceof MergeProblem) return 'invalid';
    throw error;
  }
}

interface EntryContext {
  readonly input: DecideInput;
  readonly index: OwnershipIndex;
  readonly root: Root;
  /** What this agent has in the same file. */
  readonly own: readonly LockedFile[];
}

function decideEntry(merged: MergedTarget, { input, index, root, own }: EntryContext): Decision {
  const pointer = merged.pointer ?? '';
  const entry = { pointer, sha256: merged.sha256 };
  if (root === 'invalid') return inTheWay(merged, input, { reason: 'invalid_json' });
  if (root === 'missing') return settle(merged, 'create');
  if (!canHold(root, pointer)) return inTheWay(merged, input, { reason: 'invalid_json' });
  const records = index.of(entryKey({ path: merged.target.path, ...entry }));
  const stranger = records.others.find((other) => other.file.sha256 !== merged.sha256);
  if (stranger !== undefined) return inTheWay(merged, input, { reason: 'other_agent', otherAgent: stranger.agent });
  const state = entryState(root, entry);
  if (state === 'equal') {
    const isPreexisting = records.own === undefined ? records.others.length === 0 : records.own.isPreexisting === true;
    return settle(merged, 'unchanged', isPreexisting);
  }
  if (pointer.endsWith('/-')) {
    // an element of ours that is no longer found was edited or deleted; adding it again would make it act twice
    const wasEdited = own.some(
      (file) => file.pointer === pointer && entryState(root, { pointer, sha256: file.sha256 }) !== 'equal',
    );
    return wasEdited ? inTheWay(merged, input, { reason: 'edited' }) : settle(merged, 'create');
  }
  if (state === 'absent') return settle(merged, 'create');
  const present = findEntry(root, entry);
  const isOurs = present !== undefined && records.own?.sha256 === sha256OfJson(getNodeValue(present.node));
  if (isOurs && records.own?.isPreexisting !== true) return settle(merged, 'update');
  const isManaged = records.own !== undefined ? records.own.isPreexisting !== true : records.others.length > 0;
  return inTheWay(merged, input, { reason: isManaged ? 'edited' : 'unmanaged' });
}

function decideGoneEntry(file: LockedFile, index: OwnershipIndex, root: Root): Decision {
  const entry = { pointer: file.pointer ?? '', sha256: file.sha256 };
  if (root === 'missing' || index.of(entryKey(file)).others.length > 0) return release(file, 'unchanged');
  if (root === 'invalid') return release(file, 'kept', { reason: 'invalid_json', canReplace: false });
  if (file.isPreexisting) return release(file, 'kept');
  const state = entryState(root, entry);
  if (state === 'equal') return release(file, 'remove');
  // an array element that is not found may have been deleted or edited: there is nothing of ours to take away
  return state === 'absent' ? release(file, 'unchanged') : release(file, 'kept', { reason: 'edited', canReplace: false });
}
