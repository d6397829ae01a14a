import { html, nothing, type TemplateResult } from 'lit';
import type { Site } from '../../../contract/webview/pages.ts';
import { icon } from './icon.ts';

export interface TopBarOptions {
  readonly site: Site;
  /** What stands in the search field. */
  readonly text?: string;
  readonly isBusy?: boolean;
  /** Absent: the field only submits, as it does without a script. */
  readonly onInput?: (text: string) => void;
  readonly onSubmit?: (text: string) => void;
}

/** Header of every web page: the mark, the search (a plain form to `/agents`), the links. */
export function topBar({ site, text = '', isBusy = false, onInput, onSubmit }: TopBarOptions): TemplateResult {
  const submit = (event: Event) => {
    if (onSubmit === undefined) return;
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget as HTMLFormElement).get('q') as string);
  };
  return html`<a class="skip-link" href="#main">Skip to content</a>
    <header class="top-bar">
      <div class="top-bar-inner">
        <a class="brand" href="/"><span class="brand-mark" aria-hidden="true"></span>coditect</a>
        <form class="search" role="search" action="/agents" method="get" @submit=${submit}>
          ${icon('search')}
          <input
            type="search"
            name="q"
            class="search-field"
            aria-label="Search agents"
            placeholder="Search agents…"
            maxlength="200"
            autocomplete="off"
            spellcheck="false"
            .value=${text}
            @input=${(event: Event) => onInput?.((event.currentTarget as HTMLInputElement).value)}
          />
          ${isBusy ? icon('sync', 'spin') : html`<kbd class="search-key" aria-hidden="true">/</kbd>`}
        </form>
        <nav class="top-links" aria-label="Site">
          <a href="/agents">All agents</a>
          ${site.apiDocsPath === undefined ? nothing : html`<a href=${site.apiDocsPath}>API</a>`}
          <a href="/#get">Get the extension</a>
        </nav>
      </div>
    </header>`;
}

/** Foot of every web page. */
export function siteFooter(site: Site): TemplateResult {
  return html`<footer class="site-footer">
    <div class="site-footer-inner">
      <span>coditect · agents for the editor you already use</span>
      <span class="site-footer-links">
        <a href="/agents">All agents</a>
        <a href="/agents?sort=updated">New</a>
        <a href="/#get">Get the extension</a>
        ${site.apiDocsPath === undefined ? nothing : html`<a href=${site.apiDocsPath}>API</a>`}
      </span>
    </div>
  </footer>`;
}
