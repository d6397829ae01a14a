import { html, nothing, type TemplateResult } from 'lit';
import type { PageModel } from '../../../contract/webview/pages.ts';
import { linkButton } from './button.ts';
import { emptyState, errorState } from './states.ts';
import { siteFooter, topBar } from './top-bar.ts';

/** The page for addresses that lead nowhere. */
export function notFoundPage({ path, site = {} }: Extract<PageModel, { kind: 'not_found' }>): TemplateResult {
  const text = path === undefined ? 'There is nothing at this address.' : html`There is nothing at <code>${path}</code>.`;
  const actions = html`${linkButton({ label: 'All agents', href: '/agents', kind: 'primary' })}${linkButton({ label: 'Start page', href: '/' })}`;
  return html`${topBar({ site })}
    <main id="main" class="page">${emptyState({ icon: 'search', title: 'Not found', text, isPage: true, actions })}</main>
    ${siteFooter(site)}`;
}

/** The page for failures of the service: what happened, and the id to quote. */
export function errorPage({ message, requestId, site = {} }: Extract<PageModel, { kind: 'error' }>): TemplateResult {
  const text = html`${message}${requestId === undefined ? nothing : html` Request <code>${requestId}</code>.`}`;
  return html`${topBar({ site })}
    <main id="main" class="page">
      ${errorState({ icon: 'error', title: 'Something failed', text, isPage: true, actions: linkButton({ label: 'Start page', href: '/', kind: 'primary' }) })}
    </main>
    ${siteFooter(site)}`;
}
