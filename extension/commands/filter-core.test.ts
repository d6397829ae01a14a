import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completionsOf, describeQuery, parseSearch } from './filter-core.ts';

describe('parseSearch', () => {
  it('takes filters out of the words', () => {
    expect(parseSearch('flaky @category:testing-qa @price:free @host:cursor @sort:trending tests')).toEqual({
      query: { q: 'flaky tests', category: 'testing-qa', price: 'free', host: 'cursor', sort: 'trending' },
      problems: [],
    });
  });

  it('understands a category by one of its words when only one has it', () => {
    expect(parseSearch('@category:testing ').query.category).toBe('testing-qa');
    expect(parseSearch('@category:analysis ')).toMatchObject({ query: {}, problems: [expect.stringContaining('Known:')] });
  });

  it('leaves a filter open while it is typed', () => {
    expect(parseSearch('x @').open).toEqual({ text: '@', value: '' });
    expect(parseSearch('x @cat').open).toEqual({ text: '@cat', value: 'cat' });
    expect(parseSearch('x @category:te').open).toEqual({ text: '@category:te', filter: 'category', value: 'te' });
    expect(parseSearch('x @category:te ').open).toBeUndefined();
  });

  it('searches for a name that begins with @', () => {
    expect(parseSearch('@acme/tool')).toEqual({ query: { q: '@acme/tool' }, problems: [] });
    expect(parseSearch('@publisher:acme ').query.scope).toBe('@acme');
  });

  it('says which filter it does not know', () => {
    expect(parseSearch('@colour:red x').problems).toEqual(['There is no filter @colour.']);
  });

  it('never fails and never sends an over-long query', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        const parsed = parseSearch(text);
        expect((parsed.query.q ?? '').length).toBeLessThanOrEqual(200);
        for (const completion of parsed.open === undefined ? [] : completionsOf(text, parsed.open)) {
          expect(completion.text.startsWith(text.slice(0, text.length - (parsed.open?.text.length ?? 0)))).toBe(true);
        }
      }),
    );
  });
});

describe('completionsOf', () => {
  it('completes the name, then the value, and keeps what stands before', () => {
    expect(completionsOf('x @ca', { text: '@ca', value: 'ca' })).toMatchObject([{ text: 'x @category:' }]);
    const values = completionsOf('x @host:cu', { text: '@host:cu', filter: 'host', value: 'cu' });
    expect(values).toEqual([{ text: 'x @host:cursor ', label: '@host:cursor', description: 'Cursor' }]);
  });

  it('ends in a text that parses to the chosen value', () => {
    const [first] = completionsOf('@category:sec', { text: '@category:sec', filter: 'category', value: 'sec' });
    expect(parseSearch(first!.text)).toEqual({ query: { category: 'security-compliance' }, problems: [] });
  });
});

describe('describeQuery', () => {
  it('names the filters in words', () => {
    expect(describeQuery({ category: 'testing-qa', price: 'free', sort: 'trending' })).toBe('Testing & QA · Free · Trending');
  });
});
