import { html, nothing, type TemplateResult } from 'lit';
import { COMPONENT_KINDS, type Component, type ComponentKind, summarizeComponents } from '../../../contract/components.ts';
import type { ViewContext } from '../../lib/context.ts';
import type { DetailActions } from '../actions.ts';
import { evidence } from './evidence.ts';

const TITLES: Record<ComponentKind, string> = {
  subagent: 'Subagent',
  skill: 'Skill',
  command: 'Command',
  rule: 'Rule',
  hook: 'Hook',
  mcp: 'MCP server',
};

/** What the package adds, in the fixed order of kinds. */
export function componentList(
  components: readonly Component[],
  context: ViewContext,
  actions?: DetailActions,
): TemplateResult | typeof nothing {
  if (components.length === 0) return nothing;
  const ordered = COMPONENT_KINDS.flatMap((kind) => components.filter((component) => component.kind === kind));
  return html`<section class="section">
    <h2>It adds</h2>
    <p class="section-note">${summarizeComponents(components)}</p>
    <ul class="component-list">
      ${ordered.map(
        (component) => html`<li>
          <span class="kind">${TITLES[component.kind]}</span>
          <div>
            <strong>${component.kind === 'command' ? `/${component.name}` : component.name}</strong>
            ${component.description === '' ? nothing : html`<p>${component.description}</p>`}
          </div>
          ${evidence([{ path: component.path, line: 1 }], context, actions)}
        </li>`,
      )}
    </ul>
  </section>`;
}
