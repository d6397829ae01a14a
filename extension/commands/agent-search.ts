import { loadPanelsChunk } from '../panels/panels-chunk.ts';
import type { CommandContext } from './context.ts';

/** Searches while typing; Enter opens the agent, a button installs it. */
export async function searchAgents(context: CommandContext, query: unknown): Promise<void> {
  const { SearchPicker } = await loadPanelsChunk();
  const chosen = await new SearchPicker(context, 'open').show(typeof query === 'string' ? query : '');
  if (chosen !== undefined) context.panels.show(chosen.agent, chosen.displayName);
}
