import type { ConflictChoice, ConflictReason, FileAction, PlannedFile } from '../install-plan.ts';
import { entryKey, type LockedFile, targetKey } from '../lockfile.ts';
import type { Snapshot } from './snapshot.ts';
import type { MergedTarget } from './targets.ts';

/** One target with what happens to it. `isRecorded`: it goes into the lockfile as ours. */
export interface Decision {
  readonly planned: PlannedFile;
  /** Absent for what the new version no longer has. */
  readonly merged?: MergedTarget;
  readonly isRecorded: boolean;
  readonly isPreexisting: boolean;
}

export interface DecideInput {
  readonly agent: string;
  readonly targets: readonly MergedTarget[];
  readonly snapshot: Snapshot;
  readonly choose: (key: string) => ConflictChoice | undefined;
}

/** What the lockfile says of one place: our own record and those of other agents. */
export interface Ownership {
  readonly own: LockedFile | undefined;
  readonly others: readonly { readonly agent: string; readonly file: LockedFile }[];
}

export class OwnershipIndex {
  readonly #byKey = new Map<string, { agent: string; file: LockedFile }[]>();
  constructor(
    private readonly agent: string,
    snapshot: Snapshot,
  ) {
    for (const [name, locked] of Object.entries(snapshot.lockfile.agents)) {
      for (const file of locked.files) {
        const key = entryKey(file);
        this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), { agent: name, file }]);
      }
    }
  }
  of(key: string): Ownership {
    const all = this.#byKey.get(key) ?? [];
    return {
      own: all.find((each) => each.agent === this.agent)?.file,
      others: all.filter((each) => each.agent !== this.agent),
    };
  }
}

export function settle(merged: MergedTarget, action: FileAction, isPreexisting = false): Decision {
  return { merged, planned: plannedOf(merged, action), isRecorded: true, isPreexisting };
}

/** A conflict, or what the user chose about it. */
export function inTheWay(
  merged: MergedTarget,
  input: DecideInput,
  given: { readonly reason: ConflictReason; readonly otherAgent?: string },
): Decision {
  const canReplace = given.reason === 'edited' || given.reason === 'unmanaged';
  const conflict = { ...given, canReplace };
  const choice = input.choose(targetKey({ path: merged.target.path, pointer: merged.pointer }));
  if (choice === 'keep')
    return { merged, planned: { ...plannedOf(merged, 'kept'), conflict }, isRecorded: false, isPreexisting: false };
  if (choice === 'replace' && canReplace) {
    return { merged, planned: { ...plannedOf(merged, 'update'), conflict }, isRecorded: true, isPreexisting: false };
  }
  return { merged, planned: { ...plannedOf(merged, 'conflict'), conflict }, isRecorded: false, isPreexisting: false };
}

export function release(file: LockedFile, action: FileAction, conflict?: PlannedFile['conflict']): Decision {
  const planned: PlannedFile = {
    path: file.path,
    kind: file.kind,
    ...(file.pointer === undefined ? {} : { pointer: file.pointer }),
    action,
    hosts: file.hosts,
    sizeBytes: 0,
    sha256: file.sha256,
    isExecutable: file.isExecutable ?? false,
    component: 'no longer in the package',
    ...(conflict === undefined ? {} : { conflict }),
  };
  return { planned, isRecorded: false, isPreexisting: file.isPreexisting ?? false };
}

function plannedOf(merged: MergedTarget, action: FileAction): PlannedFile {
  const { target } = merged;
  return {
    path: target.path,
    kind: target.kind,
    ...(merged.pointer === undefined ? {} : { pointer: merged.pointer }),
    action,
    hosts: merged.hosts,
    sizeBytes: merged.sizeBytes,
    sha256: merged.sha256,
    isExecutable: target.kind === 'file' && target.isExecutable,
    component: target.component,
  };
}
