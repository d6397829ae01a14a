import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { InsightsAgent, InsightsSnapshot } from '../../../contract/webview/insights.ts';
import type { InsightsActions } from '../actions.ts';
import { RANGES, type Range } from '../state.ts';

/** Which agent and how long. Native selects: right for keyboards, screen readers and 300 px. */
export function pickers({ agents, selected, days }: InsightsSnapshot, actions: InsightsActions): TemplateResult {
  const mine = agents.filter(({ relation }) => relation === 'published');
  const installed = agents.filter(({ relation }) => relation === 'installed');
  const current = selected ?? agents[0]?.name ?? '';
  const onAgent = (event: Event) => actions.selectAgent((event.currentTarget as HTMLSelectElement).value);
  const onDays = (event: Event) => {
    const value = Number((event.currentTarget as HTMLSelectElement).value);
    actions.selectRange(RANGES.find((range): range is Range => range === value) ?? 30);
  };
  return html`<div class="pickers">
    <select class="select" aria-label="Agent" .value=${live(current)} @change=${onAgent}>
      ${group('Published by you', mine, current)} ${group('Installed here', installed, current)}
    </select>
    <select class="select is-narrow" aria-label="Period" .value=${live(String(days))} @change=${onDays}>
      ${RANGES.map((range) => html`<option value=${range} ?selected=${range === days}>${range} days</option>`)}
    </select>
  </div>`;
}

function group(label: string, agents: readonly InsightsAgent[], current: string): TemplateResult | typeof nothing {
  if (agents.length === 0) return nothing;
  return html`<optgroup label=${label}>
    ${agents.map(({ name, displayName }) => html`<option value=${name} ?selected=${name === current}>${displayName}</option>`)}
  </optgroup>`;
}
