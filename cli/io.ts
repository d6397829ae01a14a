/** The process as the commands see it: injected, so that tests run commands without a process. */
export interface CliIo {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  /** Asks one line on the terminal; undefined when nobody can answer. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  readonly signal: AbortSignal;
}

const ESCAPE = '\u001b';
/** Control characters and direction overrides: foreign text must not move the cursor or hide what it says. */
const UNSAFE = new RegExp(
  `(?!${ESCAPE}\\[[0-9;]*m)[\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f]`,
  'g',
);

/** Text that a terminal shows as it is; line breaks and our own colours stay. */
export function printable(text: string): string {
  return text.replace(UNSAFE, '');
}

export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  red(text: string): string;
}

/** Colour only on a terminal, and not with NO_COLOR, TERM=dumb or --no-color. */
export function makeStyle(io: Pick<CliIo, 'env' | 'stdout'>, isRefused: boolean): Style {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  const isOn =
    !isRefused &&
    !NO_COLOR &&
    TERM !== 'dumb' &&
    (io.stdout.isTTY === true || (FORCE_COLOR !== undefined && FORCE_COLOR !== '0'));
  const paint = (open: number, close: number) => (text: string) => (isOn ? `${ESCAPE}[${open}m${text}${ESCAPE}[${close}m` : text);
  return { bold: paint(1, 22), dim: paint(2, 22), green: paint(32, 39), yellow: paint(33, 39), red: paint(31, 39) };
}
