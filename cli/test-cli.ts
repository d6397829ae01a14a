import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliIo } from './io.ts';
import { runCli } from './run.ts';

export interface CliOutput {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The document of `--json`. */
  json(): Record<string, unknown>;
}

/** Runs commands without a process, in a workspace and a user folder of their own. */
export class TestCli {
  readonly base = mkdtempSync(join(tmpdir(), 'coditect-cli-'));
  readonly workspace = join(this.base, 'workspace');
  readonly home = join(this.base, 'home');

  constructor(private readonly serviceUrl: string) {
    mkdirSync(this.workspace);
  }

  /** With `answers` there is a person at the terminal who says these things in turn. */
  async run(
    argv: readonly string[],
    options: { readonly answers?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {},
  ): Promise<CliOutput> {
    const out = { stdout: '', stderr: '' };
    const answers = [...(options.answers ?? [])];
    const io: CliIo = {
      env: { CODITECT_AGENTS_HOME: this.home, CODITECT_SERVICE: this.serviceUrl, CODITECT_TELEMETRY: '0', ...options.env },
      cwd: this.workspace,
      stdout: {
        write: (text) => {
          out.stdout += text;
        },
      },
      stderr: {
        write: (text) => {
          out.stderr += text;
        },
      },
      ask: options.answers === undefined ? undefined : async () => answers.shift() ?? '',
      signal: new AbortController().signal,
    };
    const exit = await runCli(argv, io, '1.2.3');
    return { exit, ...out, json: () => JSON.parse(out.stdout) as Record<string, unknown> };
  }

  dispose(): void {
    rmSync(this.base, { recursive: true, force: true });
  }
}
