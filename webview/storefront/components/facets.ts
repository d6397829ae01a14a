import { html, nothing, type TemplateResult } from 'lit';
import type { Facet, SearchPage } from '../../../contract/agents.ts';
import type { PageQuery } from '../../../contract/webview/pages.ts';
import type { ViewContext } from '../../lib/context.ts';
import { icon } from '../../lib/parts/icon.ts';
import { searchHref, withChange } from '../links.ts';

type FacetKey = 'category' | 'host' | 'kind' | 'price';

const GROUPS: readonly { readonly key: FacetKey; readonly title: string; readonly of: keyof SearchPage['facets'] }[] = [
  { key: 'category', title: 'Category', of: 'categories' },
  { key: 'host', title: 'Works in', of: 'hosts' },
  { key: 'kind', title: 'Contains', of: 'kinds' },
  { key: 'price', title: 'Price', of: 'prices' },
];

/** Filters as plain links: each leads to the search with it set, or, when it is set, without it. */
export function facets(query: PageQuery, values: SearchPage['facets'], context: ViewContext): TemplateResult {
  const chosen = GROUPS.filter(({ key }) => query[key] !== undefined).length;
  const groups = GROUPS.map(({ key, title, of }) => facetGroup({ key, title, values: values[of], query }, context));
  return html`<nav class="facets" aria-label="Filters">
    <details class="facets-fold">
      <summary>${icon('chevron-right', 'fold-mark')}Filters${chosen === 0 ? nothing : html`<span class="count num">${chosen}</span>`}</summary>
      ${groups}
    </details>
    <div class="facets-open">${groups}</div>
  </nav>`;
}

function facetGroup(
  group: { key: FacetKey; title: string; values: readonly Facet[]; query: PageQuery },
  { format }: ViewContext,
): TemplateResult | typeof nothing {
  const { key, title, values, query } = group;
  const selected = query[key];
  const shown = values.filter((value) => value.count > 0 || value.id === selected);
  if (shown.length === 0) return nothing;
  return html`<div class="facet">
    <h2>${title}</h2>
    <ul class="count-list">
      ${shown.map(({ id, name, count }) => {
        const isOn = id === selected;
        const href = searchHref(withChange(query, { [key]: isOn ? undefined : id }));
        return html`<li>
          <a class=${isOn ? 'is-on' : ''} href=${href} data-search aria-current=${isOn ? 'true' : nothing}
            ><span>${name}</span>${isOn ? icon('close') : html`<span class="num muted">${format.number(count)}</span>`}</a
          >
        </li>`;
      })}
    </ul>
  </div>`;
}
