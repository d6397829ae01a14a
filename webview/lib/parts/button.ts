import { html, nothing, type TemplateResult } from 'lit';
import { type IconName, icon } from './icon.ts';

export interface ButtonOptions {
  readonly label: string;
  readonly kind?: 'primary' | 'secondary' | 'quiet';
  readonly icon?: IconName;
  readonly title?: string;
  /** Busy keeps the label readable, turns the icon and takes no clicks. */
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
  /** Icon only: the label becomes the accessible name and the tooltip. */
  readonly isIconOnly?: boolean;
  readonly onClick?: (event: Event) => void;
}

/** A real `<button>`: Enter and Space work by themselves. */
export function button(options: ButtonOptions): TemplateResult {
  const { label, isBusy = false, isDisabled = false, isIconOnly = false } = options;
  return html`<button
    type="button"
    class="button ${options.kind ?? 'secondary'} ${isIconOnly ? 'icon-only' : ''}"
    ?disabled=${isDisabled}
    aria-disabled=${isBusy ? 'true' : nothing}
    aria-busy=${isBusy ? 'true' : nothing}
    aria-label=${isIconOnly ? label : nothing}
    title=${options.title ?? (isIconOnly ? label : nothing)}
    @click=${isBusy ? nothing : (options.onClick ?? nothing)}
  >${isBusy ? icon('sync', 'spin') : options.icon === undefined ? nothing : icon(options.icon)}${isIconOnly ? nothing : html`<span>${label}</span>`}</button>`;
}

/** A link that looks like a button, for what works without a script. */
export function linkButton(options: {
  label: string;
  href: string;
  kind?: 'primary' | 'secondary';
  icon?: IconName;
}): TemplateResult {
  return html`<a class="button ${options.kind ?? 'secondary'}" href=${options.href}
    >${options.icon === undefined ? nothing : icon(options.icon)}<span>${options.label}</span></a
  >`;
}
