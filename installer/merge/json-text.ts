import {
  findNodeAtLocation,
  getNodeValue,
  type JSONPath,
  modify,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { sha256OfJson } from '../digest.ts';

/** An entry that an agent puts into a JSON file which other people own too. A pointer that ends in `/-` appends to an array. */
export interface JsonEntry {
  readonly pointer: string;
  readonly value: unknown;
}
/** An entry as the lockfile knows it. */
export interface OwnedEntry {
  readonly pointer: string;
  readonly sha256: string;
}

/** The file cannot take the entry; `why` is for people. */
export class MergeProblem extends Error {
  override readonly name = 'MergeProblem';
}

const BOM = '\uFEFF';

/** RFC 6901 pointer to path segments. The `-` of an array end is cut off. */
function pointerPath(pointer: string): { readonly path: string[]; readonly isElement: boolean } {
  const segments = pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  const isElement = segments.at(-1) === '-';
  return { path: isElement ? segments.slice(0, -1) : segments, isElement };
}

export function pointerOf(...segments: readonly string[]): string {
  return segments.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Parses JSON with comments and trailing commas. Throws MergeProblem with line and reason; empty text is an empty object. */
export function parseText(text: string): Node {
  const body = text.startsWith(BOM) ? text.slice(1) : text;
  const errors: ParseError[] = [];
  const root = parseTree(body.trim() === '' ? '{}' : body, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first !== undefined) {
    const line = body.slice(0, first.offset).split('\n').length;
    throw new MergeProblem(`line ${line}: ${printParseErrorCode(first.error)}`);
  }
  if (root?.type !== 'object') throw new MergeProblem('it is not a JSON object');
  return root;
}

/** Where an entry stands in the file: the node with the pointer, or the array element with the entry's content. */
export function findEntry(root: Node, entry: OwnedEntry): { readonly node: Node; readonly path: JSONPath } | undefined {
  const { path, isElement } = pointerPath(entry.pointer);
  const node = findNodeAtLocation(root, path);
  if (node === undefined) return undefined;
  if (!isElement) return { node, path };
  const index = (node.children ?? []).findIndex((child) => sha256OfJson(getNodeValue(child)) === entry.sha256);
  const element = node.type === 'array' ? node.children?.[index] : undefined;
  return element === undefined ? undefined : { node: element, path: [...path, index] };
}

/** `equal`: there as given; `different`: something else stands there (never for array elements); `absent`. */
export function entryState(root: Node, entry: OwnedEntry): 'equal' | 'different' | 'absent' {
  const found = findEntry(root, entry);
  if (found === undefined) return 'absent';
  return sha256OfJson(getNodeValue(found.node)) === entry.sha256 ? 'equal' : 'different';
}

/** Adds one entry, keeping comments, order and formatting of everything else. */
export function addEntry(text: string, entry: JsonEntry): string {
  const { path, isElement } = pointerPath(entry.pointer);
  checkContainers(parseText(text), path, isElement);
  const bom = text.startsWith(BOM) ? BOM : '';
  const body = bom === '' ? text : text.slice(1);
  const next = bom + edit(body.trim() === '' ? '{}' : body, isElement ? [...path, -1] : path, entry.value);
  const state = entryState(parseText(next), { pointer: entry.pointer, sha256: sha256OfJson(entry.value) });
  if (state !== 'equal') throw new MergeProblem(`${entry.pointer} cannot be set`);
  return next;
}

/** Whether the entry's place has the shape the host expects: objects on the way, a list where one is appended to. */
export function canHold(root: Node, pointer: string): boolean {
  const { path, isElement } = pointerPath(pointer);
  try {
    checkContainers(root, path, isElement);
    return true;
  } catch (error) {
    if (error instanceof MergeProblem) return false;
    throw error;
  }
}

/** Removes the entry and the containers it leaves empty, unless they hold comments. Text without the entry is returned as it is. */
export function dropEntry(text: string, entry: OwnedEntry): string {
  const found = findEntry(parseText(text), entry);
  if (found === undefined) return text;
  const bom = text.startsWith(BOM) ? BOM : '';
  let body = edit(bom === '' ? text : text.slice(1), found.path, undefined);
  for (let path = found.path.slice(0, -1); path.length > 0; path = path.slice(0, -1)) {
    const node = findNodeAtLocation(parseText(body), path);
    if (node === undefined || (node.children?.length ?? 0) > 0) break;
    if (/\/[/*]/.test(body.slice(node.offset, node.offset + node.length))) break;
    body = edit(body, path, undefined);
  }
  return bom + body;
}

/** Nothing but an empty object: such a file is ours to delete. */
export function isEmptyObject(text: string): boolean {
  return /^\uFEFF?\s*\{\s*\}\s*$/.test(text);
}

function edit(text: string, path: JSONPath, value: unknown): string {
  const edits = modify(text, path, value, { formattingOptions: formattingOf(text) });
  let next = text;
  for (const each of [...edits].sort((a, b) => b.offset - a.offset)) {
    next = next.slice(0, each.offset) + each.content + next.slice(each.offset + each.length);
  }
  return next;
}

function formattingOf(text: string) {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return indent.startsWith('\t')
    ? { insertSpaces: false, tabSize: 1, eol }
    : { insertSpaces: true, tabSize: Math.min(indent.length, 8), eol };
}

/** Every existing step of the path must be an object, and the array an array; a repeated key would make "the" value ambiguous. */
function checkContainers(root: Node, path: readonly string[], isElement: boolean): void {
  let node: Node | undefined = root;
  for (const [depth, segment] of path.entries()) {
    if (node === undefined) return;
    if (node.type !== 'object') throw new MergeProblem(`${pointerOf(...path.slice(0, depth)) || 'the root'} is not an object`);
    const same: Node[] = (node.children ?? []).filter((property) => property.children?.[0]?.value === segment);
    if (same.length > 1) throw new MergeProblem(`${pointerOf(...path.slice(0, depth + 1))} occurs twice`);
    node = same[0]?.children?.[1];
  }
  if (isElement && node !== undefined && node.type !== 'array') throw new MergeProblem(`${pointerOf(...path)} is not a list`);
}
