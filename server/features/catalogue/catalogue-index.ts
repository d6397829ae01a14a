import type { AgentSummary } from '../../../contract/agents.ts';
import type { PublishingStore, VersionRecord } from '../publishing/publishing.store.ts';
import type { UsageStore, UsageTotals } from '../usage/usage.store.ts';
import type { CatalogueEntry, CatalogueStore, Listing } from './catalogue.store.ts';
import { ENTRY_FORMAT } from './catalogue.store.ts';
import { type LiveNumbers, latestRelease, makeEntry, NO_NUMBERS, toDocument } from './catalogue-entry.ts';
import type { SearchDocument } from './search/document.ts';
import { type SearchChanges, SearchIndex } from './search/search-index.ts';

export interface CatalogueIndexOptions {
  readonly publishing: Pick<PublishingStore, 'getAgents' | 'getVersion' | 'listChanges'>;
  readonly store: CatalogueStore;
  readonly usage: Pick<UsageStore, 'listTotals'>;
  readonly isVerifiedScope: (scope: string) => boolean;
  /** Called after agents or their numbers have changed. */
  readonly onChanged: () => void;
}

/** The search index and the live numbers of every agent, kept fresh from the change feed and the usage totals. */
export interface CatalogueIndex {
  readonly search: SearchIndex;
  /** Reads everything once. */
  load(): Promise<void>;
  /** Takes over what has changed since. One call at a time. */
  refresh(): Promise<void>;
  /** Rows in the order of the names; agents that are not listed are left out. */
  summaries(names: readonly string[]): Promise<AgentSummary[]>;
  numbersOf(name: string): LiveNumbers;
}

const PAGE = 500;
/** Agents that are indexed at a time while everything is loaded: bounds the memory their texts take. */
const PART = 10_000;
/** Totals carry the time of the node that folded; clocks of nodes may differ by this much. */
const TOTALS_OVERLAP_MS = 10_000;

export function createCatalogueIndex(options: CatalogueIndexOptions): CatalogueIndex {
  const { publishing, store, usage } = options;
  const search = new SearchIndex();
  /** Feed position of each entry in the index. */
  const seqs = new Map<string, number>();
  const numbers = new Map<string, UsageTotals>();
  let feedPosition = 0;
  let totalsPosition = 0;

  const numbersOf = (name: string): LiveNumbers => numbers.get(name) ?? NO_NUMBERS;

  async function versionOf(name: string, version: string | undefined): Promise<VersionRecord | undefined> {
    return version === undefined ? undefined : publishing.getVersion(name, version);
  }

  async function makeEntries(names: readonly string[]): Promise<CatalogueEntry[]> {
    const agents = await publishing.getAgents(names);
    return Promise.all(
      agents.map(async (agent) => {
        const latest = await versionOf(agent.name, latestRelease(agent)?.version);
        return makeEntry({ agent, latest, isVerified: options.isVerifiedScope(agent.scope) });
      }),
    );
  }

  /** Follows the feed to its end: pages of entries that have changed. */
  async function* followFeed(): AsyncGenerator<readonly CatalogueEntry[]> {
    for (;;) {
      const changes = await publishing.listChanges(feedPosition, PAGE);
      const fresh = changes.filter((change) => change.seq > (seqs.get(change.name) ?? 0));
      const entries = fresh.length === 0 ? [] : await makeEntries(fresh.map((change) => change.name));
      for (const entry of entries) {
        await store.putEntry(entry);
        seqs.set(entry.name, entry.seq);
      }
      yield entries;
      for (const change of changes) feedPosition = Math.max(feedPosition, change.seq);
      if (changes.length < PAGE) return;
    }
  }

  /** Pages of the kept entries. One of another format is passed over: it is made again when the feed comes by it. */
  async function* keptEntries(): AsyncGenerator<readonly CatalogueEntry[]> {
    for (let after = ''; ; ) {
      const page = await store.listEntries(after, PAGE);
      const usable = page.filter((entry) => entry.format === ENTRY_FORMAT);
      for (const entry of usable) seqs.set(entry.name, entry.seq);
      yield usable;
      if (page.length < PAGE) return;
      after = page.at(-1)?.name ?? '';
    }
  }

  /** Everything for the index: what is kept, then what has changed since, in parts of some size. */
  async function* allParts(): AsyncGenerator<SearchChanges> {
    let put = new Map<string, SearchDocument>();
    let remove: string[] = [];
    for (const source of [keptEntries, followFeed]) {
      for await (const entries of source()) {
        for (const { name, listing } of entries) {
          if (listing === undefined) remove.push(name);
          if (listing === undefined) put.delete(name);
          else put.set(name, toDocument(listing, numbersOf(name)));
        }
        if (put.size < PART) continue;
        yield { put: [...put.values()], remove };
        put = new Map();
        remove = [];
      }
    }
    yield { put: [...put.values()], remove };
  }

  /** Totals saved since the last call, each once with its newest state. */
  async function readTotals(): Promise<Map<string, UsageTotals>> {
    const changed = new Map<string, UsageTotals>();
    let after: UsageTotals | undefined;
    for (;;) {
      const page = await usage.listTotals(Math.max(0, totalsPosition - TOTALS_OVERLAP_MS), after, PAGE);
      for (const totals of page) {
        const known = numbers.get(totals.agent);
        if (known === undefined || isDifferent(known, totals)) changed.set(totals.agent, totals);
        numbers.set(totals.agent, totals);
      }
      after = page.at(-1);
      if (page.length < PAGE) break;
    }
    totalsPosition = Math.max(totalsPosition, after?.freshAt ?? 0);
    return changed;
  }

  async function load(): Promise<void> {
    await readTotals();
    await search.load(allParts());
    options.onChanged();
  }

  async function refresh(): Promise<void> {
    const changed = await readTotals();
    const put = new Map<string, Listing>();
    const remove: string[] = [];
    for await (const entries of followFeed()) {
      for (const { name, listing } of entries) {
        if (listing === undefined) remove.push(name);
        else put.set(name, listing);
      }
    }
    await reRank(changed, put);
    if (put.size === 0 && remove.length === 0 && changed.size === 0) return;
    if (put.size > 0 || remove.length > 0) {
      search.apply({ put: [...put].map(([name, listing]) => toDocument(listing, numbersOf(name))), remove });
    }
    options.onChanged();
  }

  /** New numbers go into the sort columns; an agent whose rank moved with them is put in again. */
  async function reRank(changed: ReadonlyMap<string, UsageTotals>, put: Map<string, Listing>): Promise<void> {
    const listed = [...changed.keys()].filter((name) => !put.has(name) && search.has(name));
    for (let start = 0; start < listed.length; start += PAGE) {
      for (const { name, listing } of await store.getEntries(listed.slice(start, start + PAGE))) {
        if (listing === undefined) continue;
        const document = toDocument(listing, numbersOf(name));
        if (search.rankOf(name) === document.rank) search.setStatistics(name, document);
        else put.set(name, listing);
      }
    }
  }

  return {
    search,
    load,
    refresh,
    numbersOf,
    async summaries(names) {
      const entries = new Map((await store.getEntries(names)).map((entry) => [entry.name, entry]));
      return names.flatMap((name) => {
        const listing = entries.get(name)?.listing;
        return listing === undefined ? [] : [toSummary(listing, numbersOf(name))];
      });
    },
  };
}

export function toSummary({ summary }: Listing, { installs, activeInstalls }: LiveNumbers): AgentSummary {
  return { ...summary, installs, activeInstalls };
}

function isDifferent(a: UsageTotals, b: UsageTotals): boolean {
  return a.installs !== b.installs || a.activeInstalls !== b.activeInstalls || a.trending !== b.trending;
}
