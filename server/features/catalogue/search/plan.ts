import { SHORT_PREFIX } from './build-segment.ts';
import { FIELD_BITS } from './document.ts';
import { MATCH_VALUES } from './rank.ts';
import { findTerm, prefixRange, type Segment } from './segment.ts';
import { otherNumber, parseQuery } from './tokenize.ts';
import { findTypos } from './typo-index.ts';

/** A run of postings and what a match there is worth, by field bits. */
export interface PostingRange {
  readonly from: number;
  readonly to: number;
  readonly values: Uint8Array;
  /** One term only: ids ascend, so they can be searched. */
  readonly isSorted: boolean;
}

/** One query word: its ranges in each segment, in the order of the segments. */
export interface WordPlan {
  readonly ranges: readonly (readonly PostingRange[])[];
  readonly cost: number;
}

export interface QueryPlan {
  readonly words: readonly WordPlan[];
  readonly key: string;
  /** The query with each unknown word replaced by the most frequent word one edit away; absent when there is none. */
  readonly didYouMean?: string;
}

/** With fewer agents than this under a word as written, misspellings are looked for as well. */
const RARE = 3;
const OPEN_PREFIX_CHARS = 3;
/** One or two letters alone mean half of all agents: only the first ones by rank are looked at. */
export const SHORT_PREFIX_HITS = 10_000;

/** Looks every word of the query up. Cheapest word first: it makes the list that the others only narrow. */
export function planQuery(segments: readonly Segment[], query: string): QueryPlan {
  const text = parseQuery(query);
  const corrections: string[] = [];
  let isCorrected = false;
  const words = text.words.map((word, index) => {
    const isOpen = text.isLastOpen && index === text.words.length - 1;
    const ranges = segments.map((segment) => writtenRanges(segment, word, { isOpen, isAlone: text.words.length === 1 }));
    const found = countLive(segments, ranges, RARE);
    if (found < RARE) {
      const best = addTypos(segments, ranges, word);
      if (found === 0 && best !== undefined) isCorrected = true;
      corrections.push(found === 0 ? (best ?? word) : word);
    } else {
      corrections.push(word);
    }
    return { ranges, cost: ranges.reduce((sum, each) => sum + costOf(each), 0) };
  });
  words.sort((a, b) => a.cost - b.cost);
  return { words, key: text.key, ...(isCorrected ? { didYouMean: corrections.join(' ') } : {}) };
}

function writtenRanges(
  segment: Segment,
  word: string,
  { isOpen, isAlone }: { isOpen: boolean; isAlone: boolean },
): PostingRange[] {
  const ranges: PostingRange[] = [];
  const addTerm = (term: string, values: Uint8Array) => {
    const index = findTerm(segment, term);
    if (index >= 0) ranges.push(rangeOf(segment, index, index + 1, values));
  };
  addTerm(word, MATCH_VALUES.whole);
  const other = otherNumber(word);
  if (other !== undefined) addTerm(other, MATCH_VALUES.prefix);
  if (word.length >= OPEN_PREFIX_CHARS) {
    const [start, end] = prefixRange(segment.terms, word);
    if (end > start) ranges.push(rangeOf(segment, start, end, MATCH_VALUES.prefix));
  } else if (isOpen) {
    const index = findTerm(segment, SHORT_PREFIX + word);
    const range = index < 0 ? undefined : rangeOf(segment, index, index + 1, MATCH_VALUES.prefix);
    if (range !== undefined) ranges.push(isAlone ? { ...range, to: Math.min(range.to, range.from + SHORT_PREFIX_HITS) } : range);
  }
  return ranges;
}

function rangeOf(segment: Segment, firstTerm: number, endTerm: number, values: Uint8Array): PostingRange {
  return {
    from: segment.offsets[firstTerm] as number,
    to: segment.offsets[endTerm] as number,
    values,
    isSorted: endTerm - firstTerm === 1,
  };
}

/** Adds terms one edit away to the ranges; answers the one with the most postings. */
function addTypos(segments: readonly Segment[], ranges: PostingRange[][], word: string): string | undefined {
  const weights = new Map<string, number>();
  segments.forEach((segment, index) => {
    for (const term of findTypos(segment.typos, segment.terms, word)) {
      const range = rangeOf(segment, term, term + 1, MATCH_VALUES.fuzzy);
      (ranges[index] as PostingRange[]).push(range);
      const live = countLive([segment], [[range]], Number.POSITIVE_INFINITY);
      const text = segment.terms[term] as string;
      if (live > 0) weights.set(text, (weights.get(text) ?? 0) + live);
    }
  });
  let best: string | undefined;
  let bestWeight = 0;
  for (const [term, weight] of weights) {
    if (weight > bestWeight || (weight === bestWeight && best !== undefined && term < best)) {
      best = term;
      bestWeight = weight;
    }
  }
  return best;
}

/** Distinct agents under the ranges that are not deleted, counted up to `limit`. */
function countLive(segments: readonly Segment[], ranges: readonly (readonly PostingRange[])[], limit: number): number {
  let count = 0;
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index] as Segment;
    const seen = new Set<number>();
    for (const range of ranges[index] as readonly PostingRange[]) {
      for (let at = range.from; at < range.to; at++) {
        const id = (segment.postings[at] as number) >>> FIELD_BITS;
        if (segment.deleted[id] !== 0 || seen.has(id)) continue;
        seen.add(id);
        if (count + seen.size >= limit) return limit;
      }
    }
    count += seen.size;
  }
  return count;
}

function costOf(ranges: readonly PostingRange[]): number {
  return ranges.reduce((sum, range) => sum + range.to - range.from, 0);
}
