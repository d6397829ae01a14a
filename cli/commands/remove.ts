import type { RemoveResult } from '../../installer/engine-types.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext, Outcome } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { hostOption } from '../hosts-option.ts';
import { count, fileName } from '../plan-text.ts';

export async function remove(context: CommandContext): Promise<Outcome> {
  const engine = await context.engine();
  const hosts = hostOption(context);
  const results: RemoveResult[] = [];
  for (const agent of context.args) {
    if (agent.indexOf('@', 1) > 0)
      throw usageError('remove takes no version.', `Write: coditect-agents remove ${agent.slice(0, agent.indexOf('@', 1))}`);
    results.push(await engine.remove(agent, { signal: context.io.signal, ...(hosts === undefined ? {} : { hosts }) }));
  }
  const hasEdits = results.some((result) => result.left.some((file) => file.why !== 'preexisting'));
  return {
    json: { removed: results },
    lines: results.flatMap(resultLines),
    exit: hasEdits ? EXIT.conflict : EXIT.ok,
    events: results.map(({ agent, version, hosts: from }) => ({
      name: 'Agent Removed',
      properties: { agent, version, hosts: [...from] },
    })),
  };
}

const WHY = {
  edited: 'you edited it',
  preexisting: 'it was there before',
  unreadable: 'it cannot be read as JSON',
};
function resultLines(result: RemoveResult): string[] {
  return [
    `Removed ${result.agent} ${result.version}: ${count(result.removed.length, 'file')}. Back with: coditect-agents add ${result.agent}@${result.version}`,
    ...result.left.map((file) => `  left: ${fileName(file)} (${WHY[file.why]})`),
  ];
}
