import { findNodeAtLocation, type JSONPath, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { lineAt } from './text.ts';

/** Far above any real manifest; keeps hostile JSON cheap, since finding a line walks the tree. */
const MAX_JSON_CHARS = 256 * 1024;

export interface JsonSource {
  readonly value: unknown;
  /** Line of the value at `path`, or of its nearest ancestor that exists; from 1. */
  lineOf(path: readonly (string | number)[]): number;
}
export interface JsonProblem {
  readonly problem: string;
  readonly line: number;
}

function describe(error: ParseError): string {
  return printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

/** The innermost node along a path: the path may be longer than the tree is deep. */
function nearestNode(root: Node, path: readonly (string | number)[]): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length) as JSONPath);
    if (node !== undefined) return node;
  }
  return root;
}

function parseStrict(text: string): JsonSource | JsonProblem {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const first = errors[0];
  if (first !== undefined || root === undefined) {
    return { problem: first === undefined ? 'is empty' : describe(first), line: lineAt(text, first?.offset ?? 0) };
  }
  return {
    value: JSON.parse(text),
    lineOf(path) {
      const node = nearestNode(root, path);
      // The property's key, where there is one: that is where a person looks.
      return lineAt(text, node.parent?.type === 'property' ? node.parent.offset : node.offset);
    },
  };
}

/** Parses strict JSON (no comments, no trailing commas) and keeps the lines; a problem names the line. */
export function readJson(text: string): JsonSource | JsonProblem {
  if (text.length > MAX_JSON_CHARS) return { problem: `it is longer than ${MAX_JSON_CHARS} characters`, line: 1 };
  try {
    return parseStrict(text);
  } catch (error) {
    // nesting deeper than the stack, or what only JSON.parse refuses
    return { problem: error instanceof Error ? error.message : String(error), line: 1 };
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
