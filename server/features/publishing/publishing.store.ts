import type { ReviewState } from '../../../contract/agents.ts';
import type { CapabilityManifest } from '../../../contract/capabilities.ts';
import type { Component } from '../../../contract/components.ts';
import type { Finding } from '../../../contract/findings.ts';
import type { PackageManifest } from '../../../contract/manifest.ts';
import type { HostSupport } from '../../../packaging/model.ts';

/**
 * What people and clients may see of one version, with everything about it that can change later. It lives in the agent's
 * record, so that one write shows a version together with its dist-tags.
 */
export interface Release {
  readonly version: string;
  readonly publishedAt: string;
  /** `needs_review` is visible, flagged and sunk in rankings; `blocked` and `yanked` are not offered. */
  readonly reviewState: ReviewState;
  readonly deprecation?: string;
  /** Finished by the start-up sweep after a crash, so its publisher never got an answer: the same bytes may be sent again. */
  readonly isRecovered?: boolean;
}

/** An agent's only mutable record. A version exists for the world when `releases` names it. */
export interface AgentRecord {
  /** `@scope/slug`. */
  readonly name: string;
  readonly scope: string;
  /** Oldest first, in the order of publishing. */
  readonly releases: readonly Release[];
  /** Holds `latest` as soon as there is a release. */
  readonly distTags: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Compare-and-set guard: goes up by one with each save; 0 before the first. */
  readonly revision: number;
  /** Position in the change feed of the last save. */
  readonly seq: number;
}

/** One version as it was published: never changed after the insert. Times in UTC ISO 8601, sizes in bytes. */
export interface VersionRecord {
  readonly name: string;
  readonly version: string;
  readonly publishedBy: string;
  readonly publishedAt: string;
  readonly integrity: string;
  /** Hex SHA-1, which the npm protocol still carries. */
  readonly shasum: string;
  readonly signature: { readonly keyid: string; readonly sig: string };
  readonly distTag: string;
  readonly reviewState: ReviewState;
  readonly sizeBytes: number;
  readonly unpackedBytes: number;
  readonly manifest: PackageManifest;
  readonly components: readonly Component[];
  readonly capabilityManifest: CapabilityManifest;
  readonly hosts: readonly HostSupport[];
  readonly findings: readonly Finding[];
  readonly checkCount: number;
  readonly contextTokens: number;
  readonly files: readonly { readonly path: string; readonly sizeBytes: number }[];
  /** Markdown as in the package, at most LIMITS.readmeBytes; absent when there is none. */
  readonly readme?: string;
  /** The section of CHANGELOG.md about this version, Markdown. */
  readonly changes?: string;
  /** Pictures in the package store, by hex SHA-512 of their bytes; served at `/assets/<sha512>.<extension>`. */
  readonly icon?: AssetRef;
  readonly screenshots: readonly AssetRef[];
}

export interface AssetRef {
  readonly sha512: string;
  readonly extension: 'png' | 'jpg' | 'gif' | 'webp' | 'svg';
}

export interface AgentChange {
  readonly seq: number;
  readonly name: string;
}

/**
 * The write model of publishing and the source of the catalogue. One save of an agent is one atomic step of one record; nothing
 * spans two records, so both stores can promise the same.
 */
export interface PublishingStore {
  getAgent(name: string): Promise<AgentRecord | undefined>;
  /** Many agents in one go, in no order; unknown names are left out. */
  getAgents(names: readonly string[]): Promise<AgentRecord[]>;
  /** Agents of these scopes, by name. */
  listAgentsOfScopes(scopes: readonly string[]): Promise<AgentRecord[]>;
  /**
   * Saves when the stored revision is still `expectedRevision` (0: must not exist yet) and gives the record its next revision
   * and its place in the change feed. `conflict` when somebody was faster.
   */
  saveAgent(agent: Omit<AgentRecord, 'revision' | 'seq'>, expectedRevision: number): Promise<AgentRecord | 'conflict'>;
  /** Unique by name and version: `exists` hands back the record that was first. */
  insertVersion(version: VersionRecord): Promise<'inserted' | { readonly exists: VersionRecord }>;
  getVersion(name: string, version: string): Promise<VersionRecord | undefined>;
  /** All versions of one agent in the order of inserting, also those not released yet. */
  listVersions(name: string): Promise<VersionRecord[]>;
  /** Notes that the version is named in its agent's releases: the sweep need not look at it again. */
  markReleased(name: string, version: string): Promise<void>;
  /** Versions inserted and not yet marked: leftovers of a crash, or publishes under way. */
  listUnreleased(): Promise<VersionRecord[]>;
  /** Removes a version that was never released; a released one stays. */
  removeUnreleased(name: string, version: string): Promise<void>;
  /**
   * Agents saved after `afterSeq`, each once with its last position, ascending. May repeat entries of the last seconds (on MongoDB,
   * where positions of parallel writers can become visible out of order): skip those whose `seq` you already have.
   */
  listChanges(afterSeq: number, limit: number): Promise<AgentChange[]>;
  /** The last position of the change feed; 0 before the first save. */
  lastSeq(): Promise<number>;
}
