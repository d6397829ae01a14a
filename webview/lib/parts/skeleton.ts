import { html, type TemplateResult } from 'lit';

/** Grey lines in the shape of what is coming. `label` is what screen readers hear. */
export function skeletonLines(count: number, label: string): TemplateResult {
  return html`<div class="skeleton" role="status" aria-label=${label}>
    ${Array.from({ length: count }, (_, index) => html`<span class="skeleton-line width-${(index * 2 + 1) % 4}"></span>`)}
  </div>`;
}

/** A grey block for a chart or a picture. */
export function skeletonBlock(label: string): TemplateResult {
  return html`<div class="skeleton" role="status" aria-label=${label}><span class="skeleton-block"></span></div>`;
}
