// Runs one command many times and groups its failures. Plain Node, no dependencies.
//   node rerun.mjs [--runs 20] [--jobs 1] [--timeout 120] [--until-fail] [--vary] [--load 2] -- npx vitest run path/to/file
// --vary changes TZ and LC_ALL from run to run. --load keeps that many CPU cores busy. Full output goes to a temporary folder.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const HELP = 'usage: node rerun.mjs [--runs N] [--jobs N] [--timeout SECONDS] [--until-fail] [--vary] [--load N] -- command args';
const ENVIRONMENTS = [
  {},
  { TZ: 'Pacific/Kiritimati' },
  { TZ: 'Pacific/Pago_Pago' },
  { LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' },
  { TZ: 'America/New_York', LC_ALL: 'C' },
];

function parseArguments(argv) {
  const separator = argv.indexOf('--');
  if (separator < 0 || separator === argv.length - 1) throw new Error(HELP);
  const options = { runs: 20, jobs: 1, timeout: 120, load: 0, untilFail: false, vary: false, command: argv.slice(separator + 1) };
  const flags = argv.slice(0, separator);
  while (flags.length > 0) {
    const flag = flags.shift();
    if (flag === '--until-fail') options.untilFail = true;
    else if (flag === '--vary') options.vary = true;
    else if (['--runs', '--jobs', '--timeout', '--load'].includes(flag)) {
      const value = Number(flags.shift());
      if (!Number.isInteger(value) || value < (flag === '--load' ? 0 : 1) || value > 10_000)
        throw new Error(`${flag} needs a whole number\n${HELP}`);
      options[flag.slice(2)] = value;
    } else throw new Error(`unknown option ${flag}\n${HELP}`);
  }
  return options;
}

/** One run. The child leads its own process group, so that a timeout also ends what the test started. */
function runOnce(index, options, folder) {
  const env = options.vary ? ENVIRONMENTS[index % ENVIRONMENTS.length] : {};
  const log = path.join(folder, `run-${String(index + 1).padStart(4, '0')}.log`);
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const output = createWriteStream(log);
    const child = spawn(options.command[0], options.command.slice(1), {
      env: { ...process.env, ...env, FORCE_COLOR: '0', CI: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      try {
        if (process.platform === 'win32') child.kill();
        else process.kill(-child.pid, 'SIGKILL');
      } catch {
        // it ended at this very moment
      }
    }, options.timeout * 1000);
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const milliseconds = Number((process.hrtime.bigint() - started) / 1_000_000n);
      output.end(() =>
        resolve({
          index,
          log,
          milliseconds,
          env,
          passed: code === 0 && !timedOut,
          outcome: timedOut ? `timeout after ${options.timeout} s` : signal ? `signal ${signal}` : `exit ${code}`,
        }),
      );
    });
  });
}

/** The lines that say why, with everything that differs between two runs of the same failure taken out. */
function signature(log) {
  const text = readFileSync(log, 'utf8').replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
  const telling = text
    .split('\n')
    .filter(
      (line) =>
        /\b(?:error|fail(?:ed|ure)?|assert\w*|expected|received|panic|exception|timed? ?out|refused|EADDR\w+|ECONN\w+)\b|✗|✕|×|not ok/i.test(
          line,
        ) && !/\b0 fail/i.test(line),
    );
  const chosen = telling.length > 0 ? telling.slice(0, 4) : text.trim().split('\n').slice(-3);
  return chosen
    .map((line) =>
      line
        .trim()
        .replace(/0x[0-9a-f]+|\b[0-9a-f]{8,}\b|\d+(?:\.\d+)?/gi, '#')
        .slice(0, 160),
    )
    .join('\n    ');
}

/** 95 % Wilson interval of a share, in percent. */
function interval(failed, runs) {
  const z = 1.96;
  const share = failed / runs;
  const centre = (share + z ** 2 / (2 * runs)) / (1 + z ** 2 / runs);
  const half = (z * Math.sqrt((share * (1 - share)) / runs + z ** 2 / (4 * runs ** 2))) / (1 + z ** 2 / runs);
  return [Math.max(0, centre - half), Math.min(1, centre + half)].map((value) => (value * 100).toFixed(1));
}

function printReport(results, folder) {
  const failures = results.filter((result) => !result.passed);
  const times = results.map((result) => result.milliseconds).sort((a, b) => a - b);
  const [low, high] = interval(failures.length, results.length);
  console.log(
    `${failures.length} of ${results.length} runs failed (${((failures.length / results.length) * 100).toFixed(1)} %, 95 % interval ${low} to ${high} %)`,
  );
  console.log(`duration: fastest ${times[0]} ms, median ${times[Math.floor(times.length / 2)]} ms, slowest ${times.at(-1)} ms`);
  const groups = new Map();
  for (const failure of failures) {
    const key = `${failure.outcome}\n    ${signature(failure.log)}`;
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  for (const [key, members] of [...groups].sort((a, b) => b[1].length - a[1].length)) {
    const settings = [
      ...new Set(
        members.map(
          (member) =>
            Object.entries(member.env)
              .map(([name, value]) => `${name}=${value}`)
              .join(' ') || 'unchanged environment',
        ),
      ),
    ];
    console.log(
      `\n  ${members.length} x ${key}\n    runs ${members
        .slice(0, 8)
        .map((member) => member.index + 1)
        .join(', ')}; ${settings.join(' | ')}\n    log ${members[0].log}`,
    );
  }
  console.log(`\nlogs: ${folder}`);
}

async function main() {
  const options = parseArguments(process.argv.slice(2));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rerun-'));
  const burners = Array.from({ length: options.load }, () => spawn(process.execPath, ['-e', 'for(;;);'], { stdio: 'ignore' }));
  const results = [];
  let next = 0;
  let stop = false;
  const worker = async () => {
    while (!stop && next < options.runs) {
      const result = await runOnce(next++, options, folder);
      results.push(result);
      if (!result.passed && options.untilFail) stop = true;
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(options.jobs, options.runs) }, worker));
  } finally {
    for (const burner of burners) burner.kill('SIGKILL');
  }
  printReport(results, folder);
  process.exitCode = results.every((result) => result.passed) ? 0 : 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 2;
});
