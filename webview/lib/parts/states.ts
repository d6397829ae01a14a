import { html, nothing, type TemplateResult } from 'lit';
import { type IconName, icon } from './icon.ts';

export interface StateOptions {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string | TemplateResult;
  /** The state is the whole page, so its title is the page's heading. */
  readonly isPage?: boolean;
  /** At most two: the next step, and perhaps another way. */
  readonly actions?: TemplateResult | typeof nothing;
}

/** Nothing to show, and what to do about it. */
export function emptyState(options: StateOptions): TemplateResult {
  return html`<div class="state">${body(options)}</div>`;
}

/** Something failed: announced at once. Says what happened, what stayed safe, what to do. */
export function errorState(options: StateOptions): TemplateResult {
  return html`<div class="state is-error" role="alert">${body(options)}</div>`;
}

function body({ icon: name, title, text, isPage = false, actions = nothing }: StateOptions): TemplateResult {
  return html`${icon(name, 'state-icon')}
    ${isPage ? html`<h1 class="state-title">${title}</h1>` : html`<h2 class="state-title">${title}</h2>`}
    <p class="state-text">${text}</p>
    ${actions === nothing ? nothing : html`<div class="state-actions">${actions}</div>`}`;
}

/** One quiet line above content that is still usable. */
export function notice(options: {
  readonly tone: 'info' | 'warning' | 'danger';
  readonly text: string | TemplateResult;
  readonly action?: TemplateResult | typeof nothing;
}): TemplateResult {
  const name: IconName = options.tone === 'info' ? 'info' : options.tone === 'warning' ? 'warning' : 'error';
  return html`<div class="notice tone-${options.tone}" role="status">${icon(name)}<span>${options.text}</span>${options.action ?? nothing}</div>`;
}
