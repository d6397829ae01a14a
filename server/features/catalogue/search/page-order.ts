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

/** The first sort value of a document; `score` only matters for relevance. */
export function firstOf(segment: Segment, id: number, sort: SearchSort, score: number): number {
  const { columns } = segment;
  const sunk = columns.isSunk[id] === 1 ? SINK : 0;
  if (sort === 'relevance') return -score;
  if (sort === 'installs') return sunk - (columns.installs[id] as number);
  if (sort === 'trending') return sunk - (columns.trending[id] as number);
  if (sort === 'updated') return -(columns.updatedAt[id] as number);
  return 0;
}

/** The tie breaker inside one segment: the id's own order for relevance, titles or names otherwise. */
export function secondColumn(segment: Segment, sort: SearchSort): Uint32Array | undefined {
  if (sort === 'relevance') return undefined;
  return sort === 'name' ? segment.titleOrder : segment.nameOrder;
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
