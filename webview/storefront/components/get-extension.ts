import { html, type TemplateResult } from 'lit';
import { cliCommand } from '../../../contract/downloads.ts';
import type { Site } from '../../../contract/webview/pages.ts';
import { linkButton } from '../../lib/parts/button.ts';

/** How the extension gets into an editor, and the way without it. */
export function getExtension({ extensionPath, cliServiceUrl }: Site): TemplateResult {
  return html`<section class="get" id="get" aria-labelledby="get-title">
    <div class="get-way">
      <h2 id="get-title">Get the extension</h2>
      <p>For VS Code, VSCodium, Cursor, Windsurf and code-server. Browse, install, update and undo without leaving the editor.</p>
      ${
        extensionPath === undefined
          ? html`<p>This service has no .vsix to offer. In the source folder, <code>npm run package</code> builds it.</p>`
          : html`<p>${linkButton({ label: 'Download the .vsix', href: extensionPath, kind: 'primary', icon: 'download' })}</p>
              <pre class="command"><code>code --install-extension coditect-agents.vsix</code></pre>`
      }
    </div>
    <div class="get-way">
      <h2>Or stay in the terminal</h2>
      <p>The same engine, the same consent, the same lockfile. It writes into the folder you run it in and undoes every byte.</p>
      ${
        cliServiceUrl === undefined
          ? html`<p>This service has no terminal client to offer. In the source folder, <code>npm run build</code> builds it.</p>`
          : html`<pre class="command"><code>${cliCommand(cliServiceUrl, 'search review')}\n${cliCommand(cliServiceUrl, 'add @scope/agent')}</code></pre>`
      }
    </div>
  </section>`;
}
