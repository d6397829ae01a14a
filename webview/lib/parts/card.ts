import { html, type TemplateResult } from 'lit';
import type { AgentSummary } from '../../../contract/agents.ts';
import type { ViewContext } from '../context.ts';
import { agentLink } from './agent-link.ts';
import { avatar, pictureOf } from './avatar.ts';
import { hostMarks } from './hosts.ts';
import { installs } from './installs.ts';
import { priceTag } from './price.ts';
import { publisher } from './publisher.ts';
import { stars } from './stars.ts';

/** The whole card is the link: the name's link is stretched over it. */
export function agentCard(agent: AgentSummary, context: ViewContext, serviceUrl = ''): TemplateResult {
  return html`<article class="card">
    <div class="card-head">
      ${avatar({ ...agent, size: 40, src: pictureOf(agent, serviceUrl, context) })}
      <div class="card-title">
        <h3>${agentLink(agent, context)}</h3>
        ${publisher(agent.publisher)}
      </div>
      ${priceTag(agent.price, context)}
    </div>
    <p class="card-text">${agent.summary}</p>
    <div class="card-foot">${stars(agent.rating, context)}${installs(agent.installs, context)}${hostMarks(agent.hosts, 4)}</div>
  </article>`;
}
