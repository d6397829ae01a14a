import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from '../context.ts';
import { icon } from './icon.ts';

/** "14.2k" with the exact number in the tooltip; nothing before the first install. */
export function installs(count: number, { format }: ViewContext): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  return html`<span class="installs" title=${format.count(count, 'install')}
    >${icon('download')}<span class="num">${format.compact(count)}</span><span class="sr-only"> installs</span></span
  >`;
}
