import { join } from 'node:path';
import { ROOT } from './paths.ts';
import { type RunOptions, type RunResult, run } from './run.ts';

export interface CliPlace {
  readonly workspace: string;
  /** Per-user folder of the client: cache, credentials, installation id. */
  readonly home: string;
  readonly serviceUrl: string;
}

/** Environment in which the terminal client works on a workspace of a test and nothing else. */
export function cliEnv(place: CliPlace): Record<string, string | undefined> {
  return { CODITECT_AGENTS_HOME: place.home, CODITECT_SERVICE: place.serviceUrl, NO_COLOR: '1', CI: undefined };
}

/** Runs the shipped terminal client in a workspace. `nodeArgs` go before the script, such as `--import`. */
export function runCli(
  place: CliPlace,
  args: readonly string[],
  options: RunOptions & { readonly nodeArgs?: readonly string[] } = {},
): Promise<RunResult> {
  const { nodeArgs = [], ...rest } = options;
  const script = join(ROOT, 'dist/cli.js');
  return run(process.execPath, [...nodeArgs, script, ...args], {
    ...rest,
    cwd: place.workspace,
    env: { ...cliEnv(place), ...options.env },
  });
}
