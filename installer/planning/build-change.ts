import { join } from 'node:path';
import { sha256OfJson } from '../digest.ts';
import { InstallError } from '../errors.ts';
import { foldersOf } from '../folders.ts';
import { formatLockfile, LOCKFILE, type LockedAgent, type LockedFile, type Lockfile } from '../lockfile.ts';
import { dropEntry, type JsonEntry, MergeProblem, type OwnedEntry } from '../merge/json-text.ts';
import { renderMerged, splitMerged } from '../merge/merge-file.ts';
import { orMissing } from '../node-errors.ts';
import { encodeText } from '../text.ts';
import type { Change, FileChange } from '../transaction/transaction.ts';
import type { Decision } from './decision.ts';
import { decode, type Snapshot, type WorkspaceReader } from './snapshot.ts';

/** A change ready to be applied, and what to remember of shared JSON files before that. */
export interface PreparedChange {
  readonly change: Change;
  readonly bases: readonly { readonly path: string; readonly rendered: string | undefined; readonly base: string | undefined }[];
}

const FILE_MODE = 0o644;
const PROGRAM_MODE = 0o755;

/** From decisions to bytes. `next` undefined: the agent is removed. */
export async function buildChange(
  reader: WorkspaceReader,
  snapshot: Snapshot,
  given: { readonly agent: string; readonly decisions: readonly Decision[]; readonly next: LockedAgent | undefined },
): Promise<PreparedChange> {
  const files: FileChange[] = [];
  for (const decision of given.decisions) {
    const change = fileChange(decision, snapshot);
    if (change !== undefined) files.push(change);
  }
  const merges = mergeChanges(given.decisions, snapshot);
  files.push(...merges.map((each) => each.file));
  const folders = await planFolders(reader, snapshot.lockfile.folders, files);
  const lockfile = withAgent({ folders: folders.owned, agents: snapshot.lockfile.agents }, given.agent, given.next);
  const lockfileChange = lockfileFile(snapshot, lockfile);
  if (lockfileChange !== undefined) files.push(lockfileChange);
  return { change: { agents: [given.agent], files, emptiedFolders: folders.emptied }, bases: merges.map((each) => each.base) };
}

/** The lockfile's record of an install. */
export function recordFiles(decisions: readonly Decision[]): LockedFile[] {
  return decisions
    .filter((decision) => decision.isRecorded)
    .map(({ planned, isPreexisting }) => ({
      path: planned.path,
      kind: planned.kind,
      ...(planned.pointer === undefined ? {} : { pointer: planned.pointer }),
      sha256: planned.sha256,
      hosts: planned.hosts,
      ...(planned.isExecutable ? { isExecutable: true } : {}),
      ...(isPreexisting ? { isPreexisting: true } : {}),
    }));
}

function withAgent(lockfile: Lockfile, agent: string, next: LockedAgent | undefined): Lockfile {
  const { [agent]: _, ...others } = lockfile.agents;
  return { folders: lockfile.folders, agents: next === undefined ? others : { ...others, [agent]: next } };
}

function lockfileFile(snapshot: Snapshot, next: Lockfile): FileChange | undefined {
  const disk = snapshot.lockfileOnDisk;
  const isEmpty = Object.keys(next.agents).length === 0;
  const after = isEmpty ? undefined : encodeText(formatLockfile(next));
  if (after === undefined ? disk === undefined : disk !== undefined && Buffer.compare(after, disk.bytes) === 0) return undefined;
  return { path: LOCKFILE, before: disk?.bytes, after, beforeMode: disk?.mode ?? FILE_MODE, afterMode: disk?.mode ?? FILE_MODE };
}

function fileChange(decision: Decision, snapshot: Snapshot): FileChange | undefined {
  const { planned, merged } = decision;
  if (planned.kind !== 'file') return undefined;
  const disk = snapshot.files.get(planned.path);
  const common = { path: planned.path, before: disk?.bytes, beforeMode: disk?.mode ?? FILE_MODE };
  if (planned.action === 'remove') return { ...common, after: undefined, afterMode: FILE_MODE };
  const isWritten = planned.action === 'create' || planned.action === 'update';
  if (!isWritten || merged?.target.kind !== 'file') return undefined;
  return { ...common, after: merged.target.bytes, afterMode: merged.target.isExecutable ? PROGRAM_MODE : FILE_MODE };
}

interface MergeChange {
  readonly file: FileChange;
  readonly base: PreparedChange['bases'][number];
}

function mergeChanges(decisions: readonly Decision[], snapshot: Snapshot): MergeChange[] {
  const touched = decisions.filter(
    ({ planned }) => planned.kind === 'json-entry' && ['create', 'update', 'remove'].includes(planned.action),
  );
  return [...new Set(touched.map(({ planned }) => planned.path))].map((path) =>
    mergeChange(
      path,
      touched.filter(({ planned }) => planned.path === path),
      snapshot,
    ),
  );
}

function mergeChange(path: string, decisions: readonly Decision[], snapshot: Snapshot): MergeChange {
  const disk = snapshot.files.get(path);
  const present = disk === undefined ? undefined : decode(disk.bytes);
  try {
    const split = splitMerged(present, ownedEntries(snapshot.lockfile, path), snapshot.bases.get(path));
    const { entries } = split;
    const base = withoutReplaced(split.base, decisions);
    const rendered = renderMerged({ base, entries: nextEntries(entries, decisions) });
    const after = rendered === undefined ? undefined : encodeText(rendered);
    const mode = disk?.mode ?? FILE_MODE;
    return { file: { path, before: disk?.bytes, after, beforeMode: mode, afterMode: mode }, base: { path, rendered, base } };
  } catch (error) {
    if (error instanceof MergeProblem)
      throw new InstallError('merge_file_invalid', { details: { path, why: error.message }, cause: error });
    throw error;
  }
}

/** An entry of ours that the user edited and now gives up must not come back with the base. */
function withoutReplaced(base: string | undefined, decisions: readonly Decision[]): string | undefined {
  let text = base;
  for (const { planned } of decisions) {
    const isGivenUp = planned.action === 'update' && planned.conflict?.reason === 'edited' && !planned.pointer?.endsWith('/-');
    if (text !== undefined && isGivenUp) text = dropEntry(text, { pointer: planned.pointer ?? '', sha256: planned.sha256 });
  }
  return text;
}

/** What is ours in a shared file, over all agents; what was there before us is not. */
function ownedEntries(lockfile: Lockfile, path: string): OwnedEntry[] {
  return Object.values(lockfile.agents)
    .flatMap((agent) => agent.files)
    .filter((file) => file.path === path && file.pointer !== undefined && !file.isPreexisting)
    .map((file) => ({ pointer: file.pointer ?? '', sha256: file.sha256 }));
}

function nextEntries(entries: readonly JsonEntry[], decisions: readonly Decision[]): JsonEntry[] {
  const key = (pointer: string, hash: string) => (pointer.endsWith('/-') ? `${pointer} ${hash}` : pointer);
  const next = new Map(entries.map((entry) => [key(entry.pointer, sha256OfJson(entry.value)), entry]));
  for (const { planned, merged } of decisions) {
    const pointer = planned.pointer ?? '';
    if (planned.action === 'remove') next.delete(key(pointer, planned.sha256));
    else if (merged?.target.kind === 'json-entry')
      next.set(key(pointer, planned.sha256), { pointer, value: merged.target.value });
  }
  return [...next.values()];
}

/** Folders the change makes belong to us from now on; folders of ours that it empties go. */
async function planFolders(
  reader: WorkspaceReader,
  owned: readonly string[],
  files: readonly FileChange[],
): Promise<{ readonly owned: string[]; readonly emptied: string[] }> {
  const wanted = new Set(files.filter((file) => file.after !== undefined).flatMap((file) => foldersOf(file.path)));
  const created: string[] = [];
  for (const folder of wanted) {
    if (folder !== '.coditect' && (await orMissing(reader.fs.lstat(join(reader.root, folder)))) === undefined)
      created.push(folder);
  }
  const removed = new Set(files.filter((file) => file.after === undefined).map((file) => file.path));
  const candidates = owned.filter((folder) => !wanted.has(folder) && [...removed].some((path) => path.startsWith(`${folder}/`)));
  const emptied: string[] = [];
  for (const folder of candidates.sort((a, b) => b.split('/').length - a.split('/').length)) {
    const names = (await orMissing(reader.fs.readdir(join(reader.root, folder)))) ?? [];
    if (!names.every((name) => removed.has(`${folder}/${name}`))) continue;
    emptied.push(folder);
    removed.add(folder);
  }
  const next = [...owned, ...created].filter((folder) => !emptied.includes(folder));
  return { owned: next, emptied };
}
