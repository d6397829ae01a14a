import type { CommandContext, Outcome } from '../command.ts';
import { formatTable } from '../table.ts';

export async function list(context: CommandContext): Promise<Outcome> {
  const agents = await (await context.engine()).list();
  if (agents.length === 0)
    return { json: { agents: [] }, lines: ['Nothing is installed here. Find something with: coditect-agents search'] };
  const rows = agents.map((each) => [each.agent, each.version, each.hosts.join(', '), String(each.files.length)]);
  return { json: { agents }, lines: formatTable(['agent', 'version', 'hosts', '>files'], rows, context.io.stdout.columns) };
}
