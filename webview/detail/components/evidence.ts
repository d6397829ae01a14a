import { html, nothing, type TemplateResult } from 'lit';
import type { Evidence } from '../../../contract/capabilities.ts';
import type { ViewContext } from '../../lib/context.ts';
import type { DetailActions } from '../actions.ts';

/** This many places prove it at a glance; the others unfold. */
const SHOWN = 2;

/** Where it stands written: file and line, which open in the editor. */
export function evidence(
  places: readonly Evidence[],
  context: ViewContext,
  actions?: DetailActions,
): TemplateResult | typeof nothing {
  if (places.length === 0) return nothing;
  // one more is as short as the words that would hide it
  const shown = places.length === SHOWN + 1 ? places : places.slice(0, SHOWN);
  const rest = places.slice(shown.length);
  const draw = (place: Evidence) => evidencePlace(place, context, actions);
  return html`<div class="evidence"
    >${shown.map(draw)}${
      rest.length === 0
        ? nothing
        : html`<details class="more-places"><summary>and ${rest.length} more</summary>${rest.map(draw)}</details>`
    }</div
  >`;
}

function evidencePlace({ path, line }: Evidence, { surface }: ViewContext, actions?: DetailActions): TemplateResult {
  const text = `${path}:${line}`;
  if (surface === 'web') return html`<code class="place">${text}</code>`;
  return html`<button type="button" class="place text-button" title="Open ${text}" @click=${() => actions?.openEvidence(path, line)}>${text}</button>`;
}
