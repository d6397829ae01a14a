import type { Sliced } from './slices.ts';

const MIN_CHARS = 4;
const MAX_CHARS = 24;

/** Terms by the hash of themselves and of each one-letter deletion, sorted by hash. */
export interface TypoIndex {
  readonly hashes: Uint32Array;
  readonly terms: Uint32Array;
}

const TERM_BITS = 2 ** 21;
const BUCKETS = 64;

/** FNV-1a over UTF-16 code units, leaving out the one at `skip` (-1 for none). */
function hashWithout(word: string, skip: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index++) {
    if (index === skip) continue;
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  }
  // a final mix spreads the high bits, which choose the bucket
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

/** Builds the index over sorted terms. Sorted bucket by bucket, so that no slice is long. */
export function* buildTypoIndex(terms: readonly string[]): Sliced<TypoIndex> {
  const counts = new Uint32Array(BUCKETS);
  for (const term of terms) if (isTypoLength(term.length, MAX_CHARS)) eachHash(term, (hash) => countInto(counts, hash >>> 26));
  yield;
  const buckets = Array.from(counts, (count) => new Float64Array(count));
  const filled = new Uint32Array(BUCKETS);
  for (let term = 0; term < terms.length; term++) {
    const word = terms[term] as string;
    if (!isTypoLength(word.length, MAX_CHARS)) continue;
    eachHash(word, (hash) => {
      const bucket = hash >>> 26;
      const at = filled[bucket] as number;
      (buckets[bucket] as Float64Array)[at] = hash * TERM_BITS + term;
      filled[bucket] = at + 1;
    });
    if (term % 500 === 0) yield;
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const hashes = new Uint32Array(total);
  const ids = new Uint32Array(total);
  let at = 0;
  for (const bucket of buckets) {
    bucket.sort();
    yield;
    for (const packed of bucket) {
      hashes[at] = Math.floor(packed / TERM_BITS);
      ids[at] = packed % TERM_BITS;
      at++;
    }
    yield;
  }
  return { hashes, terms: ids };
}

function countInto(counts: Uint32Array, bucket: number): void {
  counts[bucket] = (counts[bucket] as number) + 1;
}

function eachHash(word: string, take: (hash: number) => void): void {
  take(hashWithout(word, -1));
  for (let skip = 0; skip < word.length; skip++) {
    // deleting either of two equal neighbours gives the same word
    if (skip > 0 && word.charCodeAt(skip) === word.charCodeAt(skip - 1)) continue;
    take(hashWithout(word, skip));
  }
}

function isTypoLength(length: number, maximum: number): boolean {
  return length >= MIN_CHARS && length <= maximum;
}

/** Ids of terms exactly one edit away from `word`, ascending. Words under four letters have none. */
export function findTypos(index: TypoIndex, terms: readonly string[], word: string): number[] {
  if (!isTypoLength(word.length, MAX_CHARS + 1)) return [];
  const found = new Set<number>();
  eachHash(word, (hash) => {
    for (let at = lowerBound(index.hashes, hash); index.hashes[at] === hash; at++) {
      const term = index.terms[at] as number;
      if (!found.has(term) && isOneEditApart(word, terms[term] as string)) found.add(term);
    }
  });
  return [...found].sort((a, b) => a - b);
}

/** First position in a sorted array whose value is not below `value`. */
export function lowerBound(values: Uint32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** True for one insertion, deletion, substitution or swap of neighbours; false for equal words. */
export function isOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  const restA = endA - start;
  const restB = endB - start;
  if (restA + restB === 0) return false;
  if (restA <= 1 && restB <= 1) return true;
  return restA === 2 && restB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}
