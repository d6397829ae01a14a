import { html, nothing, type TemplateResult } from 'lit';
import { hostName } from '../../../contract/hosts.ts';
import type { InstallState } from '../../../contract/webview/detail.ts';
import { badge } from '../../lib/parts/badge.ts';
import { button, linkButton } from '../../lib/parts/button.ts';
import { icon } from '../../lib/parts/icon.ts';
import type { DetailActions } from '../actions.ts';

/** Opens the extension's consent for this agent; nothing is written before it. */
export function installLink(name: string): string {
  return `vscode://coditect.coditect-agents/install?agent=${encodeURIComponent(name)}`;
}

/** One primary button that says what it will do, with a line below it when something stands in the way. */
export function primaryAction(agent: { name: string }, install: InstallState, actions?: DetailActions): TemplateResult {
  const remove = () => button({ label: 'Remove', kind: 'secondary', icon: 'trash', onClick: () => actions?.remove() });
  switch (install.kind) {
    case 'web':
      return html`${linkButton({ label: 'Install in VS Code', href: installLink(agent.name), kind: 'primary', icon: 'download' })}
        <p class="action-note">Nothing opens? <a href="#without">Other ways</a></p>`;
    case 'no_folder':
      return html`${button({ label: 'Open a folder to install', kind: 'primary', onClick: () => actions?.install() })}
        <p class="action-note">Agents are installed into a folder.</p>`;
    case 'untrusted':
      return html`${button({ label: 'Trust this folder to install', kind: 'primary', icon: 'shield', onClick: () => actions?.install() })}
        <p class="action-note">Until then you can read, not install.</p>`;
    case 'not_installed':
      return button({ label: 'Install', kind: 'primary', icon: 'download', onClick: () => actions?.install() });
    case 'working':
      return html`${button({ label: 'Working…', kind: 'primary', isBusy: true })}
        <p class="action-note" role="status">${install.step}</p>`;
    case 'installed':
      return html`<div class="action-row"><span class="installed">${icon('check')}Installed</span>${remove()}</div>
        ${installedNote(install.version, install.hosts.map(hostName), install.edited)}`;
    case 'update':
      return html`<div class="action-row">
          ${button({ label: `Update to ${install.latest}`, kind: 'primary', icon: 'arrow-up', onClick: () => actions?.update() })}${remove()}
        </div>
        ${installedNote(install.version, install.hosts.map(hostName), 0)}`;
  }
}

function installedNote(version: string, hosts: readonly string[], edited: number): TemplateResult {
  return html`<p class="action-note">
    <span class="num">${version}</span>${hosts.length === 0 ? nothing : html` in ${hosts.join(', ')}`}
    ${edited === 0 ? nothing : badge(edited === 1 ? '1 file edited' : `${edited} files edited`, 'warning', 'You changed these files after the install. They are never overwritten silently.')}
  </p>`;
}
