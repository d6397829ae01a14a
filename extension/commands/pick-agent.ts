import { loadPanelsChunk } from '../panels/panels-chunk.ts';
import { Cancelled } from '../platform/errors-core.ts';
import type { AgentRef } from '../platform/ids.ts';
import type { CommandContext } from './context.ts';

/** Lets the user find an agent. Throws Cancelled. */
export async function pickAgent(context: CommandContext): Promise<AgentRef> {
  const { SearchPicker } = await loadPanelsChunk();
  const chosen = await new SearchPicker(context, 'choose').show('');
  if (chosen === undefined) throw new Cancelled();
  return chosen;
}
