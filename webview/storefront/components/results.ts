import { html, nothing, type TemplateResult } from 'lit';
import type { SearchPage, Sort } from '../../../contract/agents.ts';
import type { PageQuery } from '../../../contract/webview/pages.ts';
import type { ViewContext } from '../../lib/context.ts';
import { button, linkButton } from '../../lib/parts/button.ts';
import { icon } from '../../lib/parts/icon.ts';
import { agentRow } from '../../lib/parts/row.ts';
import { skeletonLines } from '../../lib/parts/skeleton.ts';
import { emptyState, errorState } from '../../lib/parts/states.ts';
import { searchHref, withChange } from '../links.ts';
import type { SearchState } from '../state.ts';
import { facets } from './facets.ts';
import { filterChips } from './filter-chips.ts';

const SORT_WORDS: readonly { readonly id: Sort; readonly label: string }[] = [
  { id: 'relevance', label: 'Best match' },
  { id: 'trending', label: 'Trending' },
  { id: 'installs', label: 'Most installed' },
  { id: 'updated', label: 'Updated' },
  { id: 'name', label: 'Name' },
];

export interface ResultsActions {
  retry(): void;
}

/** The search page: filters left, rows right; every change is an address. */
export function results(
  { query, results: found, isStale }: SearchState,
  context: ViewContext,
  actions?: ResultsActions,
): TemplateResult {
  const page = found.kind === 'ready' ? found.value : undefined;
  return html`<main id="main" class="page search-page">
    <div class="search-head">
      <h1>${heading(query)}</h1>
      <p class="muted" role="status">${page === undefined ? 'Searching…' : totalText(page, context)}</p>
    </div>
    <div class="search-body">
      ${page === undefined ? html`<div class="facets"></div>` : facets(query, page.facets, context)}
      <section class="hits ${isStale ? 'is-stale' : ''}" aria-label="Results" aria-busy=${isStale ? 'true' : nothing}>
        <div class="hits-head">${filterChips(query, page)}${sortLinks(query)}</div>
        <h2 class="sr-only">Agents</h2>
        ${hits({ query, found, page }, context, actions)}
      </section>
    </div>
  </main>`;
}

function heading({ q, scope }: PageQuery): string {
  if (q !== undefined && q !== '') return `Results for “${q}”`;
  return scope === undefined ? 'All agents' : `Agents of ${scope}`;
}

function totalText({ total }: SearchPage, { format }: ViewContext): string {
  return total === 0 ? 'No agents' : format.count(total, 'agent');
}

function hits(
  { query, found, page }: { query: PageQuery; found: SearchState['results']; page: SearchPage | undefined },
  context: ViewContext,
  actions: ResultsActions | undefined,
): TemplateResult {
  if (found.kind === 'error') {
    return errorState({
      icon: 'error',
      title: 'The search did not work',
      text: found.message,
      actions:
        actions === undefined
          ? nothing
          : button({ label: 'Try again', kind: 'primary', icon: 'refresh', onClick: () => actions.retry() }),
    });
  }
  if (page === undefined) return skeletonLines(8, 'Searching');
  if (page.items.length === 0) return nothingFound(query, page);
  return html`${page.didYouMean === undefined ? nothing : didYouMean(query, page.didYouMean)}
    <ul class="rows">${page.items.map((agent) => agentRow(agent, context))}</ul>
    ${
      page.nextCursor === undefined
        ? nothing
        : html`<a class="button secondary more" rel="next" data-search href=${searchHref({ ...query, cursor: page.nextCursor })}>Next page${icon('arrow-right')}</a>`
    }`;
}

function nothingFound(query: PageQuery, page: SearchPage): TemplateResult {
  const hasFilters =
    query.category !== undefined || query.host !== undefined || query.kind !== undefined || query.price !== undefined;
  const what =
    query.q === undefined || query.q === ''
      ? 'No agent matches these filters.'
      : `No agent matches “${query.q}”${hasFilters ? ' with these filters' : ''}.`;
  return emptyState({
    icon: 'search',
    title: 'Nothing found',
    text: page.didYouMean === undefined ? what : html`${what} ${didYouMean(query, page.didYouMean)}`,
    actions: html`${hasFilters ? linkButton({ label: 'Clear the filters', href: searchHref(query.q === undefined ? {} : { q: query.q }) }) : nothing}${linkButton({ label: 'All agents', href: '/agents' })}`,
  });
}

function didYouMean(query: PageQuery, spelling: string): TemplateResult {
  return html`<span class="did-you-mean">Did you mean <a data-search href=${searchHref(withChange(query, { q: spelling }))}>${spelling}</a>?</span>`;
}

function sortLinks(query: PageQuery): TemplateResult {
  const current = query.sort ?? 'relevance';
  return html`<nav class="sort" aria-label="Order">
    ${SORT_WORDS.map(
      ({ id, label }) =>
        html`<a data-search href=${searchHref(withChange(query, { sort: id }))} aria-current=${id === current ? 'true' : nothing}>${label}</a>`,
    )}
  </nav>`;
}
