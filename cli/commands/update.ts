import type { InstalledAgent } from '../../installer/engine-types.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext, Outcome } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { finish, plan, requestOptions } from './add.ts';

/** Newest versions for the hosts and options each agent was installed with. */
export async function update(context: CommandContext): Promise<Outcome> {
  const startedAt = Date.now();
  const engine = await context.engine();
  const installed = await engine.list();
  const named = context.args.map((name) => {
    const found = installed.find((each) => each.agent === name);
    if (found === undefined)
      throw new CliError('not_installed', `${name} is not installed in this workspace.`, { exit: EXIT.notFound });
    return found;
  });
  const outdated = await engine.outdated({ isOffline: context.isOffline, signal: context.io.signal });
  const newer = new Map(outdated.filter((each) => each.latest !== each.version).map((each) => [each.agent, each.latest]));
  const wanted = (named.length > 0 ? named : installed).filter((each) => newer.has(each.agent));
  if (wanted.length === 0) return { json: { installed: [] }, lines: ['Everything is up to date.'] };
  const plans = [];
  for (const each of wanted)
    plans.push(await plan(context, engine, requestFor(context, each, newer.get(each.agent) ?? 'latest')));
  return finish(context, engine, { wanted: plans, startedAt });
}

function requestFor(context: CommandContext, agent: InstalledAgent, version: string) {
  const { withoutHooks, acceptLosses } = agent.options;
  return { ...requestOptions(context), agent: agent.agent, version, hosts: agent.hosts, withoutHooks, acceptLosses };
}
