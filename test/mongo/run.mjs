// The store-contract suite over the MongoDB wire protocol: npm run test:mongo
// MONGODB_URL when set, a real MongoDB; else NX-27017 from PyPI in a virtual environment outside the checkout.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, must, runSuite } from '../run-suite.mjs';

/** Exact, with its one dependency: a run tests our change and not theirs. */
const VERSION = '0.8.1';
const PACKAGES = [`nx-27017==${VERSION}`, 'neosqlite==1.17.2'];

if (process.env.MONGODB_URL) {
  console.log(`mongo: using ${new URL(process.env.MONGODB_URL).host}`);
  process.exitCode = runSuite('mongo', { MONGODB_STAND_IN: '' });
} else {
  const program = standInProgram();
  const stand = await startStandIn(program);
  try {
    console.log(`mongo: NX-27017 ${VERSION} on port ${stand.port}`);
    process.exitCode = runSuite('mongo', { MONGODB_URL: `mongodb://127.0.0.1:${stand.port}`, MONGODB_STAND_IN: 'nx-27017' });
  } finally {
    await stand.stop();
  }
}

/** Path of the stand-in's program; installs it on the first call. */
function standInProgram() {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'coditect-mongo');
  const program = join(folder, `venv-${VERSION}`, 'bin/nx-27017');
  if (existsSync(program)) return program;
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', 'import venv, ensurepip']).status === 0);
  if (python === undefined)
    fail('mongo', 'needs MONGODB_URL, or python3 with venv and pip (Debian: apt-get install python3-venv)');
  mkdirSync(folder, { recursive: true });
  must('mongo', python, ['-m', 'venv', '--clear', join(folder, `venv-${VERSION}`)]);
  must('mongo', join(folder, `venv-${VERSION}`, 'bin/pip'), ['install', '--quiet', ...PACKAGES]);
  return program;
}

async function startStandIn(program) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'coditect-mongo-'));
  const files = ['--log-file', join(folder, 'log'), '--pid-file', join(folder, 'pid')];
  const child = spawn(program, ['--host', '127.0.0.1', '--port', String(port), '--data-dir', join(folder, 'data'), ...files], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said = (said + text).slice(-4_000);
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  for (const end = Date.now() + 30_000; !(await answers(port)); await sleep(100)) {
    if (child.exitCode !== null || Date.now() > end) fail('mongo', `the stand-in did not start:\n${said}`);
  }
  return {
    port,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(kill, 5_000);
      await gone;
      clearTimeout(timer);
      process.off('exit', kill);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
