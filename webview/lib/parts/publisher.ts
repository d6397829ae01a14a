import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon.ts';

/** "@acme" with the mark of verification. */
export function publisher({ scope, isVerified }: { readonly scope: string; readonly isVerified: boolean }): TemplateResult {
  return html`<span class="publisher"
    >${scope}${isVerified ? html`<span class="verified" title="Verified publisher">${icon('verified-filled')}<span class="sr-only">verified</span></span>` : nothing}</span
  >`;
}
