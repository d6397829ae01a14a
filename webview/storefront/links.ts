import type { PageQuery } from '../../contract/webview/pages.ts';

/** Parameters in the order they stand in an address, so that equal searches have equal addresses. */
const KEYS = ['q', 'category', 'host', 'kind', 'capability', 'price', 'scope', 'sort', 'cursor'] as const;

/** Address of a search: only what differs from the defaults, so that every filter is a plain link. */
export function searchHref(query: PageQuery): string {
  const search = new URLSearchParams();
  for (const key of KEYS) {
    const value = query[key];
    if (value !== undefined && value !== '' && !(key === 'sort' && value === 'relevance')) search.set(key, value);
  }
  const text = search.toString();
  return text === '' ? '/agents' : `/agents?${text}`;
}

/** The query of an address. Foreign keys are dropped; the service checks the values. */
export function queryOf(href: string): PageQuery {
  const params = new URL(href, 'http://service').searchParams;
  const query: Record<string, string> = {};
  for (const key of KEYS) {
    const value = params.get(key);
    if (value !== null && value !== '') query[key] = value;
  }
  return query as PageQuery;
}

/** The same search with some parameters changed; a page cursor never survives a change. */
export function withChange(
  query: PageQuery,
  change: { readonly [Key in keyof PageQuery]?: PageQuery[Key] | undefined },
): PageQuery {
  const { cursor: _, ...rest } = query;
  const next: Record<string, string | undefined> = { ...rest, ...change };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== '')) as PageQuery;
}
