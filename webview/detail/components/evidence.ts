import { html, nothing, type TemplateResult } from 'lit';
import type { Evidence } from '../../../contract/capabilities.ts';
import type { ViewContext } from '../../lib/context.ts';
import type { DetailActions } from '../actions.ts';

/** More places than this prove nothing more; the rest is counted. */
const SHOWN = 4;

/** Where it stands written: file and line, which open in the editor. */
export function evidence(
  places: readonly Evidence[],
  context: ViewContext,
  actions?: DetailActions,
): TemplateResult | typeof nothing {
  if (places.length === 0) return nothing;
  const rest = places.length - SHOWN;
  return html`<span class="evidence"
    >${places.slice(0, SHOWN).map((place) => evidencePlace(place, context, actions))}${rest > 0 ? html`<span class="muted">and ${rest} more</span>` : nothing}</span
  >`;
}

function evidencePlace({ path, line }: Evidence, { surface }: ViewContext, actions?: DetailActions): TemplateResult {
  const text = `${path}:${line}`;
  if (surface === 'web') return html`<code class="place">${text}</code>`;
  return html`<button type="button" class="place text-button" title="Open ${text}" @click=${() => actions?.openEvidence(path, line)}>${text}</button>`;
}
