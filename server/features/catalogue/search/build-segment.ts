import { FIELD, FIELD_BITS, type SearchDocument, traitsOf } from './document.ts';
import { releaseArrays } from './release.ts';
import { emptyColumns, invert, type Segment } from './segment.ts';
import type { Sliced } from './slices.ts';
import { compareText, sortSliced } from './sort-sliced.ts';
import { isStopWord, tokenize } from './tokenize.ts';
import { buildTypoIndex } from './typo-index.ts';

/** Marks the term that stands for all words with these one or two first letters. */
export const SHORT_PREFIX = '\0';
const JOINED_CHARS = 24;

/**
 * Builds a segment from documents with distinct names. One that is only going to be merged needs no typo index of its own: merging
 * makes one anew.
 */
export function* buildSegment(documents: readonly SearchDocument[], hasTypos = true): Sliced<Segment> {
  const sorted = yield* sortSliced(documents, compareRank);
  const terms = yield* collectTerms(sorted);
  const keys = yield* sortSliced(
    sorted.flatMap((document, id) => nameKeys(document).map((key) => ({ key, id }))),
    (a, b) => compareText(a.key, b.key) || a.id - b.id,
  );
  const names = sorted.map((document) => document.name);
  const titles = sorted.map((document) => tokenize(document.displayName).join(' '));
  const ids = names.map((_, id) => id);
  const byName = Uint32Array.from(yield* sortSliced(ids, (a, b) => compareText(names[a] as string, names[b] as string)));
  const byTitle = Uint32Array.from(
    yield* sortSliced(
      ids,
      (a, b) => compareText(titles[a] as string, titles[b] as string) || compareText(names[a] as string, names[b] as string),
    ),
  );
  yield;
  return {
    names,
    ...terms,
    typos: yield* buildTypoIndex(hasTypos ? terms.terms : []),
    keys: keys.map((entry) => entry.key),
    keyDocuments: Uint32Array.from(keys, (entry) => entry.id),
    byName,
    nameOrder: invert(byName),
    titles,
    byTitle,
    titleOrder: invert(byTitle),
    columns: columnsOf(sorted),
    deleted: new Uint8Array(sorted.length),
  };
}

export function compareRank(a: SearchDocument, b: SearchDocument): number {
  return Number(a.isSunk) - Number(b.isSunk) || b.rank - a.rank || compareText(a.name, b.name);
}

/** What people may type to mean exactly this agent. */
export function nameKeys(document: SearchDocument): string[] {
  const slash = document.name.indexOf('/');
  const scope = tokenize(document.name.slice(0, slash)).join(' ');
  const slug = tokenize(document.name.slice(slash + 1)).join(' ');
  return [...new Set([tokenize(document.displayName).join(' '), slug, `${scope} ${slug}`])].filter((key) => key !== '');
}

/** Words of a document with their field bits. */
export function wordsOf(document: SearchDocument): Map<string, number> {
  const words = new Map<string, number>();
  const add = (text: string, field: number) => {
    for (const word of tokenize(text)) {
      if (field === FIELD.summary && isStopWord(word)) continue;
      words.set(word, (words.get(word) ?? 0) | field);
    }
  };
  const slash = document.name.indexOf('/');
  const slug = document.name.slice(slash + 1);
  add(document.displayName, FIELD.name);
  add(slug, FIELD.name);
  // `codereview` finds `code-review`
  const joined = tokenize(slug).join('');
  if (joined.length <= JOINED_CHARS) add(joined, FIELD.name);
  add(document.name.slice(0, slash), FIELD.publisher);
  for (const keyword of document.keywords) add(keyword, FIELD.keywords);
  add(document.summary, FIELD.summary);
  return words;
}

interface Terms {
  readonly terms: string[];
  readonly offsets: Uint32Array;
  readonly postings: Uint32Array;
}

/** Numbers terms as they come, then lays the postings out in the order of the sorted terms. */
function* collectTerms(documents: readonly SearchDocument[]): Sliced<Terms> {
  const numbers = new Map<string, number>();
  const termOf = new GrowingArray();
  const posting = new GrowingArray();
  const counts: number[] = [];
  const add = (term: string, id: number, bits: number) => {
    let number = numbers.get(term);
    if (number === undefined) {
      number = counts.length;
      numbers.set(term, number);
      counts.push(0);
    }
    counts[number] = (counts[number] as number) + 1;
    termOf.push(number);
    posting.push(id * 2 ** FIELD_BITS + bits);
  };
  for (let id = 0; id < documents.length; id++) {
    const words = wordsOf(documents[id] as SearchDocument);
    for (const [word, bits] of words) add(word, id, bits);
    for (const [prefix, bits] of shortPrefixes(words)) add(prefix, id, bits);
    if (id % 50 === 0) yield;
  }
  const terms = yield* sortSliced([...numbers.keys()], compareText);
  const offsets = new Uint32Array(terms.length + 1);
  const next = new Uint32Array(terms.length);
  let total = 0;
  for (let rank = 0; rank < terms.length; rank++) {
    const number = numbers.get(terms[rank] as string) as number;
    offsets[rank] = total;
    next[number] = total;
    total += counts[number] as number;
  }
  offsets[terms.length] = total;
  yield;
  const postings = new Uint32Array(total);
  for (let at = 0; at < total; at++) {
    const number = termOf.get(at);
    const place = next[number] as number;
    postings[place] = posting.get(at);
    next[number] = place + 1;
    if (at % 50_000 === 0) yield;
  }
  termOf.release();
  posting.release();
  return { terms, offsets, postings };
}

/** Summaries are left out: as the first letters are typed they would only add noise, and most of the postings. */
function shortPrefixes(words: ReadonlyMap<string, number>): Map<string, number> {
  const prefixes = new Map<string, number>();
  for (const [word, bits] of words) {
    const kept = bits & ~FIELD.summary;
    if (kept === 0) continue;
    for (let length = 1; length <= Math.min(2, word.length); length++) {
      const prefix = SHORT_PREFIX + word.slice(0, length);
      prefixes.set(prefix, (prefixes.get(prefix) ?? 0) | kept);
    }
  }
  return prefixes;
}

function columnsOf(documents: readonly SearchDocument[]): Segment['columns'] {
  const columns = emptyColumns(documents.length);
  documents.forEach((document, id) => {
    columns.rank[id] = document.rank;
    columns.isSunk[id] = document.isSunk ? 1 : 0;
    columns.installs[id] = document.installs;
    columns.trending[id] = document.trending;
    columns.updatedAt[id] = document.updatedAt;
    columns.traits[id] = traitsOf(document);
  });
  return columns;
}

/** Unsigned numbers in chunks: no copying while it grows. */
class GrowingArray {
  readonly #chunks: Uint32Array[] = [];
  #length = 0;

  push(value: number): void {
    const at = this.#length % 65_536;
    if (at === 0) this.#chunks.push(new Uint32Array(65_536));
    (this.#chunks.at(-1) as Uint32Array)[at] = value;
    this.#length++;
  }

  release(): void {
    releaseArrays(this.#chunks);
  }

  get(index: number): number {
    return (this.#chunks[index >>> 16] as Uint32Array)[index & 0xffff] as number;
  }
}
