import { ApiError, type Client } from '../../contract/client.ts';
import { ROUTES } from '../../contract/routes.ts';
import type { PageQuery } from '../../contract/webview/pages.ts';
import type { Store } from '../lib/store.ts';
import { queryOf, searchHref, withChange } from './links.ts';
import type { StorefrontState } from './state.ts';
import type { StorefrontActions } from './view.ts';

/** Typing searches after this pause: short enough to feel live, long enough to skip half words. */
const TYPING_PAUSE_MS = 150;

export interface StorefrontDeps {
  readonly store: Store<StorefrontState>;
  readonly client: Client;
  /** Address bar: `push` for a step one can go back to, `replace` while typing. */
  readonly address: { push(href: string): void; replace(href: string): void };
  readonly schedule: (run: () => void, delayMs: number) => () => void;
  /** Told the settled searches, for the count of searches without results. */
  readonly onSearched?: (query: string, total: number) => void;
}

export interface LiveStorefront extends StorefrontActions {
  /** Follows a filter link or a step back: `href` is already in the address bar when `isHistory`. */
  follow(href: string, isHistory?: boolean): void;
}

/** Turns the page that works by links and forms into one that answers while typing. A newer search cancels an older one. */
export function createStorefrontActions(deps: StorefrontDeps): LiveStorefront {
  const { store, client, address, schedule } = deps;
  let cancelTyping = () => {};
  let running: AbortController | undefined;

  function showHome(): void {
    running?.abort();
    store.update(({ storefront, site }) => ({ storefront, site, text: '' }));
  }

  async function run(query: PageQuery): Promise<void> {
    cancelTyping();
    running?.abort();
    const controller = new AbortController();
    running = controller;
    store.update((state) => {
      const results = state.search?.results.kind === 'ready' ? state.search.results : ({ kind: 'loading' } as const);
      return { ...state, search: { query, results, isStale: true } };
    });
    try {
      const value = await client.call(ROUTES.searchAgents, { query, signal: controller.signal });
      store.update((state) => ({ ...state, search: { query, results: { kind: 'ready', value }, isStale: false } }));
      if (query.cursor === undefined) deps.onSearched?.(query.q ?? '', value.total);
    } catch (error) {
      if (controller.signal.aborted) return;
      const results = { kind: 'error', ...problemOf(error) } as const;
      store.update((state) => ({ ...state, search: { query, results, isStale: false } }));
    }
  }

  function searchText(text: string, step: 'push' | 'replace'): void {
    const current = store.get().search;
    const query = withChange(current?.query ?? {}, { q: text.trim() === '' ? undefined : text.trim() });
    if (current === undefined && query.q === undefined) return;
    address[current === undefined ? 'push' : step](searchHref(query));
    void run(query);
  }

  return {
    search(text) {
      store.update((state) => ({ ...state, text }));
      cancelTyping();
      cancelTyping = schedule(() => searchText(text, 'replace'), TYPING_PAUSE_MS);
    },
    submit(text) {
      cancelTyping();
      store.update((state) => ({ ...state, text }));
      if (text.trim() === '' && store.get().search === undefined) {
        address.push('/agents');
        void run({});
      } else searchText(text, 'push');
    },
    retry: () => void run(store.get().search?.query ?? {}),
    follow(href, isHistory = false) {
      if (!isHistory) address.push(href);
      const url = new URL(href, 'http://service');
      if (url.pathname === '/') {
        showHome();
        return;
      }
      const query = queryOf(href);
      store.update((state) => ({ ...state, text: query.q ?? '' }));
      void run(query);
    },
  };
}

function problemOf(error: unknown): { code: string; message: string } {
  if (!(error instanceof ApiError))
    return { code: 'internal', message: 'Something failed in this page. Reload it to start anew.' };
  if (error.code === 'unreachable') {
    return { code: error.code, message: 'The service does not answer. What was shown before is gone only from this page.' };
  }
  return { code: error.code, message: error.message };
}
