import type * as z from 'zod/mini';
import { CATEGORIES, findCategory } from '../contract/categories.ts';
import type { Finding } from '../contract/findings.ts';
import { type PackageManifest, PackageManifestSchema } from '../contract/manifest.ts';
import { isRecord, type JsonSource, readJson } from './json-source.ts';
import type { PackageFiles } from './model.ts';
import { decodeText } from './text.ts';

const PATH = 'package.json';

export interface ManifestReading {
  /** Present only when every field is valid. */
  readonly manifest?: PackageManifest;
  readonly source?: JsonSource;
  /** The parsed object before validation: what other checks may read. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
}

function refused(code: string, message: string, extra: Partial<Finding> = {}): Finding {
  return { code, level: 'refused', message, path: PATH, ...extra };
}

type Issue = z.core.$ZodIssue;

function describeIssue(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? `must be a ${issue.expected}` : `must be a ${issue.expected}`;
    case 'too_big':
      return `is too long: at most ${issue.maximum} ${issue.origin === 'array' ? 'entries' : 'characters'}`;
    case 'too_small':
      return `is too short: at least ${issue.minimum} ${issue.origin === 'array' ? 'entries' : 'characters'}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'has the wrong form';
    default:
      return issue.message === 'Invalid input' ? 'is not valid' : issue.message;
  }
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    raw,
  );
}

function issueFinding(issue: Issue, source: JsonSource): Finding {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  const field = path.join('.') || 'package.json';
  const isMissing = valueAt(source.value, issue.path) === undefined;
  const line = source.lineOf(path);
  if (isMissing)
    return refused('manifest_field_missing', `${field} is missing; it ${describeIssue(issue)}.`, {
      line,
      fix: `Add "${path.at(-1) ?? field}".`,
    });
  return refused('manifest_field_invalid', `${field} ${describeIssue(issue)}.`, { line });
}

function categoryFindings(manifest: PackageManifest, source: JsonSource): Finding[] {
  return manifest.agent.categories.flatMap((category, index) =>
    findCategory(category) === undefined
      ? [
          refused('category_unknown', `"${category}" is not a category.`, {
            line: source.lineOf(['agent', 'categories', index]),
            fix: `Use one of: ${CATEGORIES.map((known) => known.name).join(', ')}.`,
          }),
        ]
      : [],
  );
}

/** Reads and validates package.json; findings carry the line of the field. */
export function readManifest(files: PackageFiles): ManifestReading {
  const file = files.get(PATH);
  if (file === undefined) return { raw: {}, findings: [] };
  const text = decodeText(file);
  if (text === undefined) return { raw: {}, findings: [refused('manifest_invalid', 'package.json is not UTF-8 text.')] };
  const source = readJson(text);
  if ('problem' in source)
    return {
      raw: {},
      findings: [refused('manifest_invalid', `package.json is not valid JSON: ${source.problem}.`, { line: source.line })],
    };
  if (!isRecord(source.value))
    return { raw: {}, findings: [refused('manifest_invalid', 'package.json must hold an object.', { line: 1 })] };
  const raw = source.value;
  if (raw.agent === undefined) {
    return { source, raw, findings: [] };
  }
  const parsed = PackageManifestSchema.safeParse(raw);
  if (!parsed.success) return { source, raw, findings: parsed.error.issues.map((issue) => issueFinding(issue, source)) };
  const findings = categoryFindings(parsed.data, source);
  return findings.length > 0 ? { source, raw, findings } : { manifest: parsed.data, source, raw, findings };
}
