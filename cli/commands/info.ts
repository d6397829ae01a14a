import type { AgentDetail } from '../../contract/agents.ts';
import { describeCapability } from '../../contract/capabilities.ts';
import { summarizeComponents } from '../../contract/components.ts';
import { isAgentName, splitAgentName } from '../../contract/names.ts';
import { ROUTES } from '../../contract/routes.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext, Outcome } from '../command.ts';
import { priceText } from './search.ts';

export async function info(context: CommandContext): Promise<Outcome> {
  const name = context.args[0] ?? '';
  if (!isAgentName(name)) throw usageError(`${name} is not an agent name.`, 'Write it as @scope/name.');
  const client = await context.client();
  const agent = await client.call(ROUTES.getAgent, { params: { ...splitAgentName(name) }, signal: context.io.signal });
  return {
    json: agent,
    lines: infoLines(context, agent),
    events: [{ name: 'Agent Viewed', properties: { agent: agent.name, surface: 'cli' } }],
  };
}

function infoLines(context: CommandContext, agent: AgentDetail): string[] {
  const { bold, dim, yellow } = context.style;
  const { latest } = agent;
  const can = latest.capabilityManifest.capabilities.map(describeCapability);
  const rating = agent.rating === undefined ? '' : ` · ${agent.rating.average.toFixed(1)} of 5 (${agent.rating.count})`;
  return [
    `${bold(agent.displayName)} ${latest.version} from ${agent.publisher.scope}${agent.publisher.isVerified ? ', verified' : ''}`,
    agent.summary,
    dim(`${agent.license} · ${priceText(agent.price)} · ${agent.installs} installs${rating}`),
    ...(agent.isDeprecated ? [yellow(`deprecated: ${latest.deprecation ?? ''}`)] : []),
    '',
    `  works in   ${agent.hosts.join(', ')}`,
    `  holds      ${summarizeComponents(latest.components)}`,
    ...can.map((text, index) => `  ${index === 0 ? 'can       ' : '          '} ${text}`),
    ...latest.capabilityManifest.commands.map((use) => `  runs       ${use.command} (${use.trigger})`),
    `  review     ${latest.reviewState}, ${latest.checkCount} checks`,
    `  adds       about ${latest.contextTokens} tokens to each request`,
    `  versions   ${agent.versionCount}`,
    ...agent.links.map((link) => `  ${link.label.toLowerCase().padEnd(10).slice(0, 10)} ${link.url}`),
    '',
    `Install with: coditect-agents add ${agent.name}`,
  ];
}
