import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './paths.ts';
import { ended, freePort, mergeEnv } from './run.ts';
import { makeTempFolder, removeTempFolder } from './temp.ts';
import { until } from './wait.ts';

export interface ServiceOptions {
  /** Absent: a temporary folder that `dispose` removes. */
  readonly dataDir?: string;
  /** Absent: a free one. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Another build of the service; default `dist/server.js` of this checkout. */
  readonly entry?: string;
}

export interface Service {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** From spawn to the first 200 of `/readyz`, in milliseconds. */
  readonly startMs: number;
  /** What it printed so far, both streams. */
  output(): string;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: what a power cut of the process looks like. */
  kill(): Promise<void>;
  /** Stops it when it still runs and removes a temporary data folder. */
  dispose(): Promise<void>;
}

/** Starts the real service from its bundle and waits until it is ready. Throws with its output when it does not get there. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const dataDir = options.dataDir ?? makeTempFolder('data');
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const child = spawn(process.execPath, [options.entry ?? join(ROOT, 'dist/server.js')], {
    env: mergeEnv({ PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir, NODE_ENV: undefined, ...options.env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-100_000);
    });
  }
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow); // a test run that dies takes its service with it
  child.once('exit', () => process.off('exit', killNow));

  const isRunning = () => child.exitCode === null && child.signalCode === null;
  async function stop() {
    if (isRunning()) child.kill('SIGTERM');
    await ended(child);
    return child.exitCode;
  }
  async function kill() {
    if (isRunning()) child.kill('SIGKILL');
    await ended(child);
  }

  try {
    const isReady = async () => {
      if (!isRunning()) return 'ended';
      const answer = await fetch(`${url}/readyz`);
      return answer.ok ? 'ready' : undefined;
    };
    const state = await until(isReady, 60_000, () => `the service did not become ready:\n${said}`);
    if (state === 'ended') throw new Error(`the service ended with ${child.exitCode ?? child.signalCode}:\n${said}`);
  } catch (error) {
    await kill();
    throw error;
  }
  return {
    url,
    port,
    dataDir,
    pid: child.pid ?? 0,
    startMs: performance.now() - started,
    output: () => said,
    stop,
    kill,
    async dispose() {
      await stop();
      if (options.dataDir === undefined) removeTempFolder(dataDir);
    },
  };
}
