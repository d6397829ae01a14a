import { isMap, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { Finding } from '../../contract/findings.ts';
import { isRecord } from '../json-source.ts';
import type { MarkdownSource } from '../model.ts';

const OPENING = /^---[ \t]*\r?\n/;
/** Far above any real front matter; keeps hostile YAML cheap. */
const MAX_YAML_CHARS = 64 * 1024;
const CLOSING = /^(?:---|\.\.\.)[ \t]*$/m;
/** Agent files often carry `description: Use when: x`, which strict YAML refuses and every host accepts. */
const LOOSE_LINE = /^([A-Za-z_][\w-]*):[ \t]+(?!["'[{|>&*!])(.*\S)[ \t]*$/;

export interface MarkdownReading {
  readonly source: MarkdownSource;
  readonly findings: readonly Finding[];
}

function quoteLooseValues(yaml: string): string {
  return yaml
    .split('\n')
    .map((line) => {
      const match = LOOSE_LINE.exec(line.replace(/\r$/, ''));
      const value = match?.[2] ?? '';
      return match !== null && /: |:$| #/.test(value) ? `${match[1]}: ${JSON.stringify(value)}` : line;
    })
    .join('\n');
}

interface YamlReading {
  readonly values?: Record<string, unknown>;
  readonly error?: { readonly message: string; readonly line: number };
}

function firstError(error: YAMLError, counter: LineCounter): { message: string; line: number } {
  return {
    message: error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? error.code,
    line: counter.linePos(error.pos[0]).line,
  };
}

function readYaml(yaml: string): YamlReading {
  if (yaml.length > MAX_YAML_CHARS) return { error: { message: `is longer than ${MAX_YAML_CHARS} characters`, line: 1 } };
  try {
    return readYamlDocument(yaml);
  } catch (failure) {
    // too many aliases, or nesting deeper than the stack
    return { error: { message: failure instanceof Error ? failure.message : String(failure), line: 1 } };
  }
}

function readYamlDocument(yaml: string): YamlReading {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, version: '1.2', schema: 'core', customTags: [] });
  const [error] = document.errors;
  if (error !== undefined) return { error: firstError(error, counter) };
  if (document.contents === null) return { values: {} };
  if (!isMap(document.contents)) return { error: { message: 'is not a list of fields', line: 1 } };
  const values: unknown = document.toJS({ maxAliasCount: 50 });
  return isRecord(values) ? { values } : { error: { message: 'is not a list of fields', line: 1 } };
}

function frontMatterFinding(
  path: string,
  level: Finding['level'],
  code: string,
  details: { message: string; line: number; fix?: string },
): Finding {
  return { code, level, path, ...details };
}

/**
 * Splits Markdown into YAML front matter and body. A value that is only unquoted (`Use when: x`) is read as text with a notice; front
 * matter that stays unreadable is refused, because hosts would drop its restrictions silently.
 */
export function readMarkdown(path: string, text: string): MarkdownReading {
  const opening = OPENING.exec(text);
  if (opening === null) return { source: { path, text, frontMatter: {}, body: text, bodyLine: 1 }, findings: [] };
  const start = opening[0].length;
  const rest = text.slice(start);
  const closing = CLOSING.exec(rest);
  if (closing === null) {
    const finding = frontMatterFinding(path, 'refused', 'frontmatter_invalid', {
      message: 'The front matter has no closing "---" line.',
      line: 1,
    });
    return { source: { path, text, frontMatter: {}, body: text, bodyLine: 1 }, findings: [finding] };
  }
  const yaml = rest.slice(0, closing.index);
  const afterClosing = rest.slice(closing.index + closing[0].length);
  const body = afterClosing.replace(/^\r?\n/, '');
  const bodyLine = yaml.split('\n').length + 2;
  const source = (frontMatter: Record<string, unknown>): MarkdownSource => ({ path, text, frontMatter, body, bodyLine });

  const strict = readYaml(yaml);
  if (strict.values !== undefined) return { source: source(strict.values), findings: [] };
  const line = (strict.error?.line ?? 1) + 1;
  const loose = readYaml(quoteLooseValues(yaml));
  if (loose.values !== undefined) {
    const fix = 'Put the value in double quotes.';
    const message = 'A front matter value contains ": " or " #" and is not quoted; it was read as plain text.';
    return {
      source: source(loose.values),
      findings: [frontMatterFinding(path, 'notice', 'frontmatter_unquoted', { message, line, fix })],
    };
  }
  const message = `The front matter is not valid YAML: ${strict.error?.message ?? 'unreadable'}.`;
  return { source: source({}), findings: [frontMatterFinding(path, 'refused', 'frontmatter_invalid', { message, line })] };
}

/** Line of a top-level front matter key in its file, from 1; line 1 when the key is not there. */
export function frontMatterLine(source: MarkdownSource, key: string): number {
  const lines = source.text.split('\n', Math.max(0, source.bodyLine - 1));
  const index = lines.findIndex(
    (line) => line.startsWith(`${key}:`) || line.startsWith(`"${key}":`) || line.startsWith(`'${key}':`),
  );
  return index < 0 ? 1 : index + 1;
}

/** A front matter value as text: strings trimmed, numbers and booleans spelled out, anything else absent. */
export function textValue(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
}
