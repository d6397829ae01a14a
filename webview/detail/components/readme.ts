import { html, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Readme } from '../../../contract/agents.ts';
import type { Loadable } from '../../../contract/webview/detail.ts';
import type { ViewContext } from '../../lib/context.ts';
import { button } from '../../lib/parts/button.ts';
import { skeletonLines } from '../../lib/parts/skeleton.ts';
import { emptyState, errorState } from '../../lib/parts/states.ts';
import type { DetailActions } from '../actions.ts';
import { withoutRemotePictures } from '../readme-pictures.ts';

/** The README. Its HTML was sanitised by the service (contract: safe to show in a page and in a webview). */
export function readme(loaded: Loadable<Readme>, context: ViewContext, actions?: DetailActions): TemplateResult {
  if (loaded.kind === 'loading') return skeletonLines(9, 'Loading the README');
  if (loaded.kind === 'error') {
    return errorState({
      icon: 'error',
      title: 'The README could not be loaded',
      text: loaded.message,
      actions: button({ label: 'Try again', icon: 'refresh', onClick: () => actions?.retry() }),
    });
  }
  if (loaded.value.html.trim() === '') {
    return emptyState({
      icon: 'book',
      title: 'No README',
      text: 'The publisher did not write one. “What it can do” shows what the package holds.',
    });
  }
  const text = withScrollers(context.surface === 'ide' ? withoutRemotePictures(loaded.value.html) : loaded.value.html);
  return html`<article class="readme" @click=${(event: Event) => openOutside(event, context, actions)}>${unsafeHTML(text)}</article>`;
}

/**
 * What may be wider than the column scrolls by itself, by keyboard too. The added attributes have no quotes: they could not end
 * an attribute even if such text stood inside one.
 */
function withScrollers(html: string): string {
  return html
    .replace(/<pre(?=[\s>])/g, '<pre tabindex=0')
    .replace(/<table(?=[\s>])/g, '<div class=table-scroll tabindex=0><table')
    .replaceAll('</table>', '</table></div>');
}

/** In an editor links leave the webview through the host, which asks first; on the web they are just links. */
function openOutside(event: Event, { surface }: ViewContext, actions: DetailActions | undefined): void {
  if (surface !== 'ide') return;
  const href = (event.target as Element | null)?.closest('a[href]')?.getAttribute('href');
  if (href == null || href.startsWith('#')) return;
  event.preventDefault();
  if (/^https?:\/\//i.test(href)) actions?.openLink(href);
}
