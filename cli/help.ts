import type { CommandEntry } from './command.ts';
import { COMMANDS, COMMON_HELP, COMMON_OPTIONS, type CommandName } from './command-table.ts';
import { EXIT_TEXTS } from './exit-codes.ts';

const NAME = 'coditect-agents';

export function generalHelp(version: string): string[] {
  const entries = Object.entries(COMMANDS) as [CommandName, CommandEntry][];
  return [
    `${NAME} ${version}: browse, install and publish coding agents`,
    '',
    `Usage: ${NAME} <command> [options]`,
    '',
    'Commands',
    ...rows(entries.map(([name, entry]) => [name, entry.summary])),
    '',
    'Options of every command',
    ...optionRows(COMMON_OPTIONS, COMMON_HELP),
    '',
    'Exit codes',
    ...rows(EXIT_TEXTS.map(([code, text]) => [String(code), text])),
    '',
    `More about one command: ${NAME} <command> --help`,
  ];
}

export function commandHelp(name: CommandName): string[] {
  const entry: CommandEntry = COMMANDS[name];
  const own = optionRows(entry.options, entry.help);
  return [
    `${NAME} ${name}: ${entry.summary}`,
    '',
    `Usage: ${[NAME, name, entry.usage, '[options]'].filter((part) => part !== '').join(' ')}`,
    ...(own.length === 0 ? [] : ['', 'Options', ...own]),
    '',
    'Options of every command',
    ...optionRows(COMMON_OPTIONS, COMMON_HELP),
  ];
}

function optionRows(options: CommandEntry['options'], help: Readonly<Record<string, string>>): string[] {
  return rows(
    Object.entries(options).map(([name, option]) => {
      const short = option.short === undefined ? '' : `-${option.short}, `;
      return [`${short}--${name}${option.type === 'string' ? ' <…>' : ''}`, help[name] ?? ''];
    }),
  );
}

function rows(pairs: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...pairs.map(([left]) => left.length));
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd());
}
