import * as z from 'zod/mini';
import { type SearchQuery, SearchQuerySchema } from '../../../contract/agents.ts';
import type { PageQuery } from '../../../contract/webview/pages.ts';

/** In the order in which they stand in an address. */
const KEYS = ['q', 'category', 'host', 'kind', 'capability', 'price', 'scope', 'sort', 'cursor'] as const;

/** The search of an address. People edit addresses: what is not valid is left out instead of refused. */
export function readPageQuery(params: URLSearchParams): { readonly query: SearchQuery; readonly shown: PageQuery } {
  const given: Record<string, string> = {};
  for (const key of KEYS) {
    const value = params.get(key);
    if (value !== null && value !== '') given[key] = key === 'q' ? value.slice(0, 200) : value;
  }
  const whole = z.safeParse(SearchQuerySchema, given);
  for (const issue of whole.success ? [] : whole.error.issues) delete given[String(issue.path[0])];
  return { query: z.parse(SearchQuerySchema, given), shown: given as PageQuery };
}

/** The address of the same search in its plainest form. */
export function canonicalSearchPath(shown: PageQuery): string {
  const search = new URLSearchParams();
  for (const key of KEYS) {
    const value = shown[key];
    if (value !== undefined && !(key === 'sort' && value === 'relevance')) search.set(key, value);
  }
  return search.size === 0 ? '/agents' : `/agents?${search}`;
}
