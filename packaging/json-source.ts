import { findNodeAtLocation, type JSONPath, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { lineAt } from './text.ts';

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

/** Parses strict JSON (no comments, no trailing commas) and keeps the lines; a problem names the line. */
export function readJson(text: string): JsonSource | JsonProblem {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const first = errors[0];
  if (first !== undefined || root === undefined) {
    return { problem: first === undefined ? 'is empty' : describe(first), line: lineAt(text, first?.offset ?? 0) };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), line: 1 };
  }
  return {
    value,
    lineOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const node = findNodeAtLocation(root, path.slice(0, length) as JSONPath);
        // The property's key, where there is one: that is where a person looks.
        if (node !== undefined) return lineAt(text, node.parent?.type === 'property' ? node.parent.offset : node.offset);
      }
      return 1;
    },
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
