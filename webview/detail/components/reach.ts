import { html, nothing, type TemplateResult } from 'lit';
import type { VersionDetail } from '../../../contract/agents.ts';
import type { CapabilityManifest, Evidence } from '../../../contract/capabilities.ts';
import type { ViewContext } from '../../lib/context.ts';
import type { DetailActions } from '../actions.ts';
import { evidence } from './evidence.ts';

interface Block {
  readonly title: string;
  readonly note?: string;
  readonly lines: readonly { readonly what: TemplateResult; readonly when?: string; readonly proof: Evidence }[];
}

/** What runs and where it reaches: commands, MCP servers, network hosts, secrets, models, programs in the package. */
export function reach({ capabilityManifest }: VersionDetail, context: ViewContext, actions?: DetailActions): TemplateResult {
  const blocks = blocksOf(capabilityManifest).filter(({ lines }) => lines.length > 0);
  return html`${blocks.map(
    ({ title, note, lines }) => html`<section class="section">
      <h2>${title}</h2>
      ${note === undefined ? nothing : html`<p class="section-note">${note}</p>`}
      <ul class="line-list">
        ${lines.map(
          ({ what, when, proof }) => html`<li>
            <div class="line-what">${what}${when === undefined ? nothing : html`<span class="muted">${when}</span>`}</div>
            ${evidence([proof], context, actions)}
          </li>`,
        )}
      </ul>
    </section>`,
  )}
  ${words('Models it asks for', capabilityManifest.models)}${words('Programs in the package', capabilityManifest.executables)}`;
}

function blocksOf({ commands, mcpServers, networkHosts, secrets }: CapabilityManifest): Block[] {
  return [
    {
      title: 'Commands that run',
      note: 'They run on your machine with your rights.',
      lines: commands.map((use) => ({ what: html`<code>${use.command}</code>`, when: whenText(use), proof: use.evidence })),
    },
    {
      title: 'MCP servers',
      note: 'Programs or services that give the agent tools.',
      lines: mcpServers.map((server) => ({
        what: html`<strong>${server.name}</strong><code>${server.target}</code>`,
        when: server.transport === 'stdio' ? 'runs on your machine' : `over ${server.transport.toUpperCase()}`,
        proof: server.evidence,
      })),
    },
    {
      title: 'Network hosts',
      lines: networkHosts.map(({ host, evidence: proof }) => ({ what: html`<code>${host}</code>`, proof })),
    },
    {
      title: 'Secrets it asks for',
      note: 'You give them; they stay on your machine.',
      lines: secrets.map(({ name, evidence: proof }) => ({ what: html`<code>${name}</code>`, proof })),
    },
  ];
}

function whenText({ kind, trigger }: CapabilityManifest['commands'][number]): string {
  if (kind === 'hook') return `hook on ${trigger}`;
  return kind === 'mcp' ? `starts the MCP server ${trigger}` : `inside ${trigger}`;
}

function words(title: string, list: readonly string[]): TemplateResult | typeof nothing {
  if (list.length === 0) return nothing;
  return html`<section class="section">
    <h2>${title}</h2>
    <p class="code-words">${list.map((word) => html`<code>${word}</code>`)}</p>
  </section>`;
}
