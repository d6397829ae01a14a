import type { TypoIndex } from './typo-index.ts';

/**
 * An immutable part of the index; only `deleted` and the statistics columns change after it was built.
 * A document's id is its position in the order (not sunk first, rank descending, name), so ids in ascending order are
 * already in the order that decides inside a tier.
 */
export interface Segment {
  readonly names: readonly string[];
  /** Sorted; `\0` and one or two letters stand for all words of names and keywords that begin so. */
  readonly terms: readonly string[];
  /** Postings of term i are `postings[offsets[i] .. offsets[i + 1])`, each `id << 4 | field bits`, ascending. */
  readonly offsets: Uint32Array;
  readonly postings: Uint32Array;
  readonly typos: TypoIndex;
  /** Whole names as typed (display name, slug, scope and slug), sorted, with the document of each. */
  readonly keys: readonly string[];
  readonly keyDocuments: Uint32Array;
  /** Ids in the order of names, and the inverse. */
  readonly byName: Uint32Array;
  readonly nameOrder: Uint32Array;
  /** Titles for sorting, with the ids in their order (ties by name) and the inverse. */
  readonly titles: readonly string[];
  readonly byTitle: Uint32Array;
  readonly titleOrder: Uint32Array;
  readonly columns: Columns;
  readonly deleted: Uint8Array;
}

export interface Columns {
  readonly rank: Float64Array;
  readonly isSunk: Uint8Array;
  readonly installs: Float64Array;
  readonly trending: Float64Array;
  readonly updatedAt: Float64Array;
  /** Everything that is filtered and counted, in one number: the layout is in document.ts. */
  readonly traits: Uint32Array;
}

export function emptyColumns(count: number): Columns {
  return {
    rank: new Float64Array(count),
    isSunk: new Uint8Array(count),
    installs: new Float64Array(count),
    trending: new Float64Array(count),
    updatedAt: new Float64Array(count),
    traits: new Uint32Array(count),
  };
}

/** First index in [0, count) for which `isBelow` is false; `isBelow` must hold for a prefix of the range. */
export function firstNotBelow(count: number, isBelow: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBelow(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Half-open range of a sorted list whose entries begin with `prefix`. */
export function prefixRange(sorted: readonly string[], prefix: string): readonly [number, number] {
  const start = firstNotBelow(sorted.length, (index) => (sorted[index] as string) < prefix);
  const end = firstNotBelow(sorted.length, (index) => {
    const entry = sorted[index] as string;
    return entry < prefix || entry.startsWith(prefix);
  });
  return [start, end];
}

/** Index of a term, or -1. */
export function findTerm(segment: Segment, term: string): number {
  const index = firstNotBelow(segment.terms.length, (at) => (segment.terms[at] as string) < term);
  return segment.terms[index] === term ? index : -1;
}

/** Id of an agent that is in the segment and not deleted, or -1. */
export function findDocument(segment: Segment, name: string): number {
  const { byName, names } = segment;
  const index = firstNotBelow(byName.length, (at) => (names[byName[at] as number] as string) < name);
  const id = byName[index];
  return id !== undefined && names[id] === name && segment.deleted[id] === 0 ? id : -1;
}

/** Where a document with these values stands among the segment's ids: the number of documents before it. */
export function positionOf(segment: Segment, place: { isSunk: boolean; rank: number; name: string }): number {
  const { rank, isSunk } = segment.columns;
  const sunk = place.isSunk ? 1 : 0;
  return firstNotBelow(segment.names.length, (id) => {
    const itsSunk = isSunk[id] as number;
    if (itsSunk !== sunk) return itsSunk < sunk;
    const itsRank = rank[id] as number;
    if (itsRank !== place.rank) return itsRank > place.rank;
    return (segment.names[id] as string) < place.name;
  });
}

/** Inverse of a permutation. */
export function invert(order: Uint32Array): Uint32Array {
  const inverse = new Uint32Array(order.length);
  for (let at = 0; at < order.length; at++) inverse[order[at] as number] = at;
  return inverse;
}
