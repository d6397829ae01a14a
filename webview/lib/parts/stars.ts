import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from '../context.ts';
import { icon } from './icon.ts';

/** "★ 4.8 (212)", or nothing while nobody has reviewed the agent. */
export function stars(
  rating: { readonly average: number; readonly count: number } | undefined,
  { format }: ViewContext,
): TemplateResult | typeof nothing {
  if (rating === undefined) return nothing;
  return html`<span class="stars" title="${format.decimal(rating.average)} of 5 from ${format.count(rating.count, 'review')}"
    >${icon('star-full')}<span class="num">${format.decimal(rating.average)}</span
    ><span class="muted num">(${format.compact(rating.count)})</span></span
  >`;
}
