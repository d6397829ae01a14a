import { html, nothing, type TemplateResult } from 'lit';
import type { AgentDetail } from '../../../contract/agents.ts';
import { findCategory } from '../../../contract/categories.ts';
import type { ViewContext } from '../../lib/context.ts';
import { icon } from '../../lib/parts/icon.ts';
import { agentRow } from '../../lib/parts/row.ts';
import type { DetailActions } from '../actions.ts';
import type { DetailState } from '../state.ts';
import { withoutExtension } from './without-extension.ts';

/** The right column: facts as a definition list, links, the ways without the extension, similar agents. */
export function facts(agent: AgentDetail, state: DetailState, context: ViewContext, actions?: DetailActions): TemplateResult {
  return html`<aside class="detail-side" aria-label="About ${agent.displayName}">
    <dl class="facts">${factRows(agent, context, actions)}</dl>
    ${agent.links.length === 0 ? nothing : links(agent, context, actions)}
    ${context.surface === 'web' ? withoutExtension(agent.name, state, context, actions) : nothing}
    ${similar(agent, state.snapshot.serviceUrl, context, actions)}
  </aside>`;
}

function factRows(agent: AgentDetail, context: ViewContext, actions?: DetailActions): TemplateResult {
  const { format, surface } = context;
  const { latest } = agent;
  const categories = agent.categories.map((id) => {
    const name = findCategory(id)?.name ?? id;
    return surface === 'web' ? html`<a href="/agents?category=${id}">${name}</a>` : html`<span>${name}</span>`;
  });
  return html`
    ${fact(agent.categories.length === 1 ? 'Category' : 'Categories', html`<span class="stacked">${categories}</span>`)}
    ${fact('Version', html`<span class="num">${agent.latestVersion}</span>, <span title=${format.exact(latest.publishedAt)}>${format.relative(latest.publishedAt)}</span>`)}
    ${fact('Reviewed', html`${reviewWords(agent, context)} ${seeChecks(context, actions)}`)}
    ${fact('Adds', html`<span class="num">${latest.contextTokens === 0 ? 'nothing' : `about ${format.compact(latest.contextTokens)} tokens`}</span> to each request`)}
    ${fact('Size', html`<span class="num">${format.bytes(latest.sizeBytes)}</span>, ${format.count(latest.fileCount, 'file')}`)}
    ${fact('License', html`${agent.license}`)}
    ${fact('Published', html`<span title=${format.exact(agent.publishedAt)}>${format.relative(agent.publishedAt)}</span>`)}
  `;
}

function fact(term: string, description: TemplateResult): TemplateResult {
  return html`<div class="fact"><dt>${term}</dt><dd>${description}</dd></div>`;
}

function reviewWords({ latest }: AgentDetail, { format }: ViewContext): TemplateResult {
  const count = format.count(latest.checkCount, 'check');
  if (latest.reviewState === 'passed') return html`<span class="passed">${icon('check')}passed</span>, ${count}`;
  return html`${latest.reviewState === 'yanked' ? 'withdrawn' : latest.reviewState === 'blocked' ? 'blocked' : 'in review'}, ${count}`;
}

function seeChecks({ isStatic }: ViewContext, actions?: DetailActions): TemplateResult {
  if (isStatic) return html`<a href="#capabilities">See</a>`;
  return html`<button type="button" class="text-button" @click=${() => actions?.selectTab('capabilities')}>See</button>`;
}

function links(agent: AgentDetail, { surface }: ViewContext, actions?: DetailActions): TemplateResult {
  return html`<section class="side-section">
    <h2>Links</h2>
    <ul class="link-list">
      ${agent.links.map(({ label, url }) =>
        surface === 'web'
          ? html`<li><a href=${url} rel="noopener nofollow" target="_blank">${label}${icon('link-external')}</a></li>`
          : html`<li><button type="button" class="text-button" title=${url} @click=${() => actions?.openLink(url)}>${label}${icon('link-external')}</button></li>`,
      )}
    </ul>
  </section>`;
}

function similar(
  agent: AgentDetail,
  serviceUrl: string,
  context: ViewContext,
  actions?: DetailActions,
): TemplateResult | typeof nothing {
  if (agent.similar.length === 0) return nothing;
  const onOpen = (name: string) => actions?.openAgent(name);
  return html`<section class="side-section">
    <h2>Similar</h2>
    <ul class="rows is-compact">${agent.similar.slice(0, 5).map((other) => agentRow(other, context, { isCompact: true, serviceUrl, onOpen }))}</ul>
  </section>`;
}
