import { type JsonSource, readJson } from '../json-source.ts';
import type { PackageFiles } from '../model.ts';
import { decodeText } from '../text.ts';
import type { Reading } from './documents.ts';

/** Reads one JSON file of a package and hands it on; a file that is no JSON becomes a `refused` finding with `code`. */
export function readJsonFile<T>(
  files: PackageFiles,
  { path, code }: { readonly path: string; readonly code: string },
  read: (source: JsonSource) => Reading<T>,
): Reading<T> {
  const file = files.get(path);
  const text = file === undefined ? undefined : decodeText(file);
  const source = text === undefined ? { problem: 'is not UTF-8 text', line: 1 } : readJson(text);
  if (!('problem' in source)) return read(source);
  const message = `${path} is not valid JSON: ${source.problem}.`;
  return { items: [], findings: [{ code, level: 'refused', message, path, line: source.line }] };
}
