#!/usr/bin/env node
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { userDirectory } from '../installer/user-dir.ts';
import { EXIT } from './exit-codes.ts';
import type { CliIo } from './io.ts';

/** Set by the build. */
declare const COMMIT_VERSION: string | undefined;
const OLDEST_NODE = 20;

function terminalIo(signal: AbortSignal): CliIo {
  const canAsk = process.stdin.isTTY === true && process.stderr.isTTY === true;
  const ask = async (question: string): Promise<string> => {
    const { createInterface } = await import('node:readline/promises');
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await terminal.question(question, { signal });
    } finally {
      terminal.close();
    }
  };
  return {
    env: process.env,
    cwd: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    ask: canAsk ? ask : undefined,
    signal,
  };
}

async function main(): Promise<void> {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    process.stderr.write(`coditect-agents needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}.\n`);
    process.exitCode = EXIT.failed;
    return;
  }
  const [command, ...rest] = process.argv.slice(2);
  if (command === '--flush-usage') {
    const { flushUsage } = await import('./usage/flush.ts');
    await flushUsage(rest[0] ?? '');
    return;
  }
  const interrupt = new AbortController();
  // whoever reads the output may stop early, as `head` does
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  // compiled code is kept for the next run; Node 20 has no such cache
  nodeModule.enableCompileCache?.(join(userDirectory(), 'cache', 'compiled'));
  const { runCli } = await import('./run.ts');
  // once: what is under way is put back; a second Ctrl+C ends the process, and the next command puts it back
  process.once('SIGINT', () => interrupt.abort());
  process.exitCode = await runCli(
    process.argv.slice(2),
    terminalIo(interrupt.signal),
    typeof COMMIT_VERSION === 'string' ? COMMIT_VERSION : '0.0.0',
  );
}

await main();
