import { loadEngineChunk } from '../install/engine-chunk.ts';
import { requireWorkspace } from '../install/workspace-guard.ts';
import { agentRefOf } from './agent-target.ts';
import type { CommandContext } from './context.ts';
import { pickAgent } from './pick-agent.ts';

/** Installs an agent into the workspace; without one it is searched for. */
export async function installAgent(context: CommandContext, target: unknown): Promise<void> {
  requireWorkspace();
  const ref = agentRefOf(target) ?? (await pickAgent(context));
  const { runInstall } = await loadEngineChunk();
  const result = await runInstall(context, { ...ref, view: context.progressView() });
  if (result !== undefined) context.panels.refreshStatistics(ref.agent);
}
