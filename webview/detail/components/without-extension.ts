import { html, nothing, type TemplateResult } from 'lit';
import { cliCommand } from '../../../contract/downloads.ts';
import type { ViewContext } from '../../lib/context.ts';
import { button } from '../../lib/parts/button.ts';
import type { DetailActions } from '../actions.ts';
import type { DetailState } from '../state.ts';

/** What to do when the deep link opens nothing, and how to use the agent from a terminal or with npm. */
export function withoutExtension(
  name: string,
  state: DetailState,
  context: ViewContext,
  actions?: DetailActions,
): TemplateResult {
  const scope = name.slice(0, name.indexOf('/'));
  const service = state.snapshot.serviceUrl;
  return html`<section class="side-section without" id="without">
    <h2>Use without the extension</h2>
    <p>In the folder where you work:</p>
    ${command(cliCommand(service, `add ${name}`), state, context, actions)}
    <p>Or fetch the package with npm:</p>
    ${command(`npm config set ${scope}:registry ${service}/npm/\nnpm pack ${name}`, state, context, actions)}
    <p class="muted">“Install in VS Code” needs the <a href="/#get">CODITECT Agents extension</a>. Once it is there, the button opens the consent in your editor.</p>
  </section>`;
}

function command(text: string, { copied }: DetailState, { isStatic }: ViewContext, actions?: DetailActions): TemplateResult {
  const isCopied = copied === text;
  return html`<div class="command">
    <pre><code>${text}</code></pre>
    ${
      isStatic
        ? nothing
        : button({
            label: isCopied ? 'Copied' : 'Copy',
            kind: 'quiet',
            icon: isCopied ? 'check' : 'copy',
            isIconOnly: true,
            onClick: () => actions?.copy(text),
          })
    }
  </div>`;
}
