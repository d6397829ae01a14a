import { FIELD_BITS } from './document.ts';
import type { PostingRange, QueryPlan } from './plan.ts';
import { CLEAN_MATCH, PARTIAL_WORD_POINTS, POINT_MASK, TIER } from './rank.ts';
import { prefixRange, type Segment } from './segment.ts';

const FUZZY = 0x8000;
const MAX_POINTS = 255;
const FIELD_MASK = 2 ** FIELD_BITS - 1;

/** Working memory for one query at a time, as large as the largest segment; all zero between queries. */
export class Scratch {
  /** Sum of points over the words so far; 0 means no hit. */
  points = new Uint16Array(0);
  /** Value under the word at hand. */
  current = new Uint8Array(0);
  /** Ids of hits. */
  hits = new Uint32Array(0);
  hitCount = 0;

  reserve(documents: number): void {
    if (this.points.length >= documents) return;
    this.points = new Uint16Array(documents);
    this.current = new Uint8Array(documents);
    this.hits = new Uint32Array(documents);
  }

  /** Forgets the hits. */
  clear(): void {
    for (let index = 0; index < this.hitCount; index++) this.points[this.hits[index] as number] = 0;
    this.hitCount = 0;
  }
}

/** Leaves in `scratch` the documents that have every word, with their points; `number` is the segment's place in the plan. */
export function matchAllWords(segment: Segment, number: number, plan: QueryPlan, scratch: Scratch): void {
  scratch.reserve(segment.names.length);
  plan.words.forEach((word, index) => {
    const ranges = word.ranges[number] ?? [];
    if (index === 0) startWith(segment, ranges, scratch);
    else narrowBy(segment, ranges, scratch);
  });
}

function startWith(segment: Segment, ranges: readonly PostingRange[], scratch: Scratch): void {
  const { current, hits, points } = scratch;
  let count = 0;
  for (const range of ranges) {
    for (let at = range.from; at < range.to; at++) {
      const posting = segment.postings[at] as number;
      const id = posting >>> FIELD_BITS;
      const value = range.values[posting & FIELD_MASK] as number;
      const before = current[id] as number;
      if (before === 0) hits[count++] = id;
      if (value > before) current[id] = value;
    }
  }
  for (let index = 0; index < count; index++) {
    const id = hits[index] as number;
    points[id] = pointsOf(current[id] as number);
    current[id] = 0;
  }
  scratch.hitCount = count;
}

function pointsOf(value: number): number {
  return (value & POINT_MASK) | (value < CLEAN_MATCH ? FUZZY : 0);
}

function narrowBy(segment: Segment, ranges: readonly PostingRange[], scratch: Scratch): void {
  const { current, hits, points } = scratch;
  for (const range of ranges) {
    if (range.isSorted && scratch.hitCount * 16 < range.to - range.from) lookUpHits(segment, range, scratch);
    else scanRange(segment, range, scratch);
  }
  let kept = 0;
  for (let index = 0; index < scratch.hitCount; index++) {
    const id = hits[index] as number;
    const value = current[id] as number;
    if (value === 0) {
      points[id] = 0;
      continue;
    }
    const added = pointsOf(value);
    const sum = points[id] as number;
    points[id] = ((sum & ~FUZZY) + (added & ~FUZZY)) | ((sum | added) & FUZZY);
    current[id] = 0;
    hits[kept++] = id;
  }
  scratch.hitCount = kept;
}

function scanRange(segment: Segment, range: PostingRange, scratch: Scratch): void {
  const { current, points } = scratch;
  for (let at = range.from; at < range.to; at++) {
    const posting = segment.postings[at] as number;
    const id = posting >>> FIELD_BITS;
    if (points[id] === 0) continue;
    const value = range.values[posting & FIELD_MASK] as number;
    if (value > (current[id] as number)) current[id] = value;
  }
}

/** Few hits, many postings: a binary search for each hit is cheaper than reading the list. */
function lookUpHits(segment: Segment, range: PostingRange, scratch: Scratch): void {
  const { current, hits } = scratch;
  for (let index = 0; index < scratch.hitCount; index++) {
    const id = hits[index] as number;
    let low = range.from;
    let high = range.to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((segment.postings[middle] as number) >>> FIELD_BITS < id) low = middle + 1;
      else high = middle;
    }
    const posting = segment.postings[low] as number;
    if (low === range.to || posting >>> FIELD_BITS !== id) continue;
    const value = range.values[posting & FIELD_MASK] as number;
    if (value > (current[id] as number)) current[id] = value;
  }
}

/** Leaves in `scratch` the documents that have at least one word: the answer when none has all. */
export function matchAnyWord(segment: Segment, number: number, plan: QueryPlan, scratch: Scratch): void {
  scratch.reserve(segment.names.length);
  const { current, hits, points } = scratch;
  const found: number[] = [];
  let count = 0;
  for (const word of plan.words) {
    found.length = 0;
    for (const range of word.ranges[number] ?? []) {
      for (let at = range.from; at < range.to; at++) {
        const posting = segment.postings[at] as number;
        const id = posting >>> FIELD_BITS;
        const value = range.values[posting & FIELD_MASK] as number;
        if (current[id] === 0) found.push(id);
        if (value > (current[id] as number)) current[id] = value;
      }
    }
    for (const id of found) {
      if (points[id] === 0) hits[count++] = id;
      points[id] = (points[id] as number) + PARTIAL_WORD_POINTS + ((current[id] as number) & POINT_MASK);
      current[id] = 0;
    }
  }
  scratch.hitCount = count;
}

/**
 * Turns points into scores: tier in the high byte, points in the low one; sunk documents have no points, so they are last
 * in their tier. Adds 1 throughout, so that 0 still means no hit.
 */
export function scoreHits(segment: Segment, plan: QueryPlan, scratch: Scratch, isPartial: boolean): void {
  const { current, hits, points } = scratch;
  if (!isPartial) markNames(segment, plan.key, scratch);
  for (let index = 0; index < scratch.hitCount; index++) {
    const id = hits[index] as number;
    const sum = points[id] as number;
    const named = current[id] as number;
    const tier = isPartial ? TIER.partial : named > 0 ? named : sum & FUZZY ? TIER.fuzzy : TIER.word;
    const score = segment.columns.isSunk[id] === 1 ? 0 : Math.min(MAX_POINTS, sum & ~FUZZY);
    points[id] = tier * 256 + score + 1;
  }
  if (!isPartial) unmarkNames(segment, plan.key, scratch);
}

function markNames(segment: Segment, key: string, { current }: Scratch): void {
  const [start, end] = prefixRange(segment.keys, key);
  for (let at = start; at < end; at++) {
    const id = segment.keyDocuments[at] as number;
    const tier = segment.keys[at] === key ? TIER.exact : TIER.prefix;
    if (tier > (current[id] as number)) current[id] = tier;
  }
}

function unmarkNames(segment: Segment, key: string, { current }: Scratch): void {
  const [start, end] = prefixRange(segment.keys, key);
  for (let at = start; at < end; at++) current[segment.keyDocuments[at] as number] = 0;
}
