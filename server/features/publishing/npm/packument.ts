import type { Packument } from '../../../../contract/npm.ts';
import { isOffered } from '../agent-record.ts';
import type { AgentRecord, Release, VersionRecord } from '../publishing.store.ts';
import { tarballPath } from './npm-paths.ts';

type PackumentVersion = Packument['versions'][string];

/** Fields of package.json that an installing client needs; the rest only weighs. From npm's package metadata document. */
const INSTALL_FIELDS = [
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'bundleDependencies',
  'bundledDependencies',
  'acceptDependencies',
  'bin',
  'directories',
  'engines',
  'os',
  'cpu',
  'libc',
  'funding',
] as const;

const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'] as const;

/** `origin` such as `http://127.0.0.1:3900`; every address inside the document is absolute, as npm needs it. */
export interface PackumentInput {
  readonly agent: AgentRecord;
  readonly versions: readonly VersionRecord[];
  readonly origin: string;
}

function distOf(record: VersionRecord, origin: string): PackumentVersion['dist'] {
  return {
    tarball: `${origin}${tarballPath(record.name, record.version)}`,
    integrity: record.integrity,
    shasum: record.shasum,
    fileCount: record.files.length,
    unpackedSize: record.unpackedBytes,
    signatures: [record.signature],
  };
}

function hasInstallScript(manifest: Readonly<Record<string, unknown>>): boolean {
  const { scripts } = manifest;
  return typeof scripts === 'object' && scripts !== null && INSTALL_SCRIPTS.some((name) => Object.hasOwn(scripts, name));
}

function fullVersion(record: VersionRecord, release: Release, origin: string): PackumentVersion {
  return {
    ...record.manifest,
    _id: `${record.name}@${record.version}`,
    name: record.name,
    version: record.version,
    ...(hasInstallScript(record.manifest) ? { hasInstallScript: true } : {}),
    ...(release.deprecation === undefined ? {} : { deprecated: release.deprecation }),
    dist: distOf(record, origin),
  };
}

function abbreviatedVersion(record: VersionRecord, release: Release, origin: string): PackumentVersion {
  const manifest: Readonly<Record<string, unknown>> = record.manifest;
  const kept = INSTALL_FIELDS.filter((field) => manifest[field] !== undefined).map((field) => [field, manifest[field]]);
  return {
    ...Object.fromEntries(kept),
    name: record.name,
    version: record.version,
    ...(hasInstallScript(manifest) ? { hasInstallScript: true } : {}),
    ...(release.deprecation === undefined ? {} : { deprecated: release.deprecation }),
    dist: distOf(record, origin),
  };
}

function offeredPairs({ agent, versions }: PackumentInput): { record: VersionRecord; release: Release }[] {
  return agent.releases.filter(isOffered).flatMap((release) => {
    const record = versions.find((version) => version.version === release.version);
    return record === undefined ? [] : [{ record, release }];
  });
}

/** Tags that point at something offered. When `latest` was withdrawn, the newest offered release takes its place. */
export function offeredTags(agent: AgentRecord): Record<string, string> {
  const offered = agent.releases.filter(isOffered).map((release) => release.version);
  const tags = Object.fromEntries(Object.entries(agent.distTags).filter(([, version]) => offered.includes(version)));
  const newest = offered.at(-1);
  return newest === undefined ? tags : { latest: newest, ...tags };
}

/** The whole packument with times; undefined when no version is offered. */
export function fullPackument(input: PackumentInput): Packument | undefined {
  const { agent, origin } = input;
  const pairs = offeredPairs(input);
  const tags = offeredTags(agent);
  const latest = pairs.find(({ record }) => record.version === tags.latest)?.record.manifest;
  if (latest === undefined) return undefined;
  const { description, license, keywords, author, homepage, repository, bugs } = latest;
  const about = { description, license, keywords, author, homepage, repository, bugs };
  return {
    _id: agent.name,
    // npm's deprecate and unpublish send it back; the compare-and-set happens on our side.
    _rev: `${agent.revision}-${agent.seq}`,
    name: agent.name,
    'dist-tags': tags,
    versions: Object.fromEntries(pairs.map(({ record, release }) => [record.version, fullVersion(record, release, origin)])),
    time: {
      created: agent.createdAt,
      modified: agent.updatedAt,
      ...Object.fromEntries(pairs.map(({ release }) => [release.version, release.publishedAt])),
    },
    ...Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined)),
  };
}

/** The install form (`application/vnd.npm.install-v1+json`); undefined when no version is offered. */
export function abbreviatedPackument(input: PackumentInput): Packument | undefined {
  const { agent, origin } = input;
  const pairs = offeredPairs(input);
  if (pairs.length === 0) return undefined;
  return {
    name: agent.name,
    modified: agent.updatedAt,
    'dist-tags': offeredTags(agent),
    versions: Object.fromEntries(
      pairs.map(({ record, release }) => [record.version, abbreviatedVersion(record, release, origin)]),
    ),
  };
}
