import type { CommandContext, Outcome } from '../command.ts';
import { formatTable } from '../table.ts';

export async function outdated(context: CommandContext): Promise<Outcome> {
  const engine = await context.engine();
  const agents = await engine.outdated({ isOffline: context.isOffline, signal: context.io.signal });
  if (agents.length === 0) return { json: { agents }, lines: ['Everything is up to date.'] };
  const rows = agents.map((each) => [each.agent, each.version, each.latest, each.deprecation ?? '']);
  return {
    json: { agents },
    lines: [
      ...formatTable(['agent', 'installed', 'latest', 'note'], rows, context.io.stdout.columns),
      'Update with: coditect-agents update',
    ],
  };
}
