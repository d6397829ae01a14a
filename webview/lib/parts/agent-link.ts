import { html, type TemplateResult } from 'lit';
import type { ViewContext } from '../context.ts';

/** Address of an agent's page; the name is already checked by the contract, `@` and `/` stay readable. */
export function agentHref(name: string): string {
  return `/agents/${name}`;
}

/** The agent's name as what opens it: a link on the web, a button in the editor where the host opens a panel. */
export function agentLink(
  agent: { readonly name: string; readonly displayName: string },
  { surface }: ViewContext,
  onOpen?: (name: string) => void,
): TemplateResult {
  if (surface === 'web') return html`<a class="stretch" href=${agentHref(agent.name)}>${agent.displayName}</a>`;
  return html`<button type="button" class="stretch text-button" @click=${() => onOpen?.(agent.name)}>${agent.displayName}</button>`;
}
