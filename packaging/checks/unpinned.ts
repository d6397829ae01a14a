import valid from 'semver/functions/valid.js';
import type { Finding } from '../../contract/findings.ts';
import { type Check, findingAt } from './check.ts';

interface Launch {
  readonly launcher: string;
  readonly target: string;
}

const NODE_LAUNCHERS = new Set(['npx', 'bunx', 'pnpx']);
const FLAGS_WITH_VALUE = new Set([
  '-c',
  '--call',
  '--registry',
  '--cache',
  '--python',
  '--with',
  '--index-url',
  '--env-file',
  '-e',
  '--env',
  '-v',
  '--volume',
  '--mount',
  '--name',
  '-p',
  '--publish',
  '--network',
  '--entrypoint',
  '-w',
  '--workdir',
  '-u',
  '--user',
  '--platform',
  '--add-host',
  '--label',
  '-l',
  '--memory',
  '-m',
  '--cpus',
  '--gpus',
  '--pull',
]);

function words(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** The package after the flags; `--package x`, `--from x` and npx's `-p x` name it directly. */
function targetOf(args: readonly string[], packageFlags: readonly string[]): string | undefined {
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    const [flag, inline] = arg.split('=', 2);
    if (flag !== undefined && packageFlags.includes(flag)) return inline ?? args[index + 1];
    if (!arg.startsWith('-')) return arg;
    if (FLAGS_WITH_VALUE.has(arg)) index += 1;
  }
  return undefined;
}

function launchOf(tokens: readonly string[]): Launch | undefined {
  const launcher =
    (tokens[0] ?? '')
      .split('/')
      .at(-1)
      ?.replace(/\.(?:cmd|exe)$/i, '') ?? '';
  const rest = tokens.slice(1);
  const at = (target: string | undefined, name = launcher): Launch | undefined =>
    target === undefined ? undefined : { launcher: name, target };
  if (NODE_LAUNCHERS.has(launcher)) return at(targetOf(rest, ['-p', '--package']));
  if (launcher === 'npm' && (rest[0] === 'exec' || rest[0] === 'x'))
    return at(
      targetOf(
        rest.slice(1).filter((arg) => arg !== '--'),
        ['--package'],
      ),
      'npm exec',
    );
  if ((launcher === 'pnpm' || launcher === 'yarn') && rest[0] === 'dlx')
    return at(targetOf(rest.slice(1), ['--package', '-p']), `${launcher} dlx`);
  if (launcher === 'uvx') return at(targetOf(rest, ['--from']));
  if (launcher === 'uv' && rest[0] === 'tool' && rest[1] === 'run') return at(targetOf(rest.slice(2), ['--from']), 'uv tool run');
  if (launcher === 'pipx' && rest[0] === 'run') return at(targetOf(rest.slice(1), ['--spec']), 'pipx run');
  if ((launcher === 'docker' || launcher === 'podman') && rest[0] === 'run')
    return at(targetOf(rest.slice(1), []), `${launcher} run`);
  if (launcher === 'deno' && rest[0] === 'run') return at(targetOf(rest.slice(1), []), 'deno run');
  return undefined;
}

function isPinned({ launcher, target }: Launch): boolean {
  if (/^\.{0,2}\/|^\$\{/.test(target)) return true;
  if (/^(?:docker|podman)/.test(launcher))
    return /@sha256:[0-9a-f]{64}$/.test(target) || /:(?!latest$)[\w.-]*\d[\w.-]*$/.test(target);
  if (launcher === 'deno run') return /@\d+\.\d+\.\d+/.test(target) || !/^(?:https?|npm|jsr):/.test(target);
  if (/^(?:uv|pipx)/.test(launcher)) return /(?:==|@)\d+(?:\.\d+)+[\w.]*$/.test(target) || /\.git@[0-9a-f]{40}$/.test(target);
  if (/^(?:https?|git\+|github:)/.test(target)) return /#[0-9a-f]{40}$/.test(target);
  const at = target.lastIndexOf('@');
  return at > 0 && valid(target.slice(at + 1)) !== null;
}

function findUnpinned(command: string): Launch[] {
  return command
    .split(/&&|\|\||[;|\n]/)
    .map((part) => {
      const tokens = words(part);
      // leading assignments and `exec`, `env`, `sudo`, `cmd /c`
      while (tokens.length > 0 && /^(?:\w+=.*|exec|env|sudo|cmd|\/c)$/i.test(tokens[0] ?? '')) tokens.shift();
      return launchOf(tokens);
    })
    .filter((launch) => launch !== undefined)
    .filter((launch) => !isPinned(launch));
}

/** Code fetched at each start must be one fixed version, or the publisher of that package decides what runs tomorrow. */
export const unpinnedCheck: Check = {
  name: 'unpinned-launchers',
  run: ({ capabilityManifest }) =>
    capabilityManifest.commands.flatMap(({ command, kind, trigger, evidence }): Finding[] =>
      findUnpinned(command).map(({ launcher, target }) =>
        findingAt('review', 'launcher_unpinned', evidence, {
          message: `${kind === 'mcp' ? 'The MCP server' : kind === 'hook' ? 'The hook' : 'The inline shell of'} ${trigger} starts ${target} by ${launcher} without an exact version.`,
          fix: 'Name an exact version, such as package@1.2.3, or an image digest.',
        }),
      ),
    ),
};
