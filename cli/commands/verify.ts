import type { CommandContext, Outcome } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { count, fileName } from '../plan-text.ts';

export async function verify(context: CommandContext): Promise<Outcome> {
  const results = await (await context.engine()).verify(context.args[0]);
  const isClean = results.every((result) => result.isClean);
  const lines = results.flatMap((result) => {
    const drift = result.files.filter((file) => file.state !== 'ok');
    const head = `${result.agent} ${result.version}: ${drift.length === 0 ? `${count(result.files.length, 'file')} as written` : count(drift.length, 'difference')}`;
    return [head, ...drift.map((file) => `  ${file.state.padEnd(7)}  ${fileName(file)}`)];
  });
  return {
    json: { isClean, agents: results },
    lines: results.length === 0 ? ['Nothing is installed here.'] : lines,
    exit: isClean ? EXIT.ok : EXIT.conflict,
  };
}
