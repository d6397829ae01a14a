import { html, nothing, type TemplateResult } from 'lit';
import type { AgentSummary } from '../../../contract/agents.ts';
import type { ViewContext } from '../context.ts';
import { agentLink } from './agent-link.ts';
import { avatar, pictureOf } from './avatar.ts';
import { badge } from './badge.ts';
import { hostMarks } from './hosts.ts';
import { installs } from './installs.ts';
import { priceTag } from './price.ts';
import { publisher } from './publisher.ts';
import { stars } from './stars.ts';

export interface RowOptions {
  readonly serviceUrl?: string;
  /** Place in a ranked list, from 1. */
  readonly rank?: number;
  /** Compact: name and publisher only, for narrow columns. */
  readonly isCompact?: boolean;
  readonly onOpen?: (name: string) => void;
}

/** One agent as a list row. */
export function agentRow(agent: AgentSummary, context: ViewContext, options: RowOptions = {}): TemplateResult {
  const { isCompact = false } = options;
  return html`<li class="row ${isCompact ? 'is-compact' : ''}">
    ${options.rank === undefined ? nothing : html`<span class="rank num" aria-hidden="true">${options.rank}</span>`}
    ${avatar({ ...agent, size: isCompact ? 24 : 32, src: pictureOf(agent, options.serviceUrl ?? '', context) })}
    <div class="row-main">
      <div class="row-title">
        <h3>${agentLink(agent, context, options.onOpen)}</h3>
        ${publisher(agent.publisher)}${agent.isDeprecated ? badge('Deprecated', 'warning') : nothing}
      </div>
      ${isCompact ? nothing : html`<p class="row-text">${agent.summary}</p>`}
    </div>
    ${isCompact ? nothing : html`<div class="row-facts"><span class="col-marks">${hostMarks(agent.hosts)}</span><span class="col-stars">${stars(agent.rating, context)}</span><span class="col-installs">${installs(agent.installs, context)}</span></div>`}
    ${isCompact && agent.price.kind === 'free' ? nothing : priceTag(agent.price, context)}
  </li>`;
}
