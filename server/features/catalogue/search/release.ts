import type { Segment } from './segment.ts';

/**
 * Gives the memory of arrays back at once. A merge leaves as much behind as it makes, and the collector, which only sees the small
 * objects in front of the buffers, would let it lie for minutes. The arrays are empty afterwards.
 */
export function releaseArrays(arrays: Iterable<{ readonly buffer: ArrayBufferLike }>): void {
  // ES2024, which the type library for this target does not know yet
  for (const { buffer } of arrays) (buffer as unknown as { transfer(newLength: number): ArrayBuffer }).transfer(0);
}

/** For segments that nothing searches any more. */
export function releaseSegment({
  offsets,
  postings,
  typos,
  keyDocuments,
  byName,
  nameOrder,
  byTitle,
  titleOrder,
  columns,
  deleted,
}: Segment): void {
  const { hashes, terms } = typos;
  releaseArrays([
    offsets,
    postings,
    hashes,
    terms,
    keyDocuments,
    byName,
    nameOrder,
    byTitle,
    titleOrder,
    deleted,
    ...Object.values(columns),
  ]);
}
