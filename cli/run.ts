import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { asCliError, CliError, usageError } from './cli-error.ts';
import type { CommandContext, CommandEntry, OptionValues, Outcome } from './command.ts';
import { COMMANDS, COMMON_OPTIONS, type CommandName, isCommandName } from './command-table.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type CliIo, makeStyle, printable } from './io.ts';
import { Session } from './session.ts';

/** Runs one command line and says how the process should end. Results go to stdout, everything else to stderr. */
export async function runCli(argv: readonly string[], io: CliIo, version: string): Promise<ExitCode> {
  const isJson = argv.includes('--json');
  const style = makeStyle({ env: io.env, stdout: io.stderr }, argv.includes('--no-color'));
  try {
    return await dispatch(argv, io, { version, isJson });
  } catch (error) {
    const known = asCliError(error) ?? bug(error, io.env);
    printError(known, io, { isJson, red: style.red });
    return known.exit;
  }
}

/** A fault of ours: short for the user, whole with CODITECT_DEBUG. */
function bug(error: unknown, env: NodeJS.ProcessEnv): CliError {
  const message = error instanceof Error ? error.message : String(error);
  const stack = env.CODITECT_DEBUG && error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return new CliError('internal', `Something failed in coditect-agents itself: ${message}`, {
    exit: EXIT.failed,
    next: 'Run it again with CODITECT_DEBUG=1 and report what it says.',
    lines: stack,
    cause: error,
  });
}

async function dispatch(
  argv: readonly string[],
  io: CliIo,
  given: { readonly version: string; readonly isJson: boolean },
): Promise<ExitCode> {
  const name = argv.find((arg) => !arg.startsWith('-'));
  const wantsHelp = argv.includes('--help') || argv.includes('-h') || name === 'help';
  if (argv.includes('--version') || argv.includes('-v')) return print(io, [given.version]);
  if (name === undefined || (wantsHelp && !isCommandName(name))) {
    const { generalHelp } = await import('./help.ts');
    if (wantsHelp || argv.length === 0) return print(io, generalHelp(given.version));
    throw usageError('No command was given.', 'See: coditect-agents --help');
  }
  if (!isCommandName(name)) throw usageError(`There is no command ${name}.`, 'See: coditect-agents --help');
  if (wantsHelp) return print(io, (await import('./help.ts')).commandHelp(name));
  return runCommand(name, argv, { io, isJson: given.isJson });
}

async function runCommand(
  name: CommandName,
  argv: readonly string[],
  given: { readonly io: CliIo; readonly isJson: boolean },
): Promise<ExitCode> {
  const { io, isJson } = given;
  const entry: CommandEntry = COMMANDS[name];
  const { values, args } = parse(name, entry, argv);
  const session = new Session(io.env);
  const serviceUrl = await session.serviceUrl(text(values.service));
  const cwd = await workspaceFolder(io, text(values.cwd));
  const context: CommandContext = {
    io,
    style: makeStyle(io, values['no-color'] === true),
    args,
    options: values,
    isJson,
    isOffline: values.offline === true,
    cwd,
    session,
    serviceUrl,
    engine: async () => (await import('./engine.ts')).openEngine({ session, serviceUrl, cwd }),
    client: async () => (await import('./client.ts')).openClient(session, serviceUrl),
    say: (line) => {
      if (!isJson) io.stderr.write(`${printable(line)}\n`);
    },
  };
  const outcome = await (await entry.load())(context);
  printOutcome(io, outcome, isJson);
  if (outcome.events !== undefined && outcome.events.length > 0) {
    const { reportUsage } = await import('./usage/report.ts');
    await reportUsage({ io, userDir: session.userDir, serviceUrl, isOffline: context.isOffline }, outcome.events);
  }
  return outcome.exit ?? EXIT.ok;
}

function parse(name: CommandName, entry: CommandEntry, argv: readonly string[]): { values: OptionValues; args: string[] } {
  const rest = [...argv];
  rest.splice(rest.indexOf(name), 1);
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: { ...COMMON_OPTIONS, ...entry.options },
      allowPositionals: true,
    });
    if (positionals.length < entry.minArgs)
      throw usageError(`${name} needs ${entry.usage}.`, `See: coditect-agents ${name} --help`);
    if (positionals.length > entry.maxArgs)
      throw usageError(`${name} does not take ${positionals[entry.maxArgs]}.`, `See: coditect-agents ${name} --help`);
    return { values, args: positionals };
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code !== 'string' || !code.startsWith('ERR_PARSE_ARGS')) throw error;
    throw usageError((error as Error).message.split('. ')[0] ?? 'The options are wrong', `See: coditect-agents ${name} --help`);
  }
}

async function workspaceFolder(io: CliIo, given: string | undefined): Promise<string> {
  const folder = resolve(io.cwd, given ?? '.');
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw usageError(`${folder} is not a folder.`);
  return folder;
}

function text(value: OptionValues[string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function print(io: CliIo, lines: readonly string[]): ExitCode {
  io.stdout.write(lines.length === 0 ? '' : `${printable(lines.join('\n'))}\n`);
  return EXIT.ok;
}

function printOutcome(io: CliIo, outcome: Outcome, isJson: boolean): void {
  if (isJson) io.stdout.write(`${JSON.stringify(outcome.json, null, 2)}\n`);
  else print(io, outcome.lines);
}

function printError(
  error: CliError,
  io: CliIo,
  given: { readonly isJson: boolean; readonly red: (text: string) => string },
): void {
  if (given.isJson) {
    const { code, message, next, details } = error;
    io.stdout.write(
      `${JSON.stringify({ error: { code, message, ...(next === undefined ? {} : { next }), ...details } }, null, 2)}\n`,
    );
    return;
  }
  const lines = [
    ...error.lines,
    `${given.red('error')} ${error.code}: ${error.message}`,
    ...(error.next === undefined ? [] : [error.next]),
  ];
  io.stderr.write(`${printable(lines.join('\n'))}\n`);
}
