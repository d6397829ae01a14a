import type { SearchPage, Storefront } from '../../contract/agents.ts';
import type { Loadable } from '../../contract/webview/detail.ts';
import type { PageModel, PageQuery, Site } from '../../contract/webview/pages.ts';

/** The start page, or the search page when there is a `search`. */
export interface StorefrontState {
  readonly storefront: Storefront;
  readonly site: Site;
  /** What stands in the search field; runs ahead of `search.query` while someone types. */
  readonly text: string;
  readonly search?: SearchState | undefined;
}

export interface SearchState {
  readonly query: PageQuery;
  readonly results: Loadable<SearchPage>;
  /** A newer answer is on its way; the old one stays readable. */
  readonly isStale: boolean;
}

/** The first state of a page, from the model that the service embedded. */
export function initialState(page: Extract<PageModel, { kind: 'storefront' }>): StorefrontState {
  const { storefront, query = {}, results, site = {} } = page;
  const base = { storefront, site, text: query.q ?? '' };
  return results === undefined
    ? base
    : { ...base, search: { query, results: { kind: 'ready', value: results }, isStale: false } };
}
