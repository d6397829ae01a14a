import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeConfig } from './config.ts';

const names = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '').sort();

it('docs/operating.md lists exactly the settings of --help', () => {
  const documented = names(readFileSync('docs/operating.md', 'utf8'), /^\| `([A-Z][A-Z0-9_]*)` \|/gm);
  const offered = names(describeConfig(), /^ {2}([A-Z][A-Z0-9_]*) /gm);
  expect(offered.length).toBeGreaterThan(5);
  expect(documented).toEqual(offered);
});
