// Prints measured figures beside their targets: npm run bench [-- --json] [-- --only sizes,service,install,activation] [-- --seconds 5]
// The benchmarks are TypeScript over the product's own modules, so they are bundled like it before they run.

import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { build as bundle } from 'esbuild';
import { build, must } from '../test/run-suite.mjs';

const root = resolve(import.meta.dirname, '..');
process.chdir(root);
build('bench');
must('bench', 'bash', ['test/hosts/setup.sh']);
must('bench', 'bash', ['test/ide/setup.sh']);
const outdir = join(root, 'node_modules/.cache/coditect-bench');
await bundle({
  entryPoints: { main: 'bench/main.ts', load: 'bench/load.ts' },
  outdir,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  packages: 'external',
  outExtension: { '.js': '.mjs' },
  logLevel: 'warning',
  // modules find the checkout from their own folder, which in a bundle is another
  define: { 'import.meta.dirname': JSON.stringify(join(root, 'test/lib')) },
});
const result = spawnSync(process.execPath, [join(outdir, 'main.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = result.status ?? 1;
