import { html, type TemplateResult } from 'lit';
import type { ViewContext } from '../context.ts';
import { icon } from './icon.ts';

export interface BigNumber {
  readonly label: string;
  readonly now: number;
  readonly before: number;
  /** "the 30 days before", for the tooltip. */
  readonly period: string;
}

/** A number with its change against the period before. Colour repeats what sign and arrow say. */
export function bigNumber({ label, now, before, period }: BigNumber, { format }: ViewContext): TemplateResult {
  const trend = now > before ? 'up' : now < before ? 'down' : 'same';
  return html`<div class="big-number">
    <span class="big num" title=${format.number(now)}>${now < 100_000 ? format.number(now) : format.compact(now)}</span>
    <span class="big-label">${label}</span>
    <span class="trend is-${trend} num" title="${format.number(before)} in ${period}"
      >${trend === 'same' ? '' : icon(trend === 'up' ? 'arrow-up' : 'arrow-down')}${format.change(now, before)}</span
    >
  </div>`;
}
