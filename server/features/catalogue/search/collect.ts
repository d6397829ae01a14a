import { FACET_IDS, maskOf, type SearchFilters } from './document.ts';
import type { Segment } from './segment.ts';

export type FacetName = 'categories' | 'hosts' | 'kinds' | 'prices';

/** How often each combination of ids was met; spread over single ids once at the end. */
export interface FacetCounters {
  readonly categories: Uint32Array;
  readonly hosts: Uint32Array;
  readonly kinds: Uint32Array;
  readonly prices: Uint32Array;
}

export function newFacetCounters(): FacetCounters {
  return {
    categories: new Uint32Array(2 ** FACET_IDS.categories.length),
    hosts: new Uint32Array(2 ** FACET_IDS.hosts.length),
    kinds: new Uint32Array(2 ** FACET_IDS.kinds.length),
    prices: new Uint32Array(2),
  };
}

/** Count of each id out of the counts of combinations. */
export function spreadFacet(ids: readonly string[], counts: Uint32Array): { id: string; count: number }[] {
  const totals = ids.map(() => 0);
  counts.forEach((count, mask) => {
    if (count === 0) return;
    for (let bit = 0; bit < ids.length; bit++) if (mask & (1 << bit)) totals[bit] = (totals[bit] as number) + count;
  });
  return ids.map((id, bit) => ({ id, count: totals[bit] as number }));
}

/** Filters against one segment's columns. Bits of `misses` say which facet's filter a document fails. */
export interface SegmentFilter {
  readonly category: number;
  readonly host: number;
  readonly kind: number;
  readonly capability: number;
  /** 0 free, 1 paid, 2 either. */
  readonly price: number;
  readonly scopeFrom: number;
  readonly scopeTo: number;
}

const MISS = { category: 1, host: 2, kind: 4, price: 8, other: 16 } as const;

export function compileFilter(segment: Segment, filters: SearchFilters): SegmentFilter {
  const [scopeFrom, scopeTo] = filters.scope === undefined ? [0, segment.names.length] : nameRange(segment, `${filters.scope}/`);
  return {
    category: maskOf(FACET_IDS.categories, filters.category === undefined ? [] : [filters.category]),
    host: maskOf(FACET_IDS.hosts, filters.host === undefined ? [] : [filters.host]),
    kind: maskOf(FACET_IDS.kinds, filters.kind === undefined ? [] : [filters.kind]),
    capability: maskOf(FACET_IDS.capabilities, filters.capability === undefined ? [] : [filters.capability]),
    price: filters.price === undefined ? 2 : filters.price === 'paid' ? 1 : 0,
    scopeFrom,
    scopeTo,
  };
}

/** Places in the order of names whose name begins with `prefix`. */
function nameRange(segment: Segment, prefix: string): [number, number] {
  const nameAt = (place: number) => segment.names[segment.byName[place] as number] as string;
  let from = 0;
  let to = segment.names.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (nameAt(middle) < prefix) from = middle + 1;
    else to = middle;
  }
  let end = segment.names.length;
  let low = from;
  while (low < end) {
    const middle = (low + end) >>> 1;
    if (nameAt(middle).startsWith(prefix)) low = middle + 1;
    else end = middle;
  }
  return [from, low];
}

/**
 * Counts a live hit into the facets and says whether it passes all filters. A facet counts what would be found without
 * its own filter, so that its other values stay choosable.
 */
export function passesFilter(segment: Segment, filter: SegmentFilter, id: number, counters: FacetCounters): boolean {
  const { columns } = segment;
  const categories = columns.categories[id] as number;
  const hosts = columns.hosts[id] as number;
  const kinds = columns.kinds[id] as number;
  const paid = columns.isPaid[id] as number;
  const place = segment.nameOrder[id] as number;
  let misses = 0;
  if (filter.category !== 0 && (categories & filter.category) === 0) misses |= MISS.category;
  if (filter.host !== 0 && (hosts & filter.host) === 0) misses |= MISS.host;
  if (filter.kind !== 0 && (kinds & filter.kind) === 0) misses |= MISS.kind;
  if (filter.price !== 2 && paid !== filter.price) misses |= MISS.price;
  if (filter.capability !== 0 && ((columns.capabilities[id] as number) & filter.capability) === 0) misses |= MISS.other;
  if (place < filter.scopeFrom || place >= filter.scopeTo) misses |= MISS.other;
  if ((misses & ~MISS.category) === 0) add(counters.categories, categories);
  if ((misses & ~MISS.host) === 0) add(counters.hosts, hosts);
  if ((misses & ~MISS.kind) === 0) add(counters.kinds, kinds);
  if ((misses & ~MISS.price) === 0) add(counters.prices, paid);
  return misses === 0;
}

function add(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] as number) + 1;
}

/** The `limit` smallest entries by (first, second), kept sorted while they are offered. */
export class TopList {
  readonly ids: Uint32Array;
  readonly #first: Float64Array;
  readonly #second: Uint32Array;
  length = 0;

  constructor(limit: number) {
    this.ids = new Uint32Array(limit);
    this.#first = new Float64Array(limit);
    this.#second = new Uint32Array(limit);
  }

  offer(id: number, first: number, second: number): void {
    const limit = this.ids.length;
    if (this.length === limit && !this.#isBelow(first, second, limit - 1)) return;
    let at = this.length < limit ? this.length++ : limit - 1;
    while (at > 0 && this.#isBelow(first, second, at - 1)) {
      this.ids[at] = this.ids[at - 1] as number;
      this.#first[at] = this.#first[at - 1] as number;
      this.#second[at] = this.#second[at - 1] as number;
      at--;
    }
    this.ids[at] = id;
    this.#first[at] = first;
    this.#second[at] = second;
  }

  #isBelow(first: number, second: number, at: number): boolean {
    const other = this.#first[at] as number;
    return first < other || (first === other && second < (this.#second[at] as number));
  }
}
