// Type-checks every runtime with its own tsconfig, so that host code cannot name `window` and pages cannot name `process`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const RUNTIMES = ['contract', 'packaging', 'installer', 'cli', 'server', 'extension', 'webview', 'test', 'bench'];
let isGreen = true;
for (const runtime of RUNTIMES) {
  const project = `${runtime}/tsconfig.json`;
  if (!existsSync(project)) continue;
  const result = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], { stdio: 'inherit' });
  if (result.status !== 0) {
    console.error(`typecheck failed in ${runtime}/`);
    isGreen = false;
  }
}
process.exitCode = isGreen ? 0 : 1;
