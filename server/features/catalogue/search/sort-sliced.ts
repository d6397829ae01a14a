import type { Sliced } from './slices.ts';

const RUN = 1_000;

export type Compare<T> = (a: T, b: T) => number;

/** Sorted copy by merging short runs; stable. */
export function* sortSliced<T>(items: readonly T[], compare: Compare<T>): Sliced<T[]> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += RUN) {
    runs.push(items.slice(start, start + RUN).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      const left = runs[index] as T[];
      const right = runs[index + 1];
      merged.push(right === undefined ? left : yield* mergeSliced([left, right], compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

/** Merges sorted lists; on ties the earlier list first. Meant for few lists. */
export function* mergeSliced<T>(lists: readonly (readonly T[])[], compare: Compare<T>): Sliced<T[]> {
  const at = lists.map(() => 0);
  const result: T[] = [];
  for (;;) {
    let best = -1;
    for (let list = 0; list < lists.length; list++) {
      const index = at[list] as number;
      if (index >= (lists[list] as readonly T[]).length) continue;
      if (
        best < 0 ||
        compare((lists[list] as readonly T[])[index] as T, (lists[best] as readonly T[])[at[best] as number] as T) < 0
      ) {
        best = list;
      }
    }
    if (best < 0) return result;
    const index = at[best] as number;
    result.push((lists[best] as readonly T[])[index] as T);
    at[best] = index + 1;
    if (result.length % 4_000 === 0) yield;
  }
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
