import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../../../../contract/categories.ts';
import { COMPONENT_KINDS } from '../../../../contract/components.ts';
import { HOST_IDS } from '../../../../contract/hosts.ts';
import type { SearchDocument, SearchFilters } from './document.ts';
import { searchPlainly } from './reference-search.ts';
import { SearchIndex, type SearchRequest } from './search-index.ts';

function agent(name: string, over: Partial<SearchDocument> = {}): SearchDocument {
  return {
    name,
    displayName: name.slice(name.indexOf('/') + 1).replaceAll('-', ' '),
    summary: '',
    keywords: [],
    categories: ['testing-qa'],
    hosts: ['claude-code'],
    kinds: ['subagent'],
    capabilities: ['read'],
    isPaid: false,
    isSunk: false,
    rank: 1,
    installs: 0,
    trending: 0,
    updatedAt: 0,
    ...over,
  };
}

async function indexOf(...documents: SearchDocument[]): Promise<SearchIndex> {
  const index = new SearchIndex();
  await index.load([{ put: documents, remove: [] }]);
  return index;
}

function ask(query: string, over: Partial<SearchRequest> = {}): SearchRequest {
  return { query, filters: {}, sort: 'relevance', limit: 20, ...over };
}

describe('ranking', () => {
  it('puts the exact name first, then names that begin so, then words, then typos', async () => {
    const index = await indexOf(
      agent('@a/typo', { displayName: 'Linten', rank: 90 }),
      agent('@a/word', { displayName: 'Code linter', rank: 80 }),
      agent('@a/prefix', { displayName: 'Linter board', rank: 10 }),
      agent('@a/exact', { displayName: 'Linter', rank: 1 }),
    );
    // three agents are found as written, so typos are not looked for
    expect(index.search(ask('linter')).names).toEqual(['@a/exact', '@a/prefix', '@a/word']);
    expect(index.search(ask('lintar')).names).toHaveLength(3);
    expect(index.search(ask('linten')).names[0]).toBe('@a/typo');
  });

  it('lets popularity reorder only among equal matches', async () => {
    const index = await indexOf(
      agent('@a/one', { displayName: 'One', keywords: ['sql'], rank: 1 }),
      agent('@a/two', { displayName: 'Two', keywords: ['sql'], rank: 5 }),
      agent('@a/three', { displayName: 'Three', summary: 'Tunes SQL', rank: 100 }),
    );
    expect(index.search(ask('sql')).names).toEqual(['@a/two', '@a/one', '@a/three']);
  });

  it('sinks deprecated agents to the end of their tier', async () => {
    const index = await indexOf(
      agent('@a/old', { displayName: 'Docs writer', isSunk: true, rank: 50 }),
      agent('@a/new', { displayName: 'Writer of docs', rank: 1 }),
      agent('@a/said', { displayName: 'Other', summary: 'docs', rank: 1 }),
    );
    expect(index.search(ask('writer')).names).toEqual(['@a/new', '@a/old']);
    expect(index.search(ask('', { sort: 'installs' })).names.at(-1)).toBe('@a/old');
  });

  it('finds a slug typed without its hyphens and a plural for a singular', async () => {
    const index = await indexOf(agent('@a/code-review', { displayName: 'Board' }));
    expect(index.search(ask('codereview')).names).toEqual(['@a/code-review']);
    expect(index.search(ask('reviews')).names).toEqual(['@a/code-review']);
    expect(index.search(ask('@a/code-review')).names).toEqual(['@a/code-review']);
  });

  it('falls back to agents with some of the words, most words first', async () => {
    const index = await indexOf(
      agent('@a/x', { displayName: 'Pull request reviewer' }),
      agent('@a/y', { displayName: 'Request logger', rank: 9 }),
    );
    const hits = index.search(ask('agent that reads my pull request'));
    expect(hits.names).toEqual(['@a/x', '@a/y']);
    expect(hits.didYouMean).toBeUndefined();
  });

  it('suggests the usual spelling when nothing was found as written', async () => {
    const index = await indexOf(agent('@a/ts', { displayName: 'TypeScript expert' }));
    const hits = index.search(ask('typscript expert'));
    expect(hits.names).toEqual(['@a/ts']);
    expect(hits.didYouMean).toBe('typescript expert');
  });

  it('answers nothing for a query of punctuation as a plain list', async () => {
    const index = await indexOf(agent('@a/a'), agent('@a/b', { installs: 3 }));
    expect(index.search(ask('"…!')).names).toEqual(['@a/b', '@a/a']);
  });
});

describe('changes', () => {
  it('shows an added, replaced and removed agent at once, and the same after a merge', async () => {
    const index = await indexOf(agent('@a/a', { summary: 'alpha' }), agent('@a/b', { summary: 'alpha' }));
    index.apply({ put: [agent('@a/c', { summary: 'alpha' }), agent('@a/b', { summary: 'beta' })], remove: [] });
    expect(index.search(ask('alpha')).names).toEqual(['@a/a', '@a/c']);
    index.apply({ put: [], remove: ['@a/a'] });
    expect(index.search(ask('alpha')).names).toEqual(['@a/c']);
    await index.merge();
    expect(index.search(ask('alpha')).names).toEqual(['@a/c']);
    expect(index.search(ask('beta')).names).toEqual(['@a/b']);
    expect(index.size).toBe(2);
  });

  it('keeps changes that arrive while a merge runs', async () => {
    const many = Array.from({ length: 3000 }, (_, number) => agent(`@a/n${number}`, { summary: `word${number} common` }));
    const index = await indexOf(...many);
    index.apply({ put: [agent('@a/first', { summary: 'common' })], remove: [] });
    const merging = index.merge();
    index.apply({ put: [agent('@a/second', { summary: 'common' })], remove: ['@a/n0', '@a/first'] });
    index.setStatistics('@a/n1', { installs: 77, trending: 1 });
    await merging;
    expect(index.size).toBe(3000);
    expect(index.search(ask('common')).total).toBe(3000);
    expect(index.search(ask('', { sort: 'installs', limit: 1 })).names).toEqual(['@a/n1']);
    expect(index.has('@a/first')).toBe(false);
    expect(index.has('@a/second')).toBe(true);
  });
});

const WORDS = [
  'code',
  'codes',
  'coder',
  'review',
  'revew',
  'test',
  'tests',
  'text',
  'sql',
  'a',
  'the',
  'go',
  'c++',
  'postgresql',
  'élan',
];
const word = fc.constantFrom(...WORDS);
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
const documentArbitrary = fc
  .record({
    scope: fc.constantFrom('acme', 'code', 'x'),
    slug: fc
      .array(fc.constantFrom('code', 'review', 'test', 'sql', 'go', 'a'), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join('-')),
    displayName: text,
    summary: text,
    keywords: fc.array(word, { maxLength: 3 }),
    categories: fc.uniqueArray(fc.constantFrom(...CATEGORIES.map((category) => category.id)), { maxLength: 3 }),
    hosts: fc.subarray([...HOST_IDS]),
    kinds: fc.subarray([...COMPONENT_KINDS]),
    isPaid: fc.boolean(),
    isSunk: fc.boolean(),
    rank: fc.integer({ min: 0, max: 3 }),
    installs: fc.integer({ min: 0, max: 3 }),
    trending: fc.integer({ min: 0, max: 3 }),
    updatedAt: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ scope, slug, ...rest }) => agent(`@${scope}/${slug}`, rest));
const catalogue = fc.uniqueArray(documentArbitrary, { maxLength: 25, selector: (document) => document.name });
const queryText = fc
  .tuple(
    fc.array(fc.constantFrom(...WORDS, 'cdoe', 'tst', 'reveiw', 'sq', 'postgressql', 'nothing'), { maxLength: 4 }),
    fc.nat(12),
  )
  .map(([words, cut]) => {
    const whole = words.join(' ');
    return whole.slice(0, Math.max(1, whole.length - cut));
  });
const filters: fc.Arbitrary<SearchFilters> = fc.record(
  {
    category: fc.constantFrom(...CATEGORIES.slice(0, 3).map((category) => category.id)),
    host: fc.constantFrom(...HOST_IDS),
    kind: fc.constantFrom(...COMPONENT_KINDS),
    price: fc.constantFrom('free' as const, 'paid' as const),
    scope: fc.constantFrom('@acme', '@code'),
  },
  { requiredKeys: [] },
);
const sort = fc.constantFrom('relevance' as const, 'installs' as const, 'trending' as const, 'updated' as const, 'name' as const);

describe('loading in parts', () => {
  it('lets later parts replace and remove what earlier ones brought', async () => {
    const index = new SearchIndex();
    // far enough apart that none is a typo of another
    const wordOf = (part: number) => `w${String.fromCharCode(97 + part).repeat(4)}`;
    const parts = Array.from({ length: 20 }, (_, part) => ({
      put: [agent(`@a/n${part % 15}`, { summary: `${wordOf(part)} common` }), agent(`@a/extra${part}`, { summary: 'common' })],
      remove: part === 19 ? ['@a/extra0', '@a/n5'] : [],
    }));
    await index.load(parts);
    expect(index.size).toBe(15 + 20 - 2);
    expect(index.search(ask(wordOf(3))).total).toBe(0);
    expect(index.search(ask(wordOf(18))).names).toEqual(['@a/n3']);
    expect(index.search(ask('common', { limit: 100 })).names).toHaveLength(33);
    expect(index.has('@a/extra0')).toBe(false);
  });
});

describe('against the plain reference', () => {
  it('finds, counts and orders the same, whatever was added, replaced, removed and merged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(catalogue, catalogue, fc.boolean(), fc.nat(5)),
        fc.array(fc.tuple(queryText, filters, sort, fc.integer({ min: 1, max: 7 })), { minLength: 1, maxLength: 8 }),
        async ([first, second, isMerged, removals], requests) => {
          const index = await indexOf(...first);
          const removed = first.slice(0, removals).map((document) => document.name);
          index.apply({ put: second, remove: removed });
          if (isMerged) await index.merge();
          const current = new Map(first.map((document) => [document.name, document]));
          for (const name of removed) current.delete(name);
          for (const document of second) current.set(document.name, document);
          expect(index.size).toBe(current.size);
          for (const [query, filter, order, limit] of requests) {
            const request = { query, filters: filter, sort: order, limit };
            const { names, total, facets } = index.search(request);
            expect({ names, total, facets }).toEqual(searchPlainly([...current.values()], request));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('pages through every hit once, in the order of one long page', async () => {
    await fc.assert(
      fc.asyncProperty(
        catalogue,
        catalogue,
        queryText,
        sort,
        fc.integer({ min: 1, max: 4 }),
        async (first, second, query, order, limit) => {
          const index = await indexOf(...first);
          index.apply({ put: second, remove: [] });
          const expected = index.search(ask(query, { sort: order, limit: 100 })).names;
          const seen: string[] = [];
          let after: SearchRequest['after'];
          do {
            const page = index.search(ask(query, { sort: order, limit, after }));
            seen.push(...page.names);
            after = page.next;
          } while (after !== undefined);
          expect(seen).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });
});
