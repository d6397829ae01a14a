import { HOST_IDS, HOSTS, type HostId } from '../contract/hosts.ts';
import type { Engine, InstalledAgent } from '../installer/engine-types.ts';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command.ts';

/** `--host a --host b` or `--host a,b`; undefined when not given. */
export function hostOption(context: CommandContext): HostId[] | undefined {
  const given = context.options.host;
  if (given === undefined) return undefined;
  const names = (Array.isArray(given) ? given : [given]).flatMap((each) => String(each).split(','));
  return names.map((name) => {
    const wanted = name.trim().toLowerCase();
    const found = HOSTS.find((host) => host.id === wanted || host.name.toLowerCase() === wanted);
    if (found === undefined) throw usageError(`There is no host ${name}.`, `Hosts: ${HOST_IDS.join(', ')}.`);
    return found.id;
  });
}

export interface ChosenHosts {
  readonly hosts: readonly HostId[];
  readonly areHostsDefault: boolean;
}

/**
 * The hosts to install for: the named ones beside those the agent has already; else those it has; else those the workspace
 * shows; else the one this terminal belongs to; else asked.
 */
export async function chooseHosts(
  context: CommandContext,
  engine: Engine,
  installed: InstalledAgent | undefined,
): Promise<ChosenHosts> {
  const named = hostOption(context);
  if (named !== undefined) return { hosts: [...new Set([...(installed?.hosts ?? []), ...named])], areHostsDefault: false };
  if (installed !== undefined) return { hosts: installed.hosts, areHostsDefault: false };
  const detected = (await engine.detectHosts()).map((each) => each.host);
  if (detected.length > 0) return { hosts: detected, areHostsDefault: true };
  const around = hostsOfTerminal(context.io.env);
  if (around.length > 0) return { hosts: around, areHostsDefault: true };
  const { ask } = context.io;
  if (ask === undefined || context.isJson) return { hosts: [], areHostsDefault: true };
  const answer = (await ask('For which hosts? (claude-code, vscode) [claude-code] ')).trim();
  return { hosts: hostOption({ ...context, options: { host: answer || 'claude-code' } }) ?? [], areHostsDefault: false };
}

function hostsOfTerminal(env: NodeJS.ProcessEnv): HostId[] {
  const hosts: HostId[] = [];
  if (env.CLAUDECODE === '1') hosts.push('claude-code');
  if (env.TERM_PROGRAM === 'vscode') hosts.push('vscode');
  return hosts;
}
