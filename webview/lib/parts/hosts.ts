import { html, nothing, type TemplateResult } from 'lit';
import { HOSTS, type HostId, hostName } from '../../../contract/hosts.ts';

/** Hosts in the catalogue's fixed order, so that the same marks stand at the same place on every card. */
function inOrder(hosts: readonly HostId[]): HostId[] {
  return HOSTS.map((host) => host.id).filter((id) => hosts.includes(id));
}

/** Small marks, at most `limit` and a count of the rest; all names are the accessible text. */
export function hostMarks(hosts: readonly HostId[], limit = 8): TemplateResult {
  const ordered = inOrder(hosts);
  // "+1" takes the room of the mark it hides
  const shown = ordered.length <= limit + 1 ? ordered : ordered.slice(0, limit);
  const rest = ordered.length - shown.length;
  return html`<span class="marks" role="img" aria-label="Works in ${ordered.map(hostName).join(', ')}" title=${ordered.map(hostName).join(', ')}
    >${shown.map((id) => html`<span class="mark mark-${id}"></span>`)}${rest === 0 ? nothing : html`<span class="marks-rest num">+${rest}</span>`}</span
  >`;
}

/** Marks with names, for the header of a page. */
export function hostList(hosts: readonly HostId[]): TemplateResult {
  return html`<ul class="host-list">
    ${inOrder(hosts).map((id) => html`<li><span class="mark mark-${id}" aria-hidden="true"></span>${hostName(id)}</li>`)}
  </ul>`;
}
