import type { CapabilityManifest } from '../contract/capabilities.ts';
import type { Component } from '../contract/components.ts';
import type { Finding } from '../contract/findings.ts';
import type { HostId } from '../contract/hosts.ts';
import type { AgentName } from '../contract/names.ts';

/**
 * Why a target cannot simply be written:
 * `edited` ours, changed by the user since; `unmanaged` not ours and different; `other_agent` belongs to another installed agent;
 * `invalid_json` a shared settings file that cannot be read as JSON, or has another shape than the host expects.
 */
export type ConflictReason = 'edited' | 'unmanaged' | 'other_agent' | 'invalid_json';
/** `keep` leaves what is there and does not install that file; `replace` takes the package's bytes. */
export type ConflictChoice = 'keep' | 'replace';

/** `kept`: the user chose to keep theirs. `remove`: the installed version wrote it, the planned one does not. */
export type FileAction = 'create' | 'update' | 'unchanged' | 'conflict' | 'kept' | 'remove';

/** One target of the plan: a whole file, or one entry in a shared JSON file. */
export interface PlannedFile {
  /** Relative to the workspace root, POSIX. */
  readonly path: string;
  readonly kind: 'file' | 'json-entry';
  /** JSON pointer of the entry (RFC 6901); `…/-` is an element of an array, found again by its value. */
  readonly pointer?: string;
  readonly action: FileAction;
  /** Hosts that read it. A file that two hosts read is listed once. */
  readonly hosts: readonly HostId[];
  readonly sizeBytes: number;
  /** Hex SHA-256 of the bytes, for an entry of its canonical JSON. */
  readonly sha256: string;
  readonly isExecutable: boolean;
  /** Which part of the package it comes from, such as `skill review`. */
  readonly component: string;
  readonly conflict?: { readonly reason: ConflictReason; readonly canReplace: boolean; readonly otherAgent?: string };
}

export interface HostLoss {
  readonly component: string;
  readonly what: string;
  /** The host would allow more than the author meant. */
  readonly isRestriction: boolean;
}

/** What the plan does for one host. `fileCount` counts whole files and entries, shared ones included. */
export interface HostPlan {
  readonly host: HostId;
  readonly fileCount: number;
  /** False when a restriction is lost: such a host is not chosen unless the user asks for it by name. */
  readonly isFaithful: boolean;
  readonly losses: readonly HostLoss[];
  /** What to do so that the host sees it, such as "start a new session". */
  readonly nextStep: string;
}

/**
 * One thing the user agrees to. `key` is stable for the same thing (scripts and commands by hash), so an update
 * asks only for what it gains.
 */
export interface ConsentItem {
  readonly key: string;
  readonly kind: 'capability' | 'hook' | 'mcp' | 'inline-shell' | 'executable' | 'network' | 'secret' | 'finding';
  /** A sentence part for people, such as `run commands: npm test`. */
  readonly text: string;
  readonly path?: string;
  readonly line?: number;
}

export interface InstallPlan {
  readonly agent: AgentName;
  readonly displayName: string;
  readonly summary: string;
  readonly version: string;
  /** The version installed now; absent for a first install. */
  readonly fromVersion?: string;
  readonly integrity: string;
  /** Path of the tarball on the service. */
  readonly resolved: string;
  /** `unsigned` only while the service has never shown a signing key. */
  readonly signature: 'verified' | 'unsigned';
  /** `cache`: the service did not answer or was not asked, so there may be something newer. */
  readonly source: 'service' | 'cache';
  readonly deprecation?: string;
  readonly components: readonly Component[];
  readonly capabilityManifest: CapabilityManifest;
  readonly findings: readonly Finding[];
  readonly contextTokens: number;
  /** The chosen hosts. */
  readonly hosts: readonly HostPlan[];
  /** Supported hosts that were not chosen, with the reason where it is ours. */
  readonly otherHosts: readonly HostPlan[];
  readonly files: readonly PlannedFile[];
  readonly hasConflicts: boolean;
  /** Nothing would change: the same version is installed, unedited, for the same hosts. */
  readonly isNoop: boolean;
  /** Everything this version can do, in words. */
  readonly consents: readonly ConsentItem[];
  /** The part of `consents` that was not agreed to before; empty means no question. */
  readonly newConsents: readonly ConsentItem[];
  readonly needsConsent: boolean;
  /** Whether the same install without its hooks is possible: call planInstall with `withoutHooks`. */
  readonly canGoWithoutHooks: boolean;
  readonly options: InstallOptions;
  /** SHA-256 of the lockfile the plan was made over (empty text: none); `apply` refuses when it changed. */
  readonly lockfileSha256: string;
}

/** Choices that shape the written bytes; recorded in the lockfile so that a clone repeats them. */
export interface InstallOptions {
  readonly withoutHooks: boolean;
  /** Hosts for which translations that drop a restriction were accepted. */
  readonly acceptLosses: readonly HostId[];
}

export interface PlanRequest {
  readonly agent: string;
  /** Exact version, dist-tag or semver range; default `latest`. */
  readonly version?: string;
  readonly hosts: readonly HostId[];
  /** The hosts were found, not chosen by name: those that would lose a restriction move to `otherHosts`. */
  readonly areHostsDefault?: boolean;
  /** One choice for all conflicts, or by path. Without a choice conflicts stay in the plan and `apply` refuses it. */
  readonly onConflict?: ConflictChoice | Readonly<Record<string, ConflictChoice>>;
  readonly withoutHooks?: boolean;
  readonly acceptLosses?: readonly HostId[];
  /** Takes the newest answer from the cache without asking the service. */
  readonly isOffline?: boolean;
  /** Accepts and pins signing keys that differ from the pinned ones. */
  readonly trustNewKeys?: boolean;
  readonly signal?: AbortSignal;
}
