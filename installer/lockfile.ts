import type { HostId } from '../contract/hosts.ts';
import { HOST_IDS } from '../contract/hosts.ts';
import { isAgentName } from '../contract/names.ts';
import { InstallError } from './errors.ts';
import { isSafeRelativePath, isTargetFolder } from './paths.ts';

export const LOCKFILE = 'agents.lock.json';
const LOCK_VERSION = 1;

/** One written target. `isPreexisting`: the same bytes were there before the install, so removal leaves them. */
export interface LockedFile {
  readonly path: string;
  readonly kind: 'file' | 'json-entry';
  readonly pointer?: string;
  readonly sha256: string;
  readonly hosts: readonly HostId[];
  readonly isExecutable?: boolean;
  readonly isPreexisting?: boolean;
}
export interface LockedAgent {
  readonly version: string;
  readonly integrity: string;
  /** Path on the service without host, credentials or query. */
  readonly resolved: string;
  readonly hosts: readonly HostId[];
  readonly withoutHooks?: boolean;
  readonly acceptLosses?: readonly HostId[];
  /** Targets the user chose to keep as they were: `path` or `path#pointer`. */
  readonly kept?: readonly string[];
  /** Keys of what the user agreed to; an update asks only for more. */
  readonly consents: readonly string[];
  readonly files: readonly LockedFile[];
}
export interface Lockfile {
  /** Folders that installs created; the last removal takes them away again. */
  readonly folders: readonly string[];
  readonly agents: Readonly<Record<string, LockedAgent>>;
}
export const EMPTY_LOCKFILE: Lockfile = { folders: [], agents: {} };

/** Name of a target in `kept`, and its identity everywhere. */
export function targetKey(target: { readonly path: string; readonly pointer?: string | undefined }): string {
  return target.pointer === undefined ? target.path : `${target.path}#${target.pointer}`;
}

/** Identity of a target together with its content: array elements share a pointer and differ by hash. */
export function entryKey(target: {
  readonly path: string;
  readonly pointer?: string | undefined;
  readonly sha256: string;
}): string {
  return target.pointer?.endsWith('/-') ? `${targetKey(target)}=${target.sha256}` : targetKey(target);
}

/** Deterministic: sorted agents, files and keys, two spaces, a final newline. The same state gives the same bytes. */
export function formatLockfile(lockfile: Lockfile): string {
  const agents = Object.entries(lockfile.agents)
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, agent]) => [name, orderAgent(agent)]);
  const folders = [...new Set(lockfile.folders)].sort(compareText);
  return `${JSON.stringify({ lockVersion: LOCK_VERSION, folders, agents: Object.fromEntries(agents) }, null, 2)}\n`;
}

function orderAgent(agent: LockedAgent): LockedAgent {
  const files = [...agent.files].sort((a, b) => compareText(entryKey(a), entryKey(b)));
  return {
    version: agent.version,
    integrity: agent.integrity,
    resolved: agent.resolved,
    hosts: sortHosts(agent.hosts),
    ...(agent.withoutHooks ? { withoutHooks: true } : {}),
    ...(agent.acceptLosses?.length ? { acceptLosses: sortHosts(agent.acceptLosses) } : {}),
    ...(agent.kept?.length ? { kept: [...agent.kept].sort(compareText) } : {}),
    consents: [...agent.consents].sort(compareText),
    files: files.map((file) => ({
      path: file.path,
      kind: file.kind,
      ...(file.pointer === undefined ? {} : { pointer: file.pointer }),
      sha256: file.sha256,
      hosts: sortHosts(file.hosts),
      ...(file.isExecutable ? { isExecutable: true } : {}),
      ...(file.isPreexisting ? { isPreexisting: true } : {}),
    })),
  };
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Hosts in the order of contract/hosts.ts, each once. */
export function sortHosts(hosts: readonly HostId[]): HostId[] {
  return HOST_IDS.filter((id) => hosts.includes(id));
}

/**
 * Parses agents.lock.json. A lockfile comes with a clone, so its paths are foreign text: each is checked.
 * @throws InstallError `lockfile_invalid` or `lockfile_too_new`; nothing is touched.
 */
export function parseLockfile(source: string): Lockfile {
  let json: unknown;
  try {
    json = JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw invalid(cause instanceof Error ? cause.message : 'not JSON');
  }
  const root = record(json, 'the root');
  const version = root.lockVersion;
  if (typeof version === 'number' && version > LOCK_VERSION) {
    throw new InstallError('lockfile_too_new', { details: { lockfile: LOCKFILE, found: version } });
  }
  if (version !== LOCK_VERSION) throw invalid('lockVersion must be 1');
  const agents: Record<string, LockedAgent> = {};
  for (const [name, value] of Object.entries(record(root.agents, 'agents'))) {
    if (!isAgentName(name)) throw invalid(`${name} is not an agent name`);
    agents[name] = parseAgent(name, record(value, name));
  }
  const folders = list(root.folders ?? [], 'folders').map((each) => text(each, 'folders'));
  const foreign = folders.find((folder) => !isTargetFolder(folder));
  if (foreign !== undefined) throw invalid(`folders lists ${JSON.stringify(foreign)}`);
  return { folders, agents };
}

function parseAgent(name: string, value: Record<string, unknown>): LockedAgent {
  const hosts = hostList(value.hosts, name);
  return {
    version: text(value.version, `${name} version`),
    integrity: text(value.integrity, `${name} integrity`, /^sha512-[A-Za-z0-9+/]{86}==$/),
    resolved: text(value.resolved, `${name} resolved`),
    hosts,
    ...(value.withoutHooks === true ? { withoutHooks: true } : {}),
    ...(value.acceptLosses === undefined ? {} : { acceptLosses: hostList(value.acceptLosses, name) }),
    ...(value.kept === undefined ? {} : { kept: list(value.kept, `${name} kept`).map((each) => text(each, 'kept')) }),
    consents: list(value.consents ?? [], `${name} consents`).map((each) => text(each, 'consents')),
    files: list(value.files, `${name} files`).map((each) => parseFile(name, record(each, `${name} files`))),
  };
}

function parseFile(name: string, value: Record<string, unknown>): LockedFile {
  const path = text(value.path, `${name} path`);
  if (!isSafeRelativePath(path)) throw invalid(`${name} lists the path ${JSON.stringify(path)}`);
  if (value.kind !== 'file' && value.kind !== 'json-entry') throw invalid(`${path} has an unknown kind`);
  if ((value.kind === 'json-entry') !== (value.pointer !== undefined)) throw invalid(`${path} and its pointer do not fit`);
  return {
    path,
    kind: value.kind,
    ...(value.pointer === undefined ? {} : { pointer: text(value.pointer, `${path} pointer`, /^\/./) }),
    sha256: text(value.sha256, `${path} sha256`, /^[0-9a-f]{64}$/),
    hosts: hostList(value.hosts, path),
    ...(value.isExecutable === true ? { isExecutable: true } : {}),
    ...(value.isPreexisting === true ? { isPreexisting: true } : {}),
  };
}

function invalid(why: string): InstallError {
  return new InstallError('lockfile_invalid', { details: { lockfile: LOCKFILE, why } });
}
function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${what} is not an object`);
  return value as Record<string, unknown>;
}
function list(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw invalid(`${what} is not a list`);
  return value;
}
function text(value: unknown, what: string, pattern?: RegExp): string {
  if (typeof value !== 'string' || value === '' || (pattern !== undefined && !pattern.test(value))) {
    throw invalid(`${what} is missing or malformed`);
  }
  return value;
}
function hostList(value: unknown, what: string): HostId[] {
  return list(value, `${what} hosts`).map((each) => {
    const host = HOST_IDS.find((id) => id === each);
    if (host === undefined) throw invalid(`${what} names an unknown host`);
    return host;
  });
}
