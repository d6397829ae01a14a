import { html, nothing, type TemplateResult } from 'lit';
import type { SearchPage } from '../../../contract/agents.ts';
import { findCategory } from '../../../contract/categories.ts';
import { COMPONENT_KINDS } from '../../../contract/components.ts';
import { hostName } from '../../../contract/hosts.ts';
import type { PageQuery } from '../../../contract/webview/pages.ts';
import { icon } from '../../lib/parts/icon.ts';
import { searchHref, withChange } from '../links.ts';

type FilterKey = 'category' | 'host' | 'kind' | 'capability' | 'price' | 'scope';
const FILTERS: readonly FilterKey[] = ['category', 'host', 'kind', 'capability', 'price', 'scope'];

/** What the search is narrowed by; each chip takes its filter away. */
export function filterChips(query: PageQuery, page: SearchPage | undefined): TemplateResult | typeof nothing {
  const active = FILTERS.filter((key) => query[key] !== undefined);
  if (active.length === 0) return nothing;
  return html`<ul class="chips" aria-label="Active filters">
    ${active.map((key) => {
      const name = nameOf(key, query, page);
      return html`<li>
        <a class="chip" data-search href=${searchHref(withChange(query, { [key]: undefined }))} aria-label="Remove the filter ${name}"
          >${name}${icon('close')}</a
        >
      </li>`;
    })}
  </ul>`;
}

function nameOf(key: FilterKey, query: PageQuery, page: SearchPage | undefined): string {
  const value = query[key] ?? '';
  if (key === 'category') return findCategory(value)?.name ?? value;
  if (key === 'host' && query.host !== undefined) return hostName(query.host);
  if (key === 'kind' && COMPONENT_KINDS.some((kind) => kind === value)) {
    return page?.facets.kinds.find((facet) => facet.id === value)?.name ?? value;
  }
  if (key === 'price') return value === 'free' ? 'Free' : 'Paid';
  return key === 'capability' ? `Can ${value}` : value;
}
