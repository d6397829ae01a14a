// Runs one slow suite (test/<name>/) under vitest with its own config and prints its counts; every skipped test by name.
// A suite that ran nothing has failed: silence is not a pass. The JSON report stays in test/out/<name>.json for .ci/run.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..');

/** Ends the process with one line that says what is missing. */
export function fail(name, message) {
  console.error(`${name}: ${message}`);
  process.exit(1);
}

/** Runs a program with its output shown; fails the suite when it does. */
export function must(name, command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
  if (result.status !== 0) fail(name, `${command} ${args.join(' ')} failed (${result.status ?? result.signal ?? result.error})`);
}

/** Bundles, seed packages and the .vsix, when they are older than the sources. */
export function build(name) {
  must(name, process.execPath, ['esbuild.mjs', '--if-stale']);
}

/** Runs the suite; arguments of the command line go to vitest, such as a file name or `-t`. Returns the exit code. */
export function runSuite(name, env = {}) {
  const report = join(ROOT, 'test/out', `${name}.json`);
  mkdirSync(join(ROOT, 'test/out'), { recursive: true });
  rmSync(report, { force: true });
  const config = `test/${name}/vitest.config.ts`;
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', config, ...reporters, ...process.argv.slice(2)];
  const result = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
  const counts = readCounts(report);
  for (const line of counts.skipped) console.log(`${name}: skipped: ${line}`);
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped.length} skipped`);
  if (counts.passed === 0) console.error(`${name}: nothing ran, which counts as a failure`);
  return result.status === 0 && counts.passed > 0 && counts.failed === 0 ? 0 : 1;
}

/** Counts of a vitest JSON report. A file that could not be loaded counts as one failure. */
export function readCounts(report) {
  let json;
  try {
    json = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: [] };
  }
  const tests = json.testResults.flatMap((file) => file.assertionResults);
  const broken = json.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
  );
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests.filter((test) => test.status === 'failed').length + broken.length,
    skipped: tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName),
  };
}
