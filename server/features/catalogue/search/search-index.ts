import { buildSegment } from './build-segment.ts';
import { collectHits, type FacetCounters, newFacetCounters, spreadFacet } from './collect.ts';
import { FACET_IDS, type SearchDocument, type SearchFilters } from './document.ts';
import { matchAllWords, matchAnyWord, Scratch, scoreHits } from './match.ts';
import { mergeSegments } from './merge-segments.ts';
import { comparePlaces, type PlaceKey, placeOf, type SearchSort } from './page-order.ts';
import { planQuery, type QueryPlan } from './plan.ts';
import { TIER } from './rank.ts';
import { releaseSegment } from './release.ts';
import { findDocument, type Segment } from './segment.ts';
import { runNow, runSliced, type Sliced } from './slices.ts';

export interface SearchRequest {
  readonly query: string;
  readonly filters: SearchFilters;
  /** Relevance without a query is the order by installs. */
  readonly sort: SearchSort;
  /** 1 to 100. */
  readonly limit: number;
  /** Go on behind this place; from `next` of the page before. */
  readonly after?: PlaceKey | undefined;
}

export interface IndexFacets {
  readonly categories: readonly { id: string; count: number }[];
  readonly hosts: readonly { id: string; count: number }[];
  readonly kinds: readonly { id: string; count: number }[];
  readonly prices: readonly { id: string; count: number }[];
}

export interface SearchHits {
  /** Names of agents in order. */
  readonly names: readonly string[];
  readonly total: number;
  readonly facets: IndexFacets;
  readonly next?: PlaceKey;
  readonly didYouMean?: string;
}

/** Agents to add or replace, with distinct names, and names of agents to remove. */
export interface SearchChanges {
  readonly put: readonly SearchDocument[];
  readonly remove: readonly string[];
}

interface Candidate {
  readonly place: PlaceKey;
}

/** The small segment is rebuilt on each change; beyond this it is merged into the main one. */
const MERGE_AT = 512;
const MAX_LISTINGS = 500;
const MAX_PARTS = 8;

/**
 * In-process search over all agents: one large immutable segment, one small one for recent changes, deleted bits.
 * All methods but `load` and `merge` are synchronous; a change is visible to the next search.
 */
export class SearchIndex {
  #main: Segment = runNow(buildSegment([]));
  /** Frozen while it is being merged into the main segment. */
  #merging: Segment | undefined;
  #small: Segment = runNow(buildSegment([]));
  /** Documents of the small segment: it is rebuilt from them. */
  #recent = new Map<string, SearchDocument>();
  readonly #scratch = new Scratch();
  #mergeRun: Promise<void> | undefined;
  #size = 0;
  /** Lists without a query, which everybody asks for: kept until something changes. */
  readonly #listings = new Map<string, SearchHits>();

  /** Number of agents. */
  get size(): number {
    return this.#size;
  }

  /**
   * Replaces everything. Sliced, so that the process keeps answering meanwhile; in parts, so that the texts of all agents are
   * never in memory at once. A later part replaces what earlier ones said about an agent.
   */
  async load(parts: Iterable<SearchChanges> | AsyncIterable<SearchChanges>): Promise<void> {
    let segments: Segment[] = [];
    for await (const part of parts) {
      for (const name of changedNames(part)) deleteFrom(segments, name);
      segments.push(await runSliced(buildSegment(part.put, false)));
      if (segments.length >= MAX_PARTS) segments = [await mergeAndRelease(segments)];
    }
    const main = await mergeAndRelease(segments);
    this.#listings.clear();
    this.#main = main;
    this.#merging = undefined;
    this.#recent = new Map();
    this.#small = runNow(buildSegment([]));
    this.#size = this.#liveInSegments();
  }

  /** Adds or replaces agents, and removes others by name. */
  apply(changes: SearchChanges): void {
    this.#listings.clear();
    for (const name of changedNames(changes)) {
      this.#recent.delete(name);
      deleteFrom(this.#segments(), name);
    }
    for (const document of changes.put) this.#recent.set(document.name, document);
    this.#size = this.#liveInSegments() + this.#recent.size;
    this.#small = runNow(buildSegment([...this.#recent.values()]));
    if (this.#recent.size > MERGE_AT) void this.merge();
  }

  /** Changes the sort columns of an agent in place; its rank changes only with `apply`. */
  setStatistics(name: string, statistics: { readonly installs: number; readonly trending: number }): void {
    this.#listings.clear();
    for (const segment of this.#segments()) {
      const id = findDocument(segment, name);
      if (id < 0) continue;
      segment.columns.installs[id] = statistics.installs;
      segment.columns.trending[id] = statistics.trending;
    }
    const recent = this.#recent.get(name);
    if (recent !== undefined) this.#recent.set(name, { ...recent, ...statistics });
  }

  /** Static rank of an agent; undefined when it is not there. */
  rankOf(name: string): number | undefined {
    for (const segment of this.#segments()) {
      const id = findDocument(segment, name);
      if (id >= 0) return segment.columns.rank[id];
    }
    return undefined;
  }

  has(name: string): boolean {
    return this.#segments().some((segment) => findDocument(segment, name) >= 0);
  }

  /** Folds the small segment into the main one, in slices. Runs once at a time; resolves when it is done. */
  merge(): Promise<void> {
    this.#mergeRun ??= runSliced(this.#mergeSmall()).finally(() => {
      this.#mergeRun = undefined;
    });
    return this.#mergeRun;
  }

  search(request: SearchRequest): SearchHits {
    if (request.query !== '' || request.after !== undefined) return this.#search(request);
    const key = JSON.stringify([request.sort, request.limit, request.filters]);
    const known = this.#listings.get(key);
    if (known !== undefined) return known;
    const hits = this.#search(request);
    if (this.#listings.size >= MAX_LISTINGS) this.#listings.clear();
    this.#listings.set(key, hits);
    return hits;
  }

  #search(request: SearchRequest): SearchHits {
    const segments = this.#segments();
    const plan = planQuery(segments, request.query);
    const isListing = plan.words.length === 0;
    const sort = isListing && request.sort === 'relevance' ? 'installs' : request.sort;
    const counters = newFacetCounters();
    const outcome = isListing
      ? this.#collect(segments, { ...request, sort }, counters, listAll)
      : this.#collectMatches(segments, plan, { ...request, sort }, counters);
    const page = outcome.candidates.sort((a, b) => comparePlaces(sort, a.place, b.place));
    const last = page[request.limit - 1];
    const isWritten = outcome.bestTier >= TIER.word;
    return {
      names: page.slice(0, request.limit).map((candidate) => candidate.place.name),
      total: outcome.total,
      facets: facetsOf(counters),
      ...(page.length > request.limit && last !== undefined ? { next: last.place } : {}),
      ...(plan.didYouMean !== undefined && !isWritten ? { didYouMean: plan.didYouMean } : {}),
    };
  }

  #collectMatches(segments: readonly Segment[], plan: QueryPlan, request: SearchRequest, counters: FacetCounters): Outcome {
    const all = this.#collect(segments, request, counters, (segment, number, scratch) => {
      matchAllWords(segment, number, plan, scratch);
      scoreHits(segment, plan, scratch, false);
    });
    if (all.live > 0 || plan.words.length < 2) return all;
    return this.#collect(segments, request, counters, (segment, number, scratch) => {
      matchAnyWord(segment, number, plan, scratch);
      scoreHits(segment, plan, scratch, true);
    });
  }

  #collect(segments: readonly Segment[], request: SearchRequest, counters: FacetCounters, match: Match): Outcome {
    const candidates: Candidate[] = [];
    let total = 0;
    let live = 0;
    let best = 0;
    const scratch = this.#scratch;
    segments.forEach((segment, number) => {
      match(segment, number, scratch);
      const found = collectHits(segment, scratch, counters, { ...request, limit: request.limit + 1 });
      scratch.clear();
      total += found.total;
      live += found.live;
      best = Math.max(best, found.bestScore);
      for (let at = 0; at < found.top.length; at++) {
        const place = placeOf(segment, found.top.ids[at] as number, found.top.firsts[at] as number);
        candidates.push({ place });
      }
    });
    return { candidates, total, live, bestTier: Math.floor((best - 1) / 256) };
  }

  #segments(): Segment[] {
    const segments = [this.#main, this.#merging, this.#small];
    return segments.filter((segment): segment is Segment => segment !== undefined && segment.names.length > 0);
  }

  #liveInSegments(): number {
    let live = 0;
    for (const segment of [this.#main, this.#merging]) {
      if (segment === undefined) continue;
      live += segment.deleted.length;
      for (const deleted of segment.deleted) live -= deleted;
    }
    return live;
  }

  *#mergeSmall(): Sliced<void> {
    if (this.#recent.size === 0) return;
    const main = this.#main;
    this.#merging = this.#small;
    this.#recent = new Map();
    this.#small = runNow(buildSegment([]));
    const merged = yield* mergeSegments([main, this.#merging]);
    // a `load` in between has replaced both
    if (this.#main !== main) return;
    const old = [main, this.#merging];
    this.#main = merged;
    this.#merging = undefined;
    for (const segment of old) if (segment !== undefined) releaseSegment(segment);
  }
}

async function mergeAndRelease(segments: readonly Segment[]): Promise<Segment> {
  const merged = await runSliced(mergeSegments(segments));
  for (const segment of segments) releaseSegment(segment);
  return merged;
}

function changedNames({ put, remove }: SearchChanges): string[] {
  return [...remove, ...put.map((document) => document.name)];
}

function deleteFrom(segments: readonly Segment[], name: string): void {
  for (const segment of segments) {
    const id = findDocument(segment, name);
    if (id >= 0) segment.deleted[id] = 1;
  }
}

type Match = (segment: Segment, number: number, scratch: Scratch) => void;
interface Outcome {
  readonly candidates: Candidate[];
  readonly total: number;
  /** Hits before filters. */
  readonly live: number;
  readonly bestTier: number;
}

const listAll: Match = (segment, _number, scratch) => {
  const count = segment.names.length;
  scratch.reserve(count);
  for (let id = 0; id < count; id++) scratch.hits[id] = id;
  scratch.hitCount = count;
};

function facetsOf(counters: FacetCounters): IndexFacets {
  return {
    categories: spreadFacet(FACET_IDS.categories, counters.categories),
    hosts: spreadFacet(FACET_IDS.hosts, counters.hosts),
    kinds: spreadFacet(FACET_IDS.kinds, counters.kinds),
    prices: spreadFacet(['free', 'paid'], countersByPlace(counters.prices)),
  };
}

/** The price column is a value, not a set: value 0 is bit 0, value 1 is bit 1. */
function countersByPlace(counts: Uint32Array): Uint32Array {
  return Uint32Array.of(0, counts[0] as number, counts[1] as number);
}
