import { html, type TemplateResult } from 'lit';
import type { ViewContext } from '../lib/context.ts';
import { siteFooter, topBar } from '../lib/parts/top-bar.ts';
import { home } from './components/home.ts';
import { results } from './components/results.ts';
import type { StorefrontState } from './state.ts';

export interface StorefrontActions {
  search(text: string): void;
  submit(text: string): void;
  retry(): void;
}

/** The whole page inside `#app`. Without actions (on the service) search is a form and every filter a link. */
export function storefrontView(state: StorefrontState, context: ViewContext, actions?: StorefrontActions): TemplateResult {
  const { storefront, site, text, search } = state;
  const bar = actions === undefined ? {} : { onInput: actions.search, onSubmit: actions.submit };
  return html`${topBar({ site, text, isBusy: search?.isStale ?? false, ...bar })}
    ${search === undefined ? home(storefront, site, context) : results(search, context, actions)}
    ${siteFooter(site)}`;
}
