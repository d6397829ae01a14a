// What a change does to package-lock.json (version 2 or 3), with the things worth a look marked. Reads git and files only.
//   node lockdiff.mjs [--from HEAD] [--to WORKTREE] [--file package-lock.json]
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

function parseArguments(argv) {
  const options = { from: 'HEAD', to: 'WORKTREE', file: 'package-lock.json' };
  for (let i = 0; i < argv.length; i += 2) {
    const name = argv[i]?.replace(/^--/, '');
    if (!(name in options) || argv[i + 1] === undefined)
      throw new Error('usage: node lockdiff.mjs [--from REF] [--to REF|WORKTREE] [--file PATH]');
    options[name] = argv[i + 1];
  }
  return options;
}

function readLock(ref, file) {
  let text;
  if (ref === 'WORKTREE') text = readFileSync(file, 'utf8');
  else {
    if (ref.startsWith('-')) throw new Error(`not a git ref: ${ref}`);
    try {
      text = execFileSync('git', ['show', `${ref}:./${file}`], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        maxBuffer: 256 * 1024 * 1024,
      });
    } catch {
      return new Map(); // the lockfile did not exist at that ref
    }
  }
  const lock = JSON.parse(text);
  if (!lock.packages)
    throw new Error(
      `${file} at ${ref} has no "packages": lockfile version 1 is not supported, run npm install with npm 7 or later`,
    );
  return new Map(Object.entries(lock.packages).filter(([key, entry]) => key.includes('node_modules/') && !entry.link));
}

const nameOf = (key, entry) => entry.name ?? key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
const major = (version) => String(version ?? '').split('.')[0];

const originOf = (address) => (URL.canParse(address) ? new URL(address).origin : '');

/** Where most packages of the lockfile came from before the change: the registry this project trusts. */
function usualRegistry(lock) {
  const counts = new Map();
  for (const { resolved } of lock.values()) {
    const origin = originOf(resolved ?? '');
    if (origin.startsWith('https:')) counts.set(origin, (counts.get(origin) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function marks(entry, previous, usual) {
  const found = [];
  if (entry.hasInstallScript && !previous?.hasInstallScript) found.push('RUNS A SCRIPT ON INSTALL');
  if (entry.resolved && (usual === undefined || originOf(entry.resolved) !== usual))
    found.push(`NOT FROM THE USUAL REGISTRY: ${entry.resolved.slice(0, 120)}`);
  if (entry.resolved && !entry.integrity && !entry.inBundle) found.push('NO CHECKSUM');
  if (
    previous &&
    previous.version === entry.version &&
    previous.integrity &&
    entry.integrity &&
    previous.integrity !== entry.integrity
  )
    found.push('SAME VERSION, OTHER CONTENT');
  if (entry.deprecated && !previous?.deprecated) found.push(`deprecated: ${String(entry.deprecated).slice(0, 100)}`);
  if (previous && major(previous.version) !== major(entry.version)) found.push('major version');
  if (previous && isOlder(entry.version, previous.version)) found.push('DOWNGRADE');
  if (previous?.license && entry.license && previous.license !== entry.license)
    found.push(`licence ${previous.license} -> ${entry.license}`);
  if (!previous && entry.license && /GPL|AGPL|SSPL|BUSL|UNLICENSED|CC-BY-NC/i.test(entry.license))
    found.push(`licence ${entry.license}`);
  return found;
}

function isOlder(version, previous) {
  const [a, b] = [version, previous].map((text) => String(text).split(/[.+-]/).slice(0, 3).map(Number));
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] < b[i];
  return false;
}

function compare(before, after) {
  const rows = [];
  const usual = usualRegistry(before.size > 0 ? before : after);
  for (const [key, entry] of after) {
    const previous = before.get(key);
    if (
      previous &&
      previous.version === entry.version &&
      previous.integrity === entry.integrity &&
      previous.resolved === entry.resolved
    )
      continue;
    const kind = previous ? 'changed' : 'added';
    rows.push({
      kind,
      name: nameOf(key, entry),
      key,
      text: previous ? `${previous.version} -> ${entry.version}` : String(entry.version),
      dev: Boolean(entry.dev),
      marks: marks(entry, previous, usual),
    });
  }
  for (const [key, entry] of before)
    if (!after.has(key))
      rows.push({
        kind: 'removed',
        name: nameOf(key, entry),
        key,
        text: String(entry.version),
        dev: Boolean(entry.dev),
        marks: [],
      });
  return rows;
}

function print(rows, options) {
  const count = (kind) => rows.filter((row) => row.kind === kind).length;
  console.log(
    `${options.file} ${options.from} -> ${options.to}: ${count('added')} added, ${count('changed')} changed, ${count('removed')} removed, ${rows.filter((row) => row.marks.length > 0).length} marked`,
  );
  for (const kind of ['added', 'changed', 'removed']) {
    const some = rows
      .filter((row) => row.kind === kind)
      .sort((a, b) => b.marks.length - a.marks.length || (a.name < b.name ? -1 : 1));
    if (some.length === 0) continue;
    console.log(`\n${kind}`);
    for (const row of some)
      console.log(
        `  ${row.name} ${row.text}${row.dev ? ' (dev)' : ''}${row.marks.length > 0 ? `\n      ${row.marks.join('\n      ')}` : ''}`,
      );
  }
}

try {
  const options = parseArguments(process.argv.slice(2));
  print(compare(readLock(options.from, options.file), readLock(options.to, options.file)), options);
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
