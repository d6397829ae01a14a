import semver from 'semver';
import { type CategoryId, findCategory } from '../../../contract/categories.ts';
import { COMPONENT_KINDS } from '../../../contract/components.ts';
import { isOffered } from '../publishing/agent-record.ts';
import type { AgentRecord, Release, VersionRecord } from '../publishing/publishing.store.ts';
import { picturePath } from './assets.routes.ts';
import { type CatalogueEntry, ENTRY_FORMAT, type Listing } from './catalogue.store.ts';
import { identiconPath } from './identicon.ts';
import type { SearchDocument } from './search/document.ts';
import { staticRank } from './search/rank.ts';

/** Live numbers of an agent, from the usage totals. */
export interface LiveNumbers {
  readonly installs: number;
  readonly activeInstalls: number;
  readonly trending: number;
}

export const NO_NUMBERS: LiveNumbers = { installs: 0, activeInstalls: 0, trending: 0 };

/** The release that people get by default: the dist-tag `latest` while it is offered, else the highest one that is. */
export function latestRelease(agent: AgentRecord): Release | undefined {
  const offered = agent.releases.filter(isOffered);
  const tagged = offered.find((release) => release.version === agent.distTags.latest);
  return tagged ?? offered.sort((a, b) => semver.rcompare(a.version, b.version))[0];
}

export interface EntrySource {
  readonly agent: AgentRecord;
  /** The record of `latestRelease(agent)`; absent when there is none. */
  readonly latest?: VersionRecord | undefined;
  readonly isVerified: boolean;
}

export function makeEntry({ agent, latest, isVerified }: EntrySource): CatalogueEntry {
  const release = latestRelease(agent);
  const base = { name: agent.name, seq: agent.seq, format: ENTRY_FORMAT };
  if (release === undefined || latest === undefined) return base;
  return { ...base, listing: makeListing(agent, release, latest, isVerified) };
}

function makeListing(agent: AgentRecord, release: Release, latest: VersionRecord, isVerified: boolean): Listing {
  const { manifest } = latest;
  const categories = categoriesOf(latest);
  const first = agent.releases[0];
  return {
    summary: {
      name: agent.name,
      displayName: manifest.agent.displayName,
      summary: manifest.description,
      publisher: { scope: agent.scope, displayName: publisherName(latest, agent.scope, isVerified), isVerified },
      latestVersion: latest.version,
      categories,
      keywords: manifest.keywords,
      componentKinds: COMPONENT_KINDS.filter((kind) => latest.components.some((component) => component.kind === kind)),
      capabilities: latest.capabilityManifest.capabilities.map((use) => use.id),
      hosts: latest.hosts.filter((support) => support.isFaithful).map((support) => support.host),
      price: { kind: 'free' },
      license: manifest.license,
      iconPath: latest.icon === undefined ? identiconPath(agent.name) : picturePath(latest.icon),
      isDeprecated: release.deprecation !== undefined,
      publishedAt: first?.publishedAt ?? agent.createdAt,
      updatedAt: release.publishedAt,
    },
    searchWords: [
      ...categories.map((id) => findCategory(id)?.name ?? id),
      ...latest.components.filter((component) => component.kind !== 'hook').map((component) => component.name),
    ],
    isSunk: release.deprecation !== undefined || release.reviewState !== 'passed',
    quality: {
      hasReadme: (latest.readme?.length ?? 0) > 200,
      hasIcon: latest.icon !== undefined,
      hasLongDescription: manifest.agent.description !== undefined,
      hasChangelog: latest.changes !== undefined,
      isVerifiedPublisher: isVerified,
      hasFindings: latest.findings.length > 0,
    },
  };
}

export function categoriesOf({ manifest }: VersionRecord): CategoryId[] {
  const ids = manifest.agent.categories.map((category) => findCategory(category)?.id);
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** An author's own words only count for a verified publisher: anybody may write any name into a package. */
function publisherName({ manifest }: VersionRecord, scope: string, isVerified: boolean): string {
  const { author } = manifest;
  const name = typeof author === 'string' ? author.replace(/\s*[<(].*$/, '') : author?.name;
  return isVerified && name !== undefined && name !== '' ? name : scope.slice(1);
}

export function toDocument({ summary, searchWords, isSunk, quality }: Listing, numbers: LiveNumbers): SearchDocument {
  return {
    name: summary.name,
    displayName: summary.displayName,
    summary: summary.summary,
    keywords: [...summary.keywords, ...searchWords],
    categories: summary.categories,
    hosts: summary.hosts,
    kinds: summary.componentKinds,
    capabilities: summary.capabilities,
    isPaid: summary.price.kind !== 'free',
    isSunk,
    rank: staticRank({ ...quality, ...numbers }),
    installs: numbers.installs,
    trending: numbers.trending,
    updatedAt: Date.parse(summary.updatedAt),
  };
}
