import type {
  AgentDetail,
  AgentSummary,
  Readme,
  SearchPage,
  SearchQuery,
  Storefront,
  VersionDetail,
  VersionSummary,
} from '../../../contract/agents.ts';
import { CATEGORIES, findCategory } from '../../../contract/categories.ts';
import { HOSTS } from '../../../contract/hosts.ts';
import { DomainError } from '../../domain/errors.ts';
import { findRelease, isOffered } from '../publishing/agent-record.ts';
import type { AgentRecord, PublishingStore, Release, VersionRecord } from '../publishing/publishing.store.ts';
import { toVersionSummary } from '../publishing/version-summary.ts';
import { picturePath } from './assets.routes.ts';
import type { AgentSearch } from './catalogue.search.ts';
import type { CatalogueStore } from './catalogue.store.ts';
import { latestRelease, makeEntry } from './catalogue-entry.ts';
import { type CatalogueIndex, toSummary } from './catalogue-index.ts';
import { FEATURED } from './collections.ts';
import type { Readmes } from './readme/readmes.ts';
import type { SearchFilters } from './search/document.ts';
import type { IndexFacets, SearchRequest } from './search/search-index.ts';
import { decodeSearchCursor, encodeSearchCursor } from './search-cursor.ts';
import { findSimilar } from './similar.ts';
import { linksOf, toVersionDetail } from './version-view.ts';

export interface CatalogueReadModelOptions {
  readonly index: CatalogueIndex;
  readonly store: CatalogueStore;
  readonly publishing: Pick<PublishingStore, 'getAgent' | 'getVersion'>;
  readonly readmes: Readmes;
  readonly isVerifiedScope: (scope: string) => boolean;
}

/** From how many installs on a name is protected against imitation, and how many names at most. */
const POPULAR_INSTALLS = 500;
const POPULAR_AT_MOST = 1_000;

/** What people see of the catalogue. Names are checked ones; unknown and withdrawn things throw agent_not_found, version_not_found. */
export interface CatalogueReadModel extends AgentSearch {
  storefront(): Promise<Storefront>;
  /** Throws invalid_cursor. */
  search(query: SearchQuery): Promise<SearchPage>;
  detail(name: string): Promise<AgentDetail>;
  versions(
    name: string,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<{ items: VersionSummary[]; nextCursor?: string }>;
  version(name: string, version: string): Promise<VersionDetail>;
  readme(name: string, version: string): Promise<Readme>;
  /** Names that somebody could gain by imitating: the most installed agents. */
  popularNames(): readonly string[];
  /** Offered versions with their times, oldest first. */
  releases(name: string): Promise<readonly Release[]>;
}

const SHELF = 8;
const KIND_NAMES: Record<string, string> = {
  subagent: 'Subagents',
  skill: 'Skills',
  command: 'Commands',
  rule: 'Rules',
  hook: 'Hooks',
  mcp: 'MCP servers',
};
const PRICE_NAMES: Record<string, string> = { free: 'Free', paid: 'Paid' };

export function createCatalogueReadModel(options: CatalogueReadModelOptions): CatalogueReadModel {
  const { index, store, publishing } = options;

  async function offered(name: string): Promise<{ agent: AgentRecord; latest: Release }> {
    const agent = await publishing.getAgent(name);
    const latest = agent === undefined ? undefined : latestRelease(agent);
    if (agent === undefined || latest === undefined) {
      throw new DomainError('agent_not_found', { detail: `There is no agent called ${name}.` });
    }
    return { agent, latest };
  }

  async function recordOf(name: string, version: string): Promise<VersionRecord> {
    const record = await publishing.getVersion(name, version);
    if (record === undefined) throw new DomainError('version_not_found', { detail: `${name} has no version ${version}.` });
    return record;
  }

  async function offeredVersion(name: string, version: string) {
    const { agent } = await offered(name);
    const release = findRelease(agent, version);
    if (release === undefined || !isOffered(release)) {
      throw new DomainError('version_not_found', { detail: `${name} has no version ${version}.` });
    }
    return { agent, release, record: await recordOf(name, version) };
  }

  async function shelf(request: Partial<SearchRequest>): Promise<AgentSummary[]> {
    return index.summaries(index.search.search({ query: '', filters: {}, sort: 'installs', limit: SHELF, ...request }).names);
  }

  return {
    async storefront() {
      const everything = index.search.search({ query: '', filters: {}, sort: 'installs', limit: SHELF });
      const collections = await store.listCollections();
      const resolved = await Promise.all(
        collections.map(async ({ id, name, description, agents }) => ({
          id,
          name,
          description,
          agents: await index.summaries(agents),
        })),
      );
      const featured = resolved.find((collection) => collection.id === FEATURED)?.agents ?? [];
      return {
        featured: featured.length > 0 ? featured : await index.summaries(everything.names),
        trending: await shelf({ sort: 'trending' }),
        recent: await shelf({ sort: 'updated' }),
        categories: everything.facets.categories.map(({ id, count }) => ({ id, name: findCategory(id)?.name ?? id, count })),
        collections: resolved.filter((collection) => collection.id !== FEATURED && collection.agents.length > 0),
        totalAgents: everything.total,
      };
    },

    async search(query) {
      const hits = index.search.search({
        query: query.q,
        filters: filtersOf(query),
        sort: query.sort,
        limit: query.limit,
        after: decodeSearchCursor(query),
      });
      return {
        items: await index.summaries(hits.names),
        ...(hits.next === undefined ? {} : { nextCursor: encodeSearchCursor(query, hits.next) }),
        total: hits.total,
        facets: nameFacets(hits.facets),
        ...(hits.didYouMean === undefined ? {} : { didYouMean: hits.didYouMean }),
      };
    },

    popularNames() {
      const top = index.search.search({ query: '', filters: {}, sort: 'installs', limit: POPULAR_AT_MOST });
      return top.names.filter((name) => index.numbersOf(name).installs >= POPULAR_INSTALLS);
    },

    async searchByOffset(text, from, size) {
      const hits = index.search.search({ query: text, filters: {}, sort: 'relevance', limit: from + size });
      return { total: hits.total, agents: await index.summaries(hits.names.slice(from)) };
    },

    async detail(name) {
      const { agent, latest } = await offered(name);
      const record = await recordOf(name, latest.version);
      const entry = makeEntry({ agent, latest: record, isVerified: options.isVerifiedScope(agent.scope) });
      if (entry.listing === undefined) throw new DomainError('agent_not_found');
      const summary = toSummary(entry.listing, index.numbersOf(name));
      return {
        ...summary,
        description: record.manifest.agent.description ?? '',
        latest: toVersionDetail(agent, latest, record),
        versionCount: agent.releases.filter(isOffered).length,
        links: linksOf(record),
        screenshots: record.screenshots.map(picturePath),
        similar: await index.summaries(findSimilar(index.search, summary)),
      };
    },

    async versions(name, { cursor, limit }) {
      const { agent } = await offered(name);
      const releases = agent.releases.filter(isOffered).reverse();
      const start = cursor === undefined ? 0 : positionAfter(releases, cursor);
      const page = releases.slice(start, start + limit);
      const items = await Promise.all(
        page.map(async (release) => toVersionSummary(agent, release, await recordOf(name, release.version))),
      );
      const last = page.at(-1);
      const isMore = start + limit < releases.length && last !== undefined;
      return { items, ...(isMore ? { nextCursor: Buffer.from(last.version).toString('base64url') } : {}) };
    },

    async version(name, version) {
      const { agent, release, record } = await offeredVersion(name, version);
      return toVersionDetail(agent, release, record);
    },

    async readme(name, version) {
      const { record } = await offeredVersion(name, version);
      return options.readmes.get(record);
    },

    async releases(name) {
      const { agent } = await offered(name);
      return agent.releases.filter(isOffered);
    },
  };
}

function filtersOf({ category, host, kind, capability, price, scope }: SearchQuery): SearchFilters {
  return { category, host, kind, capability, price, scope };
}

/** The cursor of a version list is the last version shown: versions are never removed, only withdrawn, which ends the list early at worst. */
function positionAfter(releases: readonly Release[], cursor: string): number {
  const version = Buffer.from(cursor, 'base64url').toString('utf8');
  const at = releases.findIndex((release) => release.version === version);
  if (at < 0)
    throw new DomainError('invalid_cursor', { detail: 'The cursor does not belong to this list. Start again without it.' });
  return at + 1;
}

function nameFacets({ categories, hosts, kinds, prices }: IndexFacets): SearchPage['facets'] {
  const named = (counts: IndexFacets['categories'], nameOf: (id: string) => string | undefined) =>
    counts.filter(({ count }) => count > 0).map(({ id, count }) => ({ id, name: nameOf(id) ?? id, count }));
  return {
    categories: named(categories, (id) => CATEGORIES.find((category) => category.id === id)?.name),
    hosts: named(hosts, (id) => HOSTS.find((host) => host.id === id)?.name),
    kinds: named(kinds, (id) => KIND_NAMES[id]),
    prices: named(prices, (id) => PRICE_NAMES[id]),
  };
}
