import { html, type TemplateResult } from 'lit';
import type { Price } from '../../../contract/agents.ts';
import type { ViewContext } from '../context.ts';

/** "Free" stays quiet; an amount stands out. */
export function priceTag(price: Price, { format }: ViewContext): TemplateResult {
  return html`<span class="price num ${price.kind === 'free' ? 'is-free' : ''}">${format.price(price)}</span>`;
}
