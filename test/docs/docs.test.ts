import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../contract/errors.ts';
import { USAGE_EVENTS } from '../../contract/events.ts';
import { ROOT } from '../lib/paths.ts';

const PAGES = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT });
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

describe('the documentation', () => {
  it('links only to files that exist', () => {
    const broken = PAGES.flatMap((page) =>
      matches(read(page), /\]\(([^)#\s]+)[^)]*\)/g)
        .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(ROOT, dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    );
    expect(PAGES.length).toBeGreaterThan(5);
    expect(broken).toEqual([]);
  });

  it('names only scripts that package.json has, and leaves none of the suites out', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = new Set(PAGES.flatMap((page) => matches(read(page), /npm run ([a-z][a-z:-]*)/g)));
    expect([...named].filter((script) => scripts[script] === undefined)).toEqual([]);
    const suites = Object.keys(scripts).filter((script) => script.startsWith('test:'));
    expect(suites.filter((script) => !named.has(script))).toEqual([]);
  });

  it('gives the reason for each dependency in the README', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
    const named = matches(read('README.md'), /`([^`]+)`/g);
    const isNamed = (name: string) => named.includes(name) || (name.startsWith('@types/') && named.includes('@types/*'));
    expect(Object.keys(devDependencies).filter((name) => !isNamed(name))).toEqual([]);
  });

  it('names only folders and files of the house that exist', () => {
    const folders = 'contract|packaging|installer|cli|server|extension|webview|agents|media|bench|test|docs|scripts';
    const mentions = PAGES.flatMap((page) => matches(read(page), new RegExp(`\`((?:${folders})/[a-z0-9/.-]*)\``, 'g')));
    const named = mentions.filter((path) => path !== 'test/out/'); // written by the suites, not kept
    expect(named.filter((path) => globSync(`${path}*`, { cwd: ROOT }).length === 0 && !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('defines every usage event in docs/metrics.md or docs/privacy.md', () => {
    const text = read('docs/metrics.md') + read('docs/privacy.md');
    expect(Object.keys(USAGE_EVENTS).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it('uses no error code that the catalogue lacks', () => {
    const codes = matches(read('docs/operating.md'), /`(storage_full|[a-z]+_[a-z_]+)`/g);
    expect(codes.filter((code) => !Object.hasOwn(ERRORS, code))).toEqual([]);
  });
});
