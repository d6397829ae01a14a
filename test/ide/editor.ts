import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from '../lib/paths.ts';
import { ended, freePort } from '../lib/run.ts';
import { makeTempFolder, removeTempFolder } from '../lib/temp.ts';
import { until } from '../lib/wait.ts';

export interface EditorOptions {
  readonly vsix?: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** For the extension host. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Ask for workspace trust as the desktop does; off, every folder is trusted. */
  readonly isTrustAsked?: boolean;
}

export interface Editor {
  readonly url: string;
  readonly pid: number;
  /** Holds `user` (settings, logs) and `ext`; removed by `stop`. */
  readonly base: string;
  readonly user: string;
  stop(): Promise<void>;
}

/** Starts code-server with one extension and its own empty profile. */
export async function startEditor(options: EditorOptions): Promise<Editor> {
  const entry = join(cacheFolder('coditect-ide'), 'ide/node_modules/code-server/out/node/entry.js');
  if (!existsSync(entry)) throw new Error('the editor is not installed: bash test/ide/setup.sh');
  const base = makeTempFolder('editor');
  const user = join(base, 'user');
  const extensions = join(base, 'ext');
  for (const folder of [join(user, 'User'), extensions]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(user, 'User', 'settings.json'), JSON.stringify(options.settings));
  const start = (args: readonly string[]) =>
    spawn(process.execPath, [entry, ...args, '--user-data-dir', user, '--extensions-dir', extensions], {
      env: editorEnv(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a group of its own, so that stop() ends its children too
    });

  if (options.vsix !== undefined) await installExtension(start, options.vsix);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const trust = options.isTrustAsked ? [] : ['--disable-workspace-trust'];
  const quiet = ['--disable-update-check', '--disable-getting-started-override', '--disable-telemetry'];
  const server = start(['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, ...quiet.slice(0, 2), ...trust]);
  const said = collect(server);
  const orphan = () => signalGroup(server, 'SIGKILL');
  process.once('exit', orphan);

  async function stop() {
    process.off('exit', orphan);
    for (const [signal, waitMs] of [
      ['SIGTERM', 3_000],
      ['SIGKILL', 1_000],
    ] as const) {
      if (!signalGroup(server, signal)) break;
      await Promise.race([ended(server), sleep(waitMs)]);
      await sleep(150); // children of the group end a moment after their leader
    }
    removeTempFolder(base);
  }
  try {
    await until(
      async () => (await fetch(`${url}/healthz`)).ok,
      40_000,
      () => `code-server did not start: ${said()}`,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: server.pid ?? 0, base, user, stop };
}

async function installExtension(start: (args: readonly string[]) => ChildProcess, vsix: string): Promise<void> {
  const child = start(['--install-extension', resolve(vsix), '--force']);
  const said = collect(child);
  await ended(child);
  if (child.exitCode !== 0) throw new Error(`installing ${vsix} failed (${child.exitCode}): ${said()}`);
}

/** Inside an editor's terminal these variables would turn our server into a remote control of that editor. */
function editorEnv(changes: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
  const merged = Object.entries({ ...process.env, ...changes });
  return Object.fromEntries(
    merged.filter(([key, value]) => value !== undefined && !/^(VSCODE_|ELECTRON_|VITEST|NODE_ENV$|PORT$|PASSWORD$)/.test(key)),
  );
}

function collect(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-20_000);
    });
  }
  return () => said;
}

/** False when the whole group is gone. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-(child.pid ?? 0), signal);
  } catch {
    return false;
  }
}
