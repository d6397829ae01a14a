import { html, nothing, type TemplateResult } from 'lit';
import type { AgentDetail } from '../../../contract/agents.ts';
import type { ViewContext } from '../../lib/context.ts';
import { avatar, pictureOf } from '../../lib/parts/avatar.ts';
import { badge } from '../../lib/parts/badge.ts';
import { hostList } from '../../lib/parts/hosts.ts';
import { priceTag } from '../../lib/parts/price.ts';
import { publisher } from '../../lib/parts/publisher.ts';
import { stars } from '../../lib/parts/stars.ts';
import type { DetailActions } from '../actions.ts';
import type { DetailState } from '../state.ts';
import { primaryAction } from './primary-action.ts';

/** Picture, name, the one-line facts, the summary, and the one button that knows the state. */
export function header(agent: AgentDetail, state: DetailState, context: ViewContext, actions?: DetailActions): TemplateResult {
  const { snapshot } = state;
  const { format, surface } = context;
  const facts = [
    surface === 'web'
      ? html`<a class="quiet-link" href="/agents?scope=${agent.publisher.scope}">${publisher(agent.publisher)}</a>`
      : publisher(agent.publisher),
    agent.rating === undefined ? nothing : stars(agent.rating, context),
    agent.installs === 0
      ? nothing
      : html`<span class="num" title=${format.count(agent.installs, 'install')}>${format.compact(agent.installs)} ${agent.installs === 1 ? 'install' : 'installs'}</span>`,
    html`<span>${agent.license}</span>`,
    priceTag(agent.price, context),
  ].filter((fact) => fact !== nothing);
  return html`<header class="detail-head">
    ${avatar({ ...agent, size: 64, src: snapshot.iconUri ?? pictureOf(agent, snapshot.serviceUrl, context) })}
    <div class="detail-title">
      <h1>${agent.displayName}${agent.isDeprecated ? badge('Deprecated', 'warning') : nothing}</h1>
      <p class="fact-line">${facts.map((fact) => html`<span class="fact-item">${fact}</span>`)}</p>
      <p class="detail-summary">${agent.summary}</p>
      ${agent.hosts.length === 0 ? nothing : html`<div class="works-in"><span class="muted">Works in</span>${hostList(agent.hosts)}</div>`}
    </div>
    <div class="detail-action">${primaryAction(agent, snapshot.install, actions)}</div>
  </header>`;
}
