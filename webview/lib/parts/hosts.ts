import { html, type TemplateResult } from 'lit';
import { HOSTS, type HostId, hostName } from '../../../contract/hosts.ts';

/** Hosts in the catalogue's fixed order, so that the same marks stand at the same place on every card. */
function inOrder(hosts: readonly HostId[]): HostId[] {
  return HOSTS.map((host) => host.id).filter((id) => hosts.includes(id));
}

/** Small marks, one for each host; the names are the accessible text. */
export function hostMarks(hosts: readonly HostId[]): TemplateResult {
  const ordered = inOrder(hosts);
  return html`<span class="marks" role="img" aria-label="Works in ${ordered.map(hostName).join(', ')}"
    >${ordered.map((id) => html`<span class="mark mark-${id}" title=${hostName(id)}></span>`)}</span
  >`;
}

/** Marks with names, for the header of a page. */
export function hostList(hosts: readonly HostId[]): TemplateResult {
  return html`<ul class="host-list">
    ${inOrder(hosts).map((id) => html`<li><span class="mark mark-${id}" aria-hidden="true"></span>${hostName(id)}</li>`)}
  </ul>`;
}
