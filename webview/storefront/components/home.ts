import { html, nothing, type TemplateResult } from 'lit';
import type { Facet, Storefront } from '../../../contract/agents.ts';
import { INSTALLABLE_HOST_IDS } from '../../../contract/hosts.ts';
import type { Site } from '../../../contract/webview/pages.ts';
import type { ViewContext } from '../../lib/context.ts';
import { linkButton } from '../../lib/parts/button.ts';
import { agentCard } from '../../lib/parts/card.ts';
import { hostList } from '../../lib/parts/hosts.ts';
import { agentRow } from '../../lib/parts/row.ts';
import { emptyState } from '../../lib/parts/states.ts';
import { searchHref } from '../links.ts';
import { getExtension } from './get-extension.ts';

/** The start page: one line of what it is, then the catalogue from four sides. */
export function home(storefront: Storefront, site: Site, context: ViewContext): TemplateResult {
  return html`<main id="main" class="page">
    ${hero()}
    ${storefront.totalAgents === 0 ? emptyCatalogue() : shelves(storefront, context)}
    ${getExtension(site)}
  </main>`;
}

function hero(): TemplateResult {
  return html`<section class="hero">
    <div class="hero-text">
      <h1>Agents for the editor you already use.</h1>
      <p>Reviewed, versioned, installed in one click and removed without a trace.</p>
      ${hostList(INSTALLABLE_HOST_IDS)}
    </div>
    <div class="hero-action">${linkButton({ label: 'Get the extension', href: '#get', kind: 'primary', icon: 'extensions' })}</div>
  </section>`;
}

function emptyCatalogue(): TemplateResult {
  return emptyState({
    icon: 'hubot',
    title: 'No agents yet',
    text: html`This service is running and its catalogue is empty. Publish the first agent with <code>coditect-agents publish</code>.`,
  });
}

function shelves(storefront: Storefront, context: ViewContext): TemplateResult {
  const { featured, trending, recent, categories, collections, totalAgents } = storefront;
  return html`
    ${
      featured.length === 0
        ? nothing
        : html`<section class="shelf" aria-labelledby="featured">
            <div class="shelf-head"><h2 id="featured">Featured</h2><a href="/agents">All ${context.format.number(totalAgents)} agents</a></div>
            <div class="cards">${featured.map((agent) => agentCard(agent, context))}</div>
          </section>`
    }
    <div class="split">
      <section class="shelf" aria-labelledby="trending">
        <div class="shelf-head"><h2 id="trending">Trending</h2><a href=${searchHref({ sort: 'trending' })}>More</a></div>
        <ol class="rows">${trending.map((agent, index) => agentRow(agent, context, { rank: index + 1 }))}</ol>
      </section>
      <div class="split-side">
        ${categoryList(categories, context)}
        ${
          recent.length === 0
            ? nothing
            : html`<section class="shelf" aria-labelledby="recent">
                <div class="shelf-head"><h2 id="recent">New and updated</h2><a href=${searchHref({ sort: 'updated' })}>More</a></div>
                <ul class="rows is-compact">${recent.slice(0, 6).map((agent) => agentRow(agent, context, { isCompact: true }))}</ul>
              </section>`
        }
      </div>
    </div>
    ${collections.map((collection) => collectionShelf(collection, context))}
  `;
}

function categoryList(categories: readonly Facet[], { format }: ViewContext): TemplateResult {
  return html`<section class="shelf" aria-labelledby="categories">
    <div class="shelf-head"><h2 id="categories">Categories</h2></div>
    <ul class="count-list">
      ${categories.map(
        ({ id, name, count }) => html`<li>
          <a href="/agents?category=${id}"><span>${name}</span><span class="num muted">${format.number(count)}</span></a>
        </li>`,
      )}
    </ul>
  </section>`;
}

function collectionShelf(collection: Storefront['collections'][number], context: ViewContext): TemplateResult | typeof nothing {
  if (collection.agents.length === 0) return nothing;
  return html`<section class="shelf" aria-labelledby="collection-${collection.id}">
    <div class="shelf-head">
      <h2 id="collection-${collection.id}">${collection.name}</h2>
      <span class="muted">${collection.description}</span>
    </div>
    <div class="cards">${collection.agents.map((agent) => agentCard(agent, context))}</div>
  </section>`;
}
