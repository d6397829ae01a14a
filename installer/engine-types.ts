import type { HostId } from '../contract/hosts.ts';
import type { AgentName } from '../contract/names.ts';
import type { InstallOptions, InstallPlan, PlannedFile, PlanRequest } from './install-plan.ts';
import type { InstallerPorts } from './ports.ts';

export interface EngineSettings {
  readonly ports: InstallerPorts;
  /** Origin of the service, such as `http://127.0.0.1:3900`. */
  readonly serviceUrl: string;
  /** Asked before each request; undefined means anonymous. */
  readonly token?: () => string | undefined | Promise<string | undefined>;
  /** Absolute path of the opened folder. */
  readonly workspaceRoot: string;
  /** Per-user folder (installer/user-dir.ts). */
  readonly userDir: string;
  /**
   * Names the state of the package checks this program was built with. With it the verdict over a tarball is kept beside the
   * cached tarball and not worked out again; without it every install inspects anew.
   */
  readonly checksStamp?: string;
}

export type InstallStep = 'resolve' | 'download' | 'verify' | 'plan' | 'stage' | 'swap' | 'record' | 'done';
interface Progress {
  readonly step: InstallStep;
  /** Files done and to do, in `stage` and `swap`. */
  readonly done?: number;
  readonly total?: number;
}
export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface InstallResult {
  readonly kind: 'installed' | 'updated' | 'unchanged';
  readonly agent: AgentName;
  readonly version: string;
  readonly fromVersion?: string;
  readonly hosts: readonly HostId[];
  readonly files: readonly PlannedFile[];
  readonly durationMs: number;
  /** What the user should do in each host, such as "start a new session". */
  readonly nextSteps: readonly { readonly host: HostId; readonly text: string }[];
}

/** `edited` and `preexisting` files stay where they are. */
export interface LeftFile {
  readonly path: string;
  readonly pointer?: string;
  readonly why: 'edited' | 'preexisting' | 'unreadable';
}
export interface RemoveResult {
  readonly agent: AgentName;
  readonly version: string;
  readonly hosts: readonly HostId[];
  readonly removed: readonly string[];
  readonly left: readonly LeftFile[];
}

interface InstalledFile {
  readonly path: string;
  readonly kind: 'file' | 'json-entry';
  readonly pointer?: string;
  readonly sha256: string;
  readonly hosts: readonly HostId[];
}
export interface InstalledAgent {
  readonly agent: AgentName;
  readonly version: string;
  readonly integrity: string;
  readonly hosts: readonly HostId[];
  readonly options: InstallOptions;
  readonly files: readonly InstalledFile[];
}

export interface FileDrift {
  readonly path: string;
  readonly pointer?: string;
  readonly state: 'ok' | 'edited' | 'missing';
}
export interface VerifyResult {
  readonly agent: AgentName;
  readonly version: string;
  readonly isClean: boolean;
  readonly files: readonly FileDrift[];
}

export interface OutdatedAgent {
  readonly agent: AgentName;
  readonly version: string;
  readonly latest: string;
  readonly deprecation?: string;
}

export interface DetectedHost {
  readonly host: HostId;
  /** The file or folder that shows it. */
  readonly evidence: string;
}

/** `finished` and `undone` say what became of an interrupted change. */
export type RecoverResult =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'finished' | 'undone'; readonly agents: readonly string[]; readonly keptEdits: readonly string[] };

/** Both sides of one installed or planned path, for a diff editor. Absent text: the file is not there. */
export interface Comparison {
  readonly path: string;
  /** What is in the workspace. */
  readonly mine?: string;
  /** What the package would write. */
  readonly theirs?: string;
}

/** Every call first finishes or undoes an interrupted change. Failures are InstallError with a code of installer/errors.ts. */
export interface Engine {
  recover(): Promise<RecoverResult>;
  detectHosts(): Promise<DetectedHost[]>;
  planInstall(request: PlanRequest): Promise<InstallPlan>;
  apply(plan: InstallPlan, options?: RunOptions): Promise<InstallResult>;
  /** Without hosts everything goes; with hosts the agent stays installed for the others. */
  remove(agent: string, options?: RunOptions & { readonly hosts?: readonly HostId[] }): Promise<RemoveResult>;
  list(): Promise<InstalledAgent[]>;
  verify(agent?: string): Promise<VerifyResult[]>;
  /** Plans for everything in the lockfile, each for its recorded version, hosts and options; `apply` them in turn. */
  planRestore(options?: Pick<PlanRequest, 'isOffline' | 'onConflict' | 'trustNewKeys' | 'signal'>): Promise<InstallPlan[]>;
  outdated(options?: { readonly isOffline?: boolean; readonly signal?: AbortSignal }): Promise<OutdatedAgent[]>;
  compare(plan: InstallPlan, path: string): Promise<Comparison>;
  /** The same for what is installed: `theirs` comes from the cached or downloaded package. */
  compareInstalled(agent: string, path: string): Promise<Comparison>;
}
