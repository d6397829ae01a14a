import { getNodeValue } from 'jsonc-parser';
import { sha256OfJson } from '../digest.ts';
import { compareText } from '../lockfile.ts';
import {
  addEntry,
  dropEntry,
  entryState,
  findEntry,
  isEmptyObject,
  type JsonEntry,
  MergeProblem,
  type OwnedEntry,
  parseText,
} from './json-text.ts';

/** What a shared JSON file is made of: the text that is not ours, and our entries in it. */
export interface MergedFile {
  /** Undefined: without us there is no file. */
  readonly base: string | undefined;
  readonly entries: readonly JsonEntry[];
}

/** Base and entries to the file's text; undefined when both are empty. The same input gives the same text in any order. */
export function renderMerged(file: MergedFile): string | undefined {
  if (file.entries.length === 0) return file.base;
  const sorted = [...file.entries].sort((a, b) =>
    compareText(a.pointer + sha256OfJson(a.value), b.pointer + sha256OfJson(b.value)),
  );
  let text = file.base ?? '';
  for (const entry of sorted) text = addEntry(text, entry);
  return file.base === undefined ? `${text}\n` : text;
}

/**
 * Takes a file apart. With `knownBase` (the text before our first entry) and no edit since, the base comes back byte for byte;
 * after an edit it is the present text minus those entries of ours that are still as we wrote them.
 * Throws MergeProblem when the text is not JSON.
 */
export function splitMerged(
  current: string | undefined,
  owned: readonly OwnedEntry[],
  knownBase: { readonly text: string | undefined } | undefined,
): MergedFile {
  if (current === undefined) return { base: undefined, entries: [] };
  const root = parseText(current);
  const present = unique(owned).filter((entry) => entryState(root, entry) === 'equal');
  const entries = present.map((entry) => {
    const found = findEntry(root, entry);
    if (found === undefined) throw new MergeProblem(`${entry.pointer} vanished`);
    return { pointer: entry.pointer, value: getNodeValue(found.node) as unknown };
  });
  if (knownBase !== undefined && isRenderingOf(current, { base: knownBase.text, entries }))
    return { base: knownBase.text, entries };
  let base = current;
  for (const entry of present) base = dropEntry(base, entry);
  return { base: present.length > 0 && isEmptyObject(base) ? undefined : base, entries };
}

function isRenderingOf(current: string, file: MergedFile): boolean {
  try {
    return renderMerged(file) === current;
  } catch (error) {
    if (error instanceof MergeProblem) return false;
    throw error;
  }
}

function unique(entries: readonly OwnedEntry[]): OwnedEntry[] {
  return [...new Map(entries.map((entry) => [`${entry.pointer} ${entry.sha256}`, entry])).values()];
}
