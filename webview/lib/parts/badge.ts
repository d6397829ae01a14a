import { html, type TemplateResult } from 'lit';

export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

/** A word or two of state. The text carries the meaning, the colour only repeats it. */
export function badge(text: string, tone: Tone = 'neutral', title = ''): TemplateResult {
  return html`<span class="badge tone-${tone}" title=${title}>${text}</span>`;
}
