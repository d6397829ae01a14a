import { FIELD_BITS } from './document.ts';
import { type Columns, emptyColumns, invert, type Segment } from './segment.ts';
import type { Sliced } from './slices.ts';
import { compareText, mergeSliced } from './sort-sliced.ts';
import { buildTypoIndex } from './typo-index.ts';

const POSTING_UNIT = 2 ** FIELD_BITS;

interface Entry {
  readonly part: number;
  readonly id: number;
}

/**
 * One segment out of several, without the texts they were built from. Every list is already sorted, so all of it is
 * merging. What is deleted, or has new statistics, while this runs is carried over at the end, in one go.
 */
export function* mergeSegments(parts: readonly Segment[]): Sliced<Segment> {
  const order = yield* mergeSliced(
    parts.map((part, index) => liveIds(part).map((id) => ({ part: index, id }))),
    (a, b) => compareEntries(parts, a, b),
  );
  const maps = parts.map((part) => new Int32Array(part.names.length).fill(-1));
  order.forEach((entry, id) => {
    (maps[entry.part] as Int32Array)[entry.id] = id;
  });
  yield;
  const names = order.map((entry) => part(parts, entry).names[entry.id] as string);
  const titles = order.map((entry) => part(parts, entry).titles[entry.id] as string);
  yield;
  const byName = Uint32Array.from(
    yield* mergeSliced(
      parts.map((segment, index) => remap(segment.byName, maps[index] as Int32Array)),
      (a, b) => compareText(names[a] as string, names[b] as string),
    ),
  );
  const byTitle = Uint32Array.from(
    yield* mergeSliced(
      parts.map((segment, index) => remap(segment.byTitle, maps[index] as Int32Array)),
      (a, b) => compareText(titles[a] as string, titles[b] as string) || compareText(names[a] as string, names[b] as string),
    ),
  );
  const keys = yield* mergeSliced(
    parts.map((segment, index) => liveKeys(segment, maps[index] as Int32Array)),
    (a, b) => compareText(a.key, b.key) || a.id - b.id,
  );
  const terms = yield* mergeTerms(parts, maps);
  const typos = yield* buildTypoIndex(terms.terms);
  const rest = { columns: mergeColumns(parts, order), deleted: deletedSince(parts, order) };
  return {
    names,
    ...terms,
    typos,
    keys: keys.map((entry) => entry.key),
    keyDocuments: Uint32Array.from(keys, (entry) => entry.id),
    byName,
    nameOrder: invert(byName),
    titles,
    byTitle,
    titleOrder: invert(byTitle),
    ...rest,
  };
}

function part(parts: readonly Segment[], entry: Entry): Segment {
  return parts[entry.part] as Segment;
}

function liveIds(segment: Segment): number[] {
  const ids: number[] = [];
  for (let id = 0; id < segment.names.length; id++) if (segment.deleted[id] === 0) ids.push(id);
  return ids;
}

function compareEntries(parts: readonly Segment[], a: Entry, b: Entry): number {
  const left = part(parts, a);
  const right = part(parts, b);
  return (
    (left.columns.isSunk[a.id] as number) - (right.columns.isSunk[b.id] as number) ||
    (right.columns.rank[b.id] as number) - (left.columns.rank[a.id] as number) ||
    compareText(left.names[a.id] as string, right.names[b.id] as string)
  );
}

function remap(ids: Uint32Array, map: Int32Array): number[] {
  const result: number[] = [];
  for (const id of ids) {
    const moved = map[id] as number;
    if (moved >= 0) result.push(moved);
  }
  return result;
}

function liveKeys(segment: Segment, map: Int32Array): { key: string; id: number }[] {
  const result: { key: string; id: number }[] = [];
  segment.keys.forEach((key, index) => {
    const id = map[segment.keyDocuments[index] as number] as number;
    if (id >= 0) result.push({ key, id });
  });
  return result;
}

function* mergeTerms(
  parts: readonly Segment[],
  maps: readonly Int32Array[],
): Sliced<{ terms: string[]; offsets: Uint32Array; postings: Uint32Array }> {
  const postings = new Uint32Array(parts.reduce((sum, segment) => sum + segment.postings.length, 0));
  const terms: string[] = [];
  const offsets: number[] = [0];
  const at = parts.map(() => 0);
  let total = 0;
  let work = 0;
  for (;;) {
    let term: string | undefined;
    for (let index = 0; index < parts.length; index++) {
      const candidate = (parts[index] as Segment).terms[at[index] as number];
      if (candidate !== undefined && (term === undefined || candidate < term)) term = candidate;
    }
    if (term === undefined) break;
    const start = total;
    let sources = 0;
    for (let index = 0; index < parts.length; index++) {
      const segment = parts[index] as Segment;
      const number = at[index] as number;
      if (segment.terms[number] !== term) continue;
      at[index] = number + 1;
      sources++;
      const end = segment.offsets[number + 1] as number;
      for (let from = segment.offsets[number] as number; from < end; from++) {
        const posting = segment.postings[from] as number;
        const id = (maps[index] as Int32Array)[posting >>> FIELD_BITS] as number;
        if (id >= 0) postings[total++] = id * POSTING_UNIT + (posting & (POSTING_UNIT - 1));
      }
    }
    if (total === start) continue;
    if (sources > 1) postings.subarray(start, total).sort();
    terms.push(term);
    offsets.push(total);
    work += total - start + 20;
    if (work > 30_000) {
      work = 0;
      yield;
    }
  }
  return { terms, offsets: Uint32Array.from(offsets), postings: postings.slice(0, total) };
}

function mergeColumns(parts: readonly Segment[], order: readonly Entry[]): Columns {
  const columns = emptyColumns(order.length);
  for (const key of Object.keys(columns) as (keyof Columns)[]) {
    const target = columns[key];
    for (let id = 0; id < order.length; id++) {
      const entry = order[id] as Entry;
      target[id] = part(parts, entry).columns[key][entry.id] as number;
    }
  }
  return columns;
}

function deletedSince(parts: readonly Segment[], order: readonly Entry[]): Uint8Array {
  return Uint8Array.from(order, (entry) => part(parts, entry).deleted[entry.id] as number);
}
