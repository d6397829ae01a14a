import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../contract/client.ts';
import type { PageQuery } from '../../contract/webview/pages.ts';
import { RESULTS, STOREFRONT } from '../gallery/fixtures.ts';
import { createStore } from '../lib/store.ts';
import { show, testContext, words } from '../lib/test-support.ts';
import { createStorefrontActions } from './actions.ts';
import { queryOf, searchHref, withChange } from './links.ts';
import { initialState, type StorefrontState } from './state.ts';
import { storefrontView } from './view.ts';

describe('addresses', () => {
  it('hold only what differs from the defaults, in one order', () => {
    expect(searchHref({ category: 'testing-qa', q: 'flaky tests', sort: 'relevance' })).toBe(
      '/agents?q=flaky+tests&category=testing-qa',
    );
    expect(searchHref({})).toBe('/agents');
  });
  it('give the query back', () => {
    const query = fc.record(
      {
        q: fc.string({ minLength: 1 }),
        host: fc.constantFrom('cursor' as const, 'codex' as const),
        sort: fc.constantFrom('name' as const, 'updated' as const),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(query, (given) => {
        expect(queryOf(searchHref(given))).toEqual(given);
      }),
    );
  });
  it('lose the page when a filter changes', () => {
    expect(withChange({ q: 'a', cursor: 'x' }, { price: 'free' })).toEqual({ q: 'a', price: 'free' });
    expect(withChange({ q: 'a', price: 'free' }, { price: undefined })).toEqual({ q: 'a' });
  });
});

function draw(query?: PageQuery, results = RESULTS) {
  const page = query === undefined ? { storefront: STOREFRONT } : { storefront: STOREFRONT, query, results };
  return show(storefrontView(initialState({ kind: 'storefront', ...page }), testContext('web', true)));
}
const hrefs = (root: Element, selector: string) => [...root.querySelectorAll(selector)].map((link) => link.getAttribute('href'));

describe('the start page', () => {
  it('shows featured cards, the ranked list, categories with counts and collections, all as links', () => {
    const root = draw();
    expect(root.querySelectorAll('.cards .card')).toHaveLength(8);
    expect(root.querySelectorAll('ol.rows .row')).toHaveLength(8);
    expect(hrefs(root, '.count-list a')[1]).toBe('/agents?category=code-analysis-review');
    expect(hrefs(root, '.card h3 a')[0]).toBe('/agents/@coditect/review-board');
    expect(words(root.querySelector('.card'))).toContain('4.8(12)');
  });
  it('searches with a plain form', () => {
    const form = draw().querySelector('form')!;
    expect([form.getAttribute('action'), form.getAttribute('method'), form.querySelector('input')!.name]).toEqual([
      '/agents',
      'get',
      'q',
    ]);
  });
});

describe('the search page', () => {
  it('sets and clears each filter by a link', () => {
    const root = draw({ q: 'review', category: 'code-analysis-review' });
    expect(hrefs(root, '.facets-open a.is-on')).toEqual(['/agents?q=review']);
    expect(hrefs(root, '.facets-open a')).toContain('/agents?q=review&category=code-analysis-review&host=cursor');
    expect(hrefs(root, '.chip')).toEqual(['/agents?q=review']);
    expect(hrefs(root, '.more')).toEqual(['/agents?q=review&category=code-analysis-review&cursor=b2Zmc2V0OjIw']);
  });
  it('says what was searched, offers the better spelling and clears the filters', () => {
    const root = draw({ q: 'reveiw', price: 'paid' }, { ...RESULTS, items: [], total: 0, didYouMean: 'review' });
    expect(words(root.querySelector('.state'))).toContain('No agent matches “reveiw” with these filters. Did you mean review?');
    expect(hrefs(root, '.did-you-mean a')).toEqual(['/agents?q=review&price=paid']);
    expect(hrefs(root, '.state-actions a')).toEqual(['/agents?q=reveiw', '/agents']);
  });
  it('shows foreign text as text', () => {
    const root = draw({ q: '<img src=x onerror=alert(1)>' });
    expect(root.querySelector('h1 img')).toBeNull();
    expect(words(root.querySelector('h1'))).toContain('<img src=x');
  });
});

function live(state: StorefrontState = initialState({ kind: 'storefront', storefront: STOREFRONT })) {
  const addresses: string[] = [];
  const asked: { url: string; answer: (response: Response) => void; signal: AbortSignal }[] = [];
  let due: (() => void) | undefined;
  let wake: () => void = () => {};
  const searched: [string, number][] = [];
  const store = createStore(state, () => wake());
  const actions = createStorefrontActions({
    store,
    client: createClient({
      baseUrl: 'http://service',
      fetch: (input, init) =>
        new Promise<Response>((resolve, reject) => {
          const signal = init!.signal!;
          signal.addEventListener('abort', () => reject(signal.reason));
          asked.push({ url: String(input), answer: resolve, signal });
        }),
    }),
    address: { push: (href) => addresses.push(`push ${href}`), replace: (href) => addresses.push(`replace ${href}`) },
    schedule(run) {
      due = run;
      return () => {
        due = undefined;
      };
    },
    onSearched: (query, total) => searched.push([query, total]),
  });
  const until = async (ready: () => boolean) => {
    while (!ready()) await new Promise<void>((resolve) => (wake = resolve));
  };
  const pause = async () => {
    due?.();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return { actions, store, addresses, asked, searched, until, pause };
}
const page = (total: number) => new Response(JSON.stringify({ ...RESULTS, total }));

describe('live search', () => {
  it('waits for a pause, makes one step in the history and then only replaces it', async () => {
    const { actions, addresses, asked, pause } = live();
    actions.search('re');
    actions.search('rev');
    expect(asked).toHaveLength(0);
    await pause();
    actions.search('review');
    await pause();
    expect(addresses).toEqual(['push /agents?q=rev', 'replace /agents?q=review']);
    expect(asked.map(({ url }) => url)).toEqual(['http://service/api/v1/agents?q=rev', 'http://service/api/v1/agents?q=review']);
  });
  it('never lets an older answer replace a newer one', async () => {
    const { actions, store, asked, pause, until, searched } = live();
    actions.search('old');
    await pause();
    actions.search('new');
    await pause();
    expect(asked[0]!.signal.aborted).toBe(true);
    asked[1]!.answer(page(2));
    asked[0]!.answer(page(1));
    await until(() => store.get().search?.isStale === false);
    expect(store.get().search).toMatchObject({ query: { q: 'new' }, results: { kind: 'ready', value: { total: 2 } } });
    expect(searched).toEqual([['new', 2]]);
  });
  it('says that the service does not answer and tries again', async () => {
    const { actions, store, asked, pause, until } = live();
    actions.search('review');
    await pause();
    asked[0]!.answer(new Response('<html>', { status: 502 }));
    await until(() => store.get().search?.results.kind === 'error');
    actions.retry();
    await pause();
    expect(asked).toHaveLength(2);
  });
  it('follows filter links and goes home on the way back', async () => {
    const { actions, store, addresses, pause } = live();
    actions.follow('/agents?q=review&host=cursor');
    await pause();
    expect(addresses).toEqual(['push /agents?q=review&host=cursor']);
    expect(store.get()).toMatchObject({ text: 'review', search: { query: { q: 'review', host: 'cursor' } } });
    actions.follow('/', true);
    expect(store.get().search).toBeUndefined();
    expect(addresses).toHaveLength(1);
  });
});
