import type { ParseArgsOptionsConfig } from 'node:util';
import type { Client } from '../contract/client.ts';
import type { UsageEvent } from '../contract/events.ts';
import type { Engine } from '../installer/engine-types.ts';
import type { ExitCode } from './exit-codes.ts';
import type { CliIo, Style } from './io.ts';
import type { Session } from './session.ts';

/** What a command returns: one document for `--json`, lines for people. */
export interface Outcome {
  readonly json: unknown;
  readonly lines: readonly string[];
  readonly exit?: ExitCode;
  readonly events?: readonly UsageEvent[];
}

export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** Everything a command may use. Heavy parts come as functions, so that a command loads only what it needs. */
export interface CommandContext {
  readonly io: CliIo;
  readonly style: Style;
  readonly args: readonly string[];
  readonly options: OptionValues;
  readonly isJson: boolean;
  readonly isOffline: boolean;
  readonly cwd: string;
  readonly session: Session;
  readonly serviceUrl: string;
  engine(): Promise<Engine>;
  client(): Promise<Client>;
  /** A line about what is going on, for people who wait; on stderr, never with `--json`. */
  say(line: string): void;
}

type RunCommand = (context: CommandContext) => Promise<Outcome>;

/** What help and parsing need, without loading the command itself. */
export interface CommandEntry {
  readonly summary: string;
  /** After the command's name. */
  readonly usage: string;
  readonly options: ParseArgsOptionsConfig;
  /** Option name to its help line. */
  readonly help: Readonly<Record<string, string>>;
  /** How many positional arguments are allowed. */
  readonly minArgs: number;
  readonly maxArgs: number;
  readonly load: () => Promise<RunCommand>;
}
