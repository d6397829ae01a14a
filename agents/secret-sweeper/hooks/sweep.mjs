// Stops an agent from writing or committing secrets. Runs as a PreToolUse hook (payload on stdin) or by hand:
//   node sweep.mjs --scan [path ...]     tracked files of the repository, or the given files
// Exit code 2 blocks the tool call; the reason goes to stderr. No network, writes nothing, never prints a value.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const ALLOW_FILE = '.secret-sweeper.json';
const MAX_BYTES = 2 * 1024 * 1024;
const DASHES = '-'.repeat(5);

// `value`: the capture group that holds the secret (0 = the whole match). `minEntropy`: bits per character.
const RULES = [
  { name: 'AWS access key id', re: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g },
  {
    name: 'AWS secret key',
    re: /aws.{0,24}?secret.{0,24}?[=:\s"']([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    value: 1,
    minEntropy: 4,
  },
  { name: 'GitHub token', re: /\b(?:gh[opusr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b/g },
  { name: 'GitLab token', re: /\bgl(?:pat|dt|rt|cbt|ptt)-[\w-]{20,}/g },
  { name: 'Slack token', re: /\bxox[abeoprs]-\d[\w-]{20,}/g },
  { name: 'Slack webhook', re: /hooks\.slack\.com\/services\/(T\w{8,}\/B\w{8,}\/\w{20,})/g, value: 1 },
  { name: 'Stripe live key', re: /\b[sr]k_live_[A-Za-z0-9]{20,}/g },
  { name: 'Webhook signing secret', re: /\bwhsec_[A-Za-z0-9+/=]{24,}/g },
  { name: 'Google API key', re: /\bAIza[\w-]{35}(?![\w-])/g },
  { name: 'Google client secret', re: /\bGOCSPX-[\w-]{28}(?![\w-])/g },
  { name: 'Anthropic key', re: /\bsk-ant-[a-z]+\d{2}-[\w-]{40,}/g },
  { name: 'OpenAI key', re: /\bsk-(?:proj|svcacct|admin)-[\w-]{40,}|\bsk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}\b/g },
  { name: 'Hugging Face token', re: /\bhf_[A-Za-z0-9]{34}\b/g },
  { name: 'npm token', re: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { name: 'PyPI token', re: /\bpypi-AgE[\w-]{60,}/g },
  { name: 'SendGrid key', re: /\bSG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g },
  { name: 'DigitalOcean token', re: /\bdo[opr]_v1_[a-f0-9]{64}\b/g },
  { name: 'Azure storage key', re: /AccountKey=([A-Za-z0-9+/]{86}==)/g, value: 1 },
  { name: 'Signed JWT', re: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/g },
  // The body is part of the match, so that a file which only names the header (like this one) does not count.
  {
    name: 'Private key',
    re: new RegExp(
      `${DASHES}BEGIN (?:[A-Z0-9]+ ){0,2}PRIVATE KEY(?: BLOCK)?${DASHES}(?:\\\\n|\\s)+([A-Za-z0-9+/=:,-]{16,})`,
      'g',
    ),
    value: 1,
  },
  {
    name: 'Password in a connection URL',
    re: /\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql):\/\/[^\s:@/"']+:([^\s:@/"']{6,})@(?!localhost|127\.|\[::1\]|db\b|host\b|0\.0\.0\.0)/g,
    value: 1,
    placeholders: true,
  },
  {
    name: 'High-entropy value in a secret-like variable',
    re: /(?:secret|token|passw(?:or)?d|pwd|api[_-]?key|access[_-]?key|private[_-]?key|credential|auth[_-]?key)[\w-]{0,20}["']?\s*(?::|=>?|:=)\s*["'`]([^\s"'`]{16,200})["'`]/gi,
    value: 1,
    minEntropy: 3.6,
    placeholders: true,
    skipFiles:
      /(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|yarn\.lock|Cargo\.lock|poetry\.lock|go\.sum|composer\.lock|Gemfile\.lock)$|\.snap$/,
  },
];

const PLACEHOLDER =
  /example|placeholder|change[-_]?me|your[-_]|dummy|fake|sample|redacted|insert|replace|x{4,}|\*{3,}|^<.*>$|\$\{|\{\{|\$\(|process\.env|os\.environ|^(.)\1+$/i;
// Identifiers, paths and sentences-as-keys are long but are not secrets: `errors.invalid_token_format`, `/api/token/refresh`.
const WORDS = /^[a-z][a-z]*(?:[._:/-][a-z]+)+$|^[A-Z][A-Z]*(?:_[A-Z]+)+$|^(?:https?:)?\/[\w./-]*$|^[a-z]+(?:[A-Z][a-z]+)+$/;

function entropy(text) {
  const counts = new Map();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

function isSecret(rule, value) {
  if (/EXAMPLE/.test(value)) return false;
  if (rule.placeholders && (PLACEHOLDER.test(value) || WORDS.test(value))) return false;
  return !rule.minEntropy || entropy(value) >= rule.minEntropy;
}

/** Findings of one text: [{file, line, name, hint, fingerprint}]. `firstLine` shifts the line numbers. */
function scanText(text, file, allowed, firstLine = 1) {
  const findings = new Map();
  for (const rule of RULES) {
    if (rule.skipFiles?.test(file)) continue;
    for (const match of text.slice(0, MAX_BYTES).matchAll(rule.re)) {
      const value = match[rule.value ?? 0];
      if (!value || !isSecret(rule, value)) continue;
      const fingerprint = createHash('sha256').update(value).digest('hex').slice(0, 16);
      if (allowed.has(fingerprint) || findings.has(fingerprint)) continue;
      const line = firstLine + (text.slice(0, match.index).match(/\n/g)?.length ?? 0);
      findings.set(fingerprint, {
        file,
        line,
        name: rule.name,
        hint: `${value.slice(0, 4)}... (${value.length} characters)`,
        fingerprint,
      });
    }
  }
  return [...findings.values()];
}

function git(cwd, args) {
  return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 256 * 1024 * 1024 });
}

function tryGit(cwd, args) {
  try {
    return git(cwd, args);
  } catch {
    return undefined; // no repository, no commit yet, or git is not installed
  }
}

function readAllowed(cwd) {
  const root = tryGit(cwd, ['rev-parse', '--show-toplevel'])?.trim() ?? cwd;
  const file = path.join(root, ALLOW_FILE);
  if (!existsSync(file)) return new Set();
  const parsed = JSON.parse(readFileSync(file, 'utf8'));
  return new Set((parsed.allow ?? []).map((entry) => (typeof entry === 'string' ? entry : entry.fingerprint)));
}

/** Scans the added lines of a unified diff, hunk by hunk so that a key over several lines is seen whole. */
function scanDiff(diff, allowed) {
  const findings = [];
  let file = '';
  let start = 1;
  let added = [];
  const flush = () => {
    if (added.length > 0) findings.push(...scanText(added.join('\n'), file, allowed, start));
    added = [];
  };
  for (const line of diff.split('\n')) {
    if (line.startsWith('diff --git ')) {
      flush();
      file = line.slice(line.lastIndexOf(' b/') + 3);
    } else if (line.startsWith('@@')) {
      flush();
      start = Number(/\+(\d+)/.exec(line)?.[1] ?? 1);
    } else if (line.startsWith('+') && !line.startsWith('+++')) added.push(line.slice(1));
  }
  flush();
  return findings;
}

function scanFile(cwd, file, allowed) {
  const absolute = path.resolve(cwd, file);
  try {
    const stat = statSync(absolute);
    if (!stat.isFile() || stat.size > MAX_BYTES) return [];
    const text = readFileSync(absolute, 'utf8');
    return text.includes('\0') ? [] : scanText(text, file, allowed);
  } catch {
    return []; // deleted between listing and reading
  }
}

const DIFF = ['-U0', '--no-color', '--no-ext-diff', '--no-textconv'];

/** The folder a command works in when it begins with `cd folder &&` or uses `git -C folder`. */
function commandFolder(command, cwd) {
  const named = /^\s*cd\s+(["']?)([^"'&;|]+?)\1\s*&&/.exec(command)?.[2] ?? '.';
  const repository = /\bgit\s+-C\s+(["']?)([^"'\s]+)\1/.exec(command)?.[2] ?? '.';
  const folder = path.resolve(cwd, named, repository);
  return existsSync(folder) ? folder : cwd;
}

/** What a `git commit` in this command would record: the index, and what `git add` or `-a` puts there first. */
function scanCommit(command, cwd, allowed) {
  const findings = scanDiff(tryGit(cwd, ['diff', '--cached', ...DIFF]) ?? '', allowed);
  if (/\bcommit\b[^|;&\n]*\s(?:-\w*a\w*|--all)\b/.test(command))
    findings.push(...scanDiff(tryGit(cwd, ['diff', ...DIFF]) ?? '', allowed));
  for (const [, rest] of command.matchAll(/\bgit\s+(?:-C\s+\S+\s+)?add\s+([^|;&\n]+)/g)) {
    const words = rest
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
    const plain =
      words.every((word) => /^[\w./@*:+-]+$/.test(word)) &&
      !words.some((word) => /^-\w*[pie]|^--(?:patch|interactive|edit)/.test(word));
    const listing = tryGit(cwd, plain ? ['add', '--dry-run', ...words] : ['add', '--dry-run', '--all']) ?? '';
    for (const [, file] of listing.matchAll(/^add '(.*)'$/gm))
      findings.push(...scanFile(tryGit(cwd, ['rev-parse', '--show-toplevel'])?.trim() ?? cwd, file, allowed));
  }
  return findings;
}

/** New text of a file-writing tool. Covers Claude Code's field names and VS Code's. */
function writtenTexts(input) {
  const texts = [input.content, input.new_string, input.newString, input.new_source, input.newCode, input.patch];
  for (const edit of input.edits ?? input.replacements ?? []) texts.push(edit.new_string, edit.newString);
  return texts.filter((text) => typeof text === 'string' && text !== '');
}

const isIgnoredByGit = (cwd, file) => tryGit(cwd, ['check-ignore', '--quiet', '--', file]) !== undefined;

function report(findings, action) {
  const unique = [...new Map(findings.map((finding) => [finding.fingerprint, finding])).values()];
  const lines = unique.slice(0, 10).map((f) => `  ${f.file}:${f.line}  ${f.name}  ${f.hint}  fingerprint ${f.fingerprint}`);
  if (unique.length > 10) lines.push(`  and ${unique.length - 10} more`);
  return [`secret-sweeper: ${action}`, ...lines].join('\n');
}

const ADVICE = `Nothing was changed. Read the value from the environment or the project's secret store and keep only its name in the file.
Do not split, encode or rename the value to pass this check. If the user says it is not a secret, they can add the
fingerprint to "allow" in ${ALLOW_FILE} in their own editor.`;

function block(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}

function runHook(payload) {
  const input = payload.tool_input ?? {};
  const cwd = payload.cwd ?? process.env.CLAUDE_PROJECT_DIR ?? process.cwd();
  const allowed = readAllowed(cwd);
  if (typeof input.command === 'string') {
    const command = input.command;
    const writes = /(?<![0-9&])>>?\s*[^&\s]|\btee\b|\bsed\s+-\w*i/.test(command);
    if (writes && command.includes(ALLOW_FILE)) return block(`secret-sweeper: only the user edits ${ALLOW_FILE}.`);
    const commits = /\bgit\b[^|;&\n]*\scommit\b/.test(command);
    const findings = writes || commits ? scanText(command, 'command line', allowed) : [];
    if (commits) findings.push(...scanCommit(command, commandFolder(command, cwd), allowed));
    if (findings.length > 0)
      block(`${report(findings, commits ? 'commit blocked.' : 'command blocked: it writes a secret to a file.')}\n${ADVICE}`);
    return;
  }
  const file = input.file_path ?? input.filePath ?? input.notebook_path ?? 'file';
  const texts = writtenTexts(input);
  if (texts.length === 0) return;
  if (path.basename(file) === ALLOW_FILE) return block(`secret-sweeper: only the user edits ${ALLOW_FILE}.`);
  const findings = texts.flatMap((text) => scanText(text, file, allowed));
  // A local .env that git ignores is where a secret belongs.
  if (findings.length > 0 && !isIgnoredByGit(cwd, file)) block(`${report(findings, 'write blocked.')}\n${ADVICE}`);
}

function runScan(paths) {
  const cwd = process.cwd();
  const files =
    paths.length > 0 && paths.every((file) => existsSync(file) && statSync(file).isFile())
      ? paths
      : git(cwd, ['ls-files', '-z', '--', ...paths])
          .split('\0')
          .filter(Boolean);
  const allowed = readAllowed(cwd);
  const findings = files.flatMap((file) => scanFile(cwd, file, allowed));
  process.stdout.write(
    findings.length === 0
      ? `${files.length} files scanned, no secrets found\n`
      : `${report(findings, `${findings.length} found in ${files.length} files`)}\n`,
  );
  process.exitCode = findings.length === 0 ? 0 : 1;
}

try {
  if (process.argv[2] === '--scan') runScan(process.argv.slice(3));
  else runHook(JSON.parse(readFileSync(0, 'utf8')));
} catch (error) {
  // Exit code 1 is shown and does not block: a broken guard must be seen, and must not stop all work.
  process.stderr.write(`secret-sweeper could not check this call: ${error.message}\n`);
  process.exitCode = 1;
}
