import { firstNotBelow, positionOf, type Segment } from './segment.ts';
import { compareText } from './sort-sliced.ts';

export type SearchSort = 'relevance' | 'trending' | 'installs' | 'updated' | 'name';

/** The place of a hit in an order, complete enough to go on behind it after the index has changed. */
export interface PlaceKey {
  /** Ascending: the negated score or statistic, 0 when sorted by name. */
  readonly first: number;
  readonly isSunk: boolean;
  readonly rank: number;
  readonly title: string;
  readonly name: string;
}

/** Moves sunk agents behind all others in orders by popularity; larger than any statistic. */
const SINK = 1e12;

/**
 * How hits of a segment are ordered, as columns. First value: `-score * scoreWeight` without `values`, else `value * sign`,
 * plus `sink` for sunk documents. Ties: `ties`, or the id's own order without them.
 */
export interface HitOrder {
  readonly values: Float64Array | undefined;
  readonly sign: number;
  readonly scoreWeight: number;
  readonly sinks: Uint8Array | undefined;
  readonly sink: number;
  readonly ties: Uint32Array | undefined;
}

export function orderOf(segment: Segment, sort: SearchSort): HitOrder {
  const { columns, nameOrder, titleOrder } = segment;
  const falling = { sign: -1, scoreWeight: 0, sink: SINK };
  if (sort === 'installs') return { ...falling, values: columns.installs, sinks: columns.isSunk, ties: nameOrder };
  if (sort === 'trending') return { ...falling, values: columns.trending, sinks: columns.isSunk, ties: nameOrder };
  if (sort === 'updated') return { ...falling, values: columns.updatedAt, sinks: undefined, ties: nameOrder };
  const byScore = { ...falling, values: undefined, sinks: undefined };
  return sort === 'name' ? { ...byScore, ties: titleOrder } : { ...byScore, scoreWeight: 1, ties: undefined };
}

export function placeOf(segment: Segment, id: number, first: number): PlaceKey {
  return {
    first,
    isSunk: segment.columns.isSunk[id] === 1,
    rank: segment.columns.rank[id] as number,
    title: segment.titles[id] as string,
    name: segment.names[id] as string,
  };
}

export function comparePlaces(sort: SearchSort, a: PlaceKey, b: PlaceKey): number {
  if (a.first !== b.first) return a.first - b.first;
  if (sort === 'relevance') {
    const order = Number(a.isSunk) - Number(b.isSunk) || b.rank - a.rank;
    if (order !== 0) return order;
  }
  if (sort === 'name' && a.title !== b.title) return compareText(a.title, b.title);
  return compareText(a.name, b.name);
}

/** The smallest tie breaker that is behind `place`, among documents with the same first value. */
export function secondAfter(segment: Segment, sort: SearchSort, place: PlaceKey): number {
  if (sort === 'relevance') {
    const position = positionOf(segment, place);
    return segment.names[position] === place.name ? position + 1 : position;
  }
  const order = sort === 'name' ? segment.byTitle : segment.byName;
  return firstNotBelow(order.length, (at) => {
    const id = order[at] as number;
    const title = sort === 'name' ? compareText(segment.titles[id] as string, place.title) : 0;
    return title < 0 || (title === 0 && (segment.names[id] as string) <= place.name);
  });
}
