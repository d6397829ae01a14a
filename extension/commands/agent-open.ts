import { agentRefOf } from './agent-target.ts';
import type { CommandContext } from './context.ts';
import { pickAgent } from './pick-agent.ts';

/** Opens the detail panel of an agent; without one it is searched for. */
export async function openAgent({ panels, ...context }: CommandContext, target: unknown): Promise<void> {
  const ref = agentRefOf(target) ?? (await pickAgent({ ...context, panels }));
  panels.show(ref.agent, ref.displayName);
}
