import { localFolders, requireWorkspace } from '../install/workspace-guard.ts';
import type { CommandContext } from './context.ts';

/** Finishes or undoes an install that was interrupted. Loading the engine does it; the message comes from its answer. */
export async function recoverInstall(context: CommandContext): Promise<void> {
  requireWorkspace();
  for (const folder of localFolders()) await (await context.agents.engine(folder)).recover();
  context.agents.invalidate();
}
