import { html, nothing, type TemplateResult } from 'lit';
import type { AgentDetail, VersionDetail } from '../../../contract/agents.ts';
import { type CapabilityId, describeCapability } from '../../../contract/capabilities.ts';
import type { ViewContext } from '../../lib/context.ts';
import { type IconName, icon } from '../../lib/parts/icon.ts';
import { notice } from '../../lib/parts/states.ts';
import type { DetailActions } from '../actions.ts';
import { checks } from './checks.ts';
import { componentList } from './component-list.ts';
import { evidence } from './evidence.ts';
import { reach } from './reach.ts';

const ICONS: Record<CapabilityId, IconName> = {
  read: 'book',
  search: 'search',
  edit: 'edit',
  execute: 'terminal',
  web: 'globe',
  agent: 'hubot',
  mcp: 'plug',
};

/** What it can do once installed, each sentence with the line that proves it; then what it adds, then what the checks said. */
export function capabilities(agent: AgentDetail, context: ViewContext, actions?: DetailActions): TemplateResult {
  const { latest } = agent;
  return html`<div class="sections">
    ${sentences(latest, context, actions)} ${reach(latest, context, actions)} ${componentList(latest.components, context, actions)}
    ${checks(latest, context, actions)}
  </div>`;
}

function sentences(latest: VersionDetail, context: ViewContext, actions?: DetailActions): TemplateResult {
  const { capabilities: uses, undeclared } = latest.capabilityManifest;
  return html`<section class="section">
    <h2>It will be able to</h2>
    <p class="section-note">Derived from the files of ${latest.version}, not taken from the publisher’s word.</p>
    ${
      undeclared.length === 0
        ? nothing
        : notice({
            tone: 'warning',
            text: html`Not declared by the publisher, but found in the files: ${undeclared.join(', ')}.`,
          })
    }
    ${
      uses.length === 0
        ? html`<p>Nothing by itself: it holds instructions only.</p>`
        : html`<ul class="can-list">
            ${uses.map(
              (use) => html`<li>
                ${icon(ICONS[use.id])}
                <div>
                  <span class="can-text"
                    >${capitalized(describeCapability({ id: use.id, details: [] }))}${use.details.map((detail) => html` <code>${detail}</code>`)}</span
                  >
                  ${evidence(use.evidence, context, actions)}
                </div>
              </li>`,
            )}
          </ul>`
    }
  </section>`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
