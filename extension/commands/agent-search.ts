import type { CommandContext } from './context.ts';
import { SearchPicker } from './search-picker.ts';

/** Searches while typing; Enter opens the agent, a button installs it. */
export async function searchAgents(context: CommandContext, query: unknown): Promise<void> {
  const chosen = await new SearchPicker(context, 'open').show(typeof query === 'string' ? query : '');
  if (chosen !== undefined) context.panels.show(chosen.agent, chosen.displayName);
}
