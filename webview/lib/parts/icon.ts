import { html, type TemplateResult } from 'lit';

/** Codicons that parts.css carries; each is a mask in the colour of the text around it. */
export type IconName =
  | 'arrow-down'
  | 'arrow-right'
  | 'arrow-up'
  | 'book'
  | 'check'
  | 'chevron-right'
  | 'circle-slash'
  | 'close'
  | 'copy'
  | 'download'
  | 'edit'
  | 'error'
  | 'extensions'
  | 'file-code'
  | 'globe'
  | 'graph-line'
  | 'hubot'
  | 'info'
  | 'key'
  | 'lightbulb'
  | 'link-external'
  | 'plug'
  | 'refresh'
  | 'search'
  | 'shield'
  | 'star-full'
  | 'sync'
  | 'table'
  | 'terminal'
  | 'trash'
  | 'verified-filled'
  | 'warning';

/** A decorative icon: screen readers skip it, so the words beside it must say the same. */
export function icon(name: IconName, extraClass = ''): TemplateResult {
  return html`<span class="icon icon-${name} ${extraClass}" aria-hidden="true"></span>`;
}
