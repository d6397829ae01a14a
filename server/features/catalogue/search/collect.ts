import { FACET_IDS, maskOf, type SearchFilters, TRAITS } from './document.ts';
import type { Scratch } from './match.ts';
import { type HitOrder, orderOf, type PlaceKey, type SearchSort, secondAfter } from './page-order.ts';
import { firstNotBelow, type Segment } from './segment.ts';

/** How often each combination of ids was met; spread over single ids once at the end. */
export interface FacetCounters {
  readonly categories: Uint32Array;
  readonly hosts: Uint32Array;
  readonly kinds: Uint32Array;
  readonly prices: Uint32Array;
}

export function newFacetCounters(): FacetCounters {
  return {
    categories: new Uint32Array(2 ** TRAITS.categories.bits),
    hosts: new Uint32Array(2 ** TRAITS.hosts.bits),
    kinds: new Uint32Array(2 ** TRAITS.kinds.bits),
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

/** Filters as masks over the traits, zero for no filter, and the scope as a range in the order of names. */
interface SegmentFilter {
  readonly isEmpty: boolean;
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

function compileFilter(segment: Segment, filters: SearchFilters): SegmentFilter {
  const mask = (trait: 'categories' | 'hosts' | 'kinds' | 'capabilities', id: string | undefined) =>
    id === undefined ? 0 : maskOf(FACET_IDS[trait], [id]) << TRAITS[trait].shift;
  const [scopeFrom, scopeTo] = scopeRange(segment, filters.scope);
  return {
    isEmpty: Object.values(filters).every((value) => value === undefined),
    category: mask('categories', filters.category),
    host: mask('hosts', filters.host),
    kind: mask('kinds', filters.kind),
    capability: mask('capabilities', filters.capability),
    price: filters.price === undefined ? 2 : filters.price === 'paid' ? 1 : 0,
    scopeFrom,
    scopeTo,
  };
}

function scopeRange(segment: Segment, scope: string | undefined): [number, number] {
  const count = segment.names.length;
  if (scope === undefined) return [0, count];
  const prefix = `${scope}/`;
  const nameAt = (place: number) => segment.names[segment.byName[place] as number] as string;
  const from = firstNotBelow(count, (place) => nameAt(place) < prefix);
  const to = firstNotBelow(count, (place) => nameAt(place) < prefix || nameAt(place).startsWith(prefix));
  return [from, to];
}

/** Which facets' filters the traits fail. */
function missesOf(filter: SegmentFilter, traits: number, place: number): number {
  let misses = 0;
  if (filter.category !== 0 && (traits & filter.category) === 0) misses |= MISS.category;
  if (filter.host !== 0 && (traits & filter.host) === 0) misses |= MISS.host;
  if (filter.kind !== 0 && (traits & filter.kind) === 0) misses |= MISS.kind;
  if (filter.price !== 2 && traits >>> TRAITS.isPaid.shift !== filter.price) misses |= MISS.price;
  if (filter.capability !== 0 && (traits & filter.capability) === 0) misses |= MISS.other;
  if (place < filter.scopeFrom || place >= filter.scopeTo) misses |= MISS.other;
  return misses;
}

export interface CollectOptions {
  readonly filters: SearchFilters;
  readonly sort: SearchSort;
  /** Entries to keep. */
  readonly limit: number;
  readonly after?: PlaceKey | undefined;
}

export interface Collected {
  readonly top: TopList;
  /** Hits that pass the filters. */
  readonly total: number;
  /** Hits before filters. */
  readonly live: number;
  readonly bestScore: number;
}

/**
 * Walks the hits of a segment once: counts facets, applies filters, keeps the best. A facet counts what would be found
 * without its own filter, so that its other values stay choosable.
 */
export function collectHits(segment: Segment, scratch: Scratch, counters: FacetCounters, options: CollectOptions): Collected {
  const { hits, hitCount, points } = scratch;
  const { deleted, nameOrder } = segment;
  const { traits } = segment.columns;
  const filter = compileFilter(segment, options.filters);
  const order = orderOf(segment, options.sort);
  const top = new TopList(options.limit);
  const { after } = options;
  const afterSecond = after === undefined ? 0 : secondAfter(segment, options.sort, after);
  let total = 0;
  let live = 0;
  let bestScore = 0;
  for (let index = 0; index < hitCount; index++) {
    const id = hits[index] as number;
    if (deleted[id] !== 0) continue;
    live++;
    const score = points[id] as number;
    if (score > bestScore) bestScore = score;
    const trait = traits[id] as number;
    const misses = filter.isEmpty ? 0 : missesOf(filter, trait, nameOrder[id] as number);
    if (misses === 0) countAll(counters, trait);
    else {
      countOne(counters, trait, misses);
      continue;
    }
    total++;
    offerHit(top, order, id, score, after, afterSecond);
  }
  return { top, total, live, bestScore };
}

function offerHit(
  top: TopList,
  order: HitOrder,
  id: number,
  score: number,
  after: PlaceKey | undefined,
  afterSecond: number,
): void {
  const first =
    order.values === undefined
      ? -score * order.scoreWeight
      : (order.values[id] as number) * order.sign + (order.sinks?.[id] ?? 0) * order.sink;
  const second = order.ties === undefined ? id : (order.ties[id] as number);
  if (after !== undefined && (first < after.first || (first === after.first && second < afterSecond))) return;
  top.offer(id, first, second);
}

const CATEGORY_MASK = 2 ** TRAITS.categories.bits - 1;
const HOST_MASK = 2 ** TRAITS.hosts.bits - 1;
const KIND_MASK = 2 ** TRAITS.kinds.bits - 1;

function countAll({ categories, hosts, kinds, prices }: FacetCounters, traits: number): void {
  add(categories, traits & CATEGORY_MASK);
  add(hosts, (traits >>> TRAITS.hosts.shift) & HOST_MASK);
  add(kinds, (traits >>> TRAITS.kinds.shift) & KIND_MASK);
  add(prices, traits >>> TRAITS.isPaid.shift);
}

/** A hit that only one facet's filter keeps out is still counted in that facet. */
function countOne({ categories, hosts, kinds, prices }: FacetCounters, traits: number, misses: number): void {
  if (misses === MISS.category) add(categories, traits & CATEGORY_MASK);
  else if (misses === MISS.host) add(hosts, (traits >>> TRAITS.hosts.shift) & HOST_MASK);
  else if (misses === MISS.kind) add(kinds, (traits >>> TRAITS.kinds.shift) & KIND_MASK);
  else if (misses === MISS.price) add(prices, traits >>> TRAITS.isPaid.shift);
}

function add(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] as number) + 1;
}

/** The `limit` smallest entries by (first, second), kept sorted while they are offered. */
export class TopList {
  readonly ids: Uint32Array;
  readonly firsts: Float64Array;
  readonly #seconds: Uint32Array;
  length = 0;

  constructor(limit: number) {
    this.ids = new Uint32Array(limit);
    this.firsts = new Float64Array(limit);
    this.#seconds = new Uint32Array(limit);
  }

  offer(id: number, first: number, second: number): void {
    const limit = this.ids.length;
    if (this.length === limit && !this.#isBelow(first, second, limit - 1)) return;
    let at = this.length < limit ? this.length++ : limit - 1;
    while (at > 0 && this.#isBelow(first, second, at - 1)) {
      this.ids[at] = this.ids[at - 1] as number;
      this.firsts[at] = this.firsts[at - 1] as number;
      this.#seconds[at] = this.#seconds[at - 1] as number;
      at--;
    }
    this.ids[at] = id;
    this.firsts[at] = first;
    this.#seconds[at] = second;
  }

  #isBelow(first: number, second: number, at: number): boolean {
    const other = this.firsts[at] as number;
    return first < other || (first === other && second < (this.#seconds[at] as number));
  }
}
