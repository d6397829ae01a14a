import { render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import type { TemplateResult } from 'lit';
import { findCategory } from '../contract/categories.ts';
import type { PageModel, RenderedPage } from '../contract/webview/pages.ts';
import { initialState as detailState } from './detail/state.ts';
import { detailView } from './detail/view.ts';
import { staticContext } from './lib/context.ts';
import { errorPage, notFoundPage } from './lib/parts/message-page.ts';
import { initialState as storefrontState } from './storefront/state.ts';
import { storefrontView } from './storefront/view.ts';

const TAGLINE = 'Reviewed, versioned coding agents for Claude Code and VS Code, installed in one click.';

/**
 * Renders a whole page to HTML for `#app`, with title and description for the head. Pure apart from the clock, which relative
 * dates need. Throws for models that do not match their type; third-party text is escaped by the templates.
 */
export function renderPage(page: PageModel): RenderedPage {
  const context = staticContext(() => Date.now());
  switch (page.kind) {
    case 'storefront':
      return { html: toHtml(storefrontView(storefrontState(page), context)), ...storefrontHead(page) };
    case 'agent':
      return { html: toHtml(detailView(detailState(page.snapshot, 'readme', page.site), context)), ...agentHead(page) };
    case 'not_found':
      return {
        html: toHtml(notFoundPage(page)),
        title: 'Not found · coditect',
        description: 'There is nothing at this address.',
      };
    case 'error':
      return { html: toHtml(errorPage(page)), title: 'Something failed · coditect', description: page.message };
  }
}

/** Lit's markers are for its own hydration; the page's script draws anew, so they would only be weight. */
function toHtml(view: TemplateResult): string {
  return collectResultSync(render(view)).replace(/<!--\/?lit-(?:part|node)[^>]*-->|<\?>/g, '');
}

function storefrontHead({ query, results }: Extract<PageModel, { kind: 'storefront' }>): { title: string; description: string } {
  if (results === undefined) return { title: 'coditect · agents for the editor you already use', description: TAGLINE };
  const category = query?.category === undefined ? undefined : findCategory(query.category)?.name;
  const what = query?.q ? `“${query.q}”` : (category ?? 'All agents');
  return { title: `${what} · coditect`, description: `${results.total} agents: ${what}. ${TAGLINE}` };
}

function agentHead({ snapshot }: Extract<PageModel, { kind: 'agent' }>): { title: string; description: string } {
  if (snapshot.agent.kind !== 'ready') return { title: 'Agent · coditect', description: TAGLINE };
  const { displayName, summary, publisher } = snapshot.agent.value;
  return { title: `${displayName} by ${publisher.scope} · coditect`, description: summary };
}
