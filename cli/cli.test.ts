import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LOUD_FILES, packageFiles, QUIET_FILES } from '../installer/test-support/packages.ts';
import { TestRegistry } from '../installer/test-support/registry.ts';
import { COMMANDS } from './command-table.ts';
import { EXIT, EXIT_TEXTS } from './exit-codes.ts';
import { printable } from './io.ts';
import { formatTable } from './table.ts';
import { TestCli } from './test-cli.ts';
import { flushUsage } from './usage/flush.ts';

const AGENT = '@acme/review-board';
const BOTH = ['--host', 'claude-code', '--host', 'vscode'];
let registry: TestRegistry;
let cli: TestCli;

beforeAll(async () => {
  registry = await new TestRegistry().start();
  await registry.publish({ version: '1.0.0' });
  await registry.publish({ version: '1.1.0', files: { ...QUIET_FILES, ...LOUD_FILES } });
});
afterAll(() => registry.stop());
beforeEach(() => {
  cli = new TestCli(registry.url);
});
afterEach(() => cli.dispose());

describe('add and remove', () => {
  it('installs, lists, verifies and removes', async () => {
    const added = await cli.run(['add', `${AGENT}@1.0.0`, ...BOTH]);
    expect(added).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(/^Installed in \d+\.\d s\. Undo with: coditect-agents remove @acme\/review-board/),
    });
    expect(added.stderr).toContain('Review Board 1.0.0 from @acme, signature verified');
    expect((await cli.run(['list', '--json'])).json()).toMatchObject({ agents: [{ agent: AGENT, version: '1.0.0' }] });
    expect((await cli.run(['verify'])).exit).toBe(0);
    writeFileSync(join(cli.workspace, '.claude/rules/style.md'), 'mine\n');
    expect(await cli.run(['verify'])).toMatchObject({
      exit: EXIT.conflict,
      stdout: expect.stringContaining('edited   .claude/rules/style.md'),
    });
    const removed = await cli.run(['remove', AGENT, '--yes']);
    expect(removed).toMatchObject({
      exit: EXIT.conflict,
      stdout: expect.stringContaining('left: .claude/rules/style.md (you edited it)'),
    });
    expect(await cli.run(['remove', AGENT])).toMatchObject({
      exit: EXIT.notFound,
      stderr: expect.stringContaining('not_installed'),
    });
  });

  it('refuses what needs consent when nobody can be asked, and says how', async () => {
    const refused = await cli.run(['add', AGENT, ...BOTH]);
    expect(refused).toMatchObject({ exit: EXIT.refused, stderr: expect.stringContaining('--yes') });
    expect(refused.stderr).toContain('node hooks/check.mjs');
    const asJson = await cli.run(['add', AGENT, ...BOTH, '--json']);
    expect(asJson.json()).toMatchObject({ error: { code: 'consent_required', consents: expect.any(Array) } });
    expect(existsSync(join(cli.workspace, '.claude'))).toBe(false);
  });

  it('asks on a terminal and takes no for an answer', async () => {
    expect((await cli.run(['add', AGENT, ...BOTH], { answers: ['what', 'n'] })).exit).toBe(EXIT.refused);
    expect((await cli.run(['add', AGENT, ...BOTH], { answers: [''] })).exit).toBe(0);
    expect(existsSync(join(cli.workspace, '.claude/settings.json'))).toBe(true);
  });

  it('goes without hooks', async () => {
    await cli.run(['add', AGENT, '--host', 'claude-code', '--yes', '--without-hooks']);
    expect(existsSync(join(cli.workspace, '.claude/settings.json'))).toBe(false);
    expect(existsSync(join(cli.workspace, '.mcp.json'))).toBe(true);
  });

  it('shows a plan and writes nothing with --dry-run', async () => {
    const shown = await cli.run(['add', AGENT, ...BOTH, '--dry-run']);
    expect(shown).toMatchObject({ exit: 0, stdout: expect.stringContaining('create     .claude/agents/reviewer.md') });
    expect(existsSync(join(cli.workspace, '.claude'))).toBe(false);
  });

  it('stops at files in the way with exit 7, or does as told', async () => {
    mkdirSync(join(cli.workspace, '.claude/rules'), { recursive: true });
    writeFileSync(join(cli.workspace, '.claude/rules/style.md'), 'mine\n');
    const spec = `${AGENT}@1.0.0`;
    expect(await cli.run(['add', spec])).toMatchObject({ exit: EXIT.conflict, stderr: expect.stringContaining('--on-conflict') });
    expect((await cli.run(['add', spec], { answers: ['k'] })).exit).toBe(0);
    expect(readFileSync(join(cli.workspace, '.claude/rules/style.md'), 'utf8')).toBe('mine\n');
    expect((await cli.run(['add', spec, '--on-conflict', 'replace'])).exit).toBe(0);
    expect(readFileSync(join(cli.workspace, '.claude/rules/style.md'), 'utf8')).toBe(QUIET_FILES['rules/style.md']);
  });

  it('leaves nothing behind when the second name is wrong', async () => {
    const wrong = await cli.run(['add', `${AGENT}@1.0.0`, '@acme/nothing', '--host', 'claude-code']);
    expect(wrong).toMatchObject({ exit: EXIT.notFound, stderr: expect.stringContaining('agent_not_found') });
    expect(existsSync(join(cli.workspace, 'agents.lock.json'))).toBe(false);
  });

  it('updates, and goes back', async () => {
    await cli.run(['add', `${AGENT}@1.0.0`, '--host', 'claude-code']);
    expect((await cli.run(['outdated', '--json'])).json()).toEqual({
      agents: [{ agent: AGENT, version: '1.0.0', latest: '1.1.0' }],
    });
    expect((await cli.run(['update'])).exit).toBe(EXIT.refused);
    expect(await cli.run(['update', '--yes'])).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('Back with: coditect-agents add @acme/review-board@1.0.0'),
    });
    expect((await cli.run(['add', `${AGENT}@1.0.0`])).exit).toBe(0);
    expect((await cli.run(['update', AGENT, '--yes'])).exit).toBe(0);
    expect((await cli.run(['update'])).stdout).toBe('Everything is up to date.\n');
  });

  it('restores a clone from the lockfile', async () => {
    await cli.run(['add', `${AGENT}@1.0.0`, ...BOTH]);
    const clone = new TestCli(registry.url);
    const lockfile = readFileSync(join(cli.workspace, 'agents.lock.json'));
    writeFileSync(join(clone.workspace, 'agents.lock.json'), lockfile);
    expect(await clone.run(['install'])).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(/^1 agent in place, 6 files written/),
    });
    expect(readFileSync(join(clone.workspace, 'agents.lock.json'))).toEqual(lockfile);
    expect((await clone.run(['verify', '--json'])).json()).toMatchObject({ isClean: true });
    clone.dispose();
  });
});

describe('usage and errors', () => {
  it.each([
    [['nonsense'], EXIT.usage],
    [['add'], EXIT.usage],
    [['add', AGENT, '--bogus'], EXIT.usage],
    [['add', AGENT, '--host', 'emacs'], EXIT.usage],
    [['add', AGENT, '--host', 'cursor'], EXIT.usage],
    [['add', 'review-board', '--host', 'vscode'], EXIT.usage],
    [['list', 'extra'], EXIT.usage],
    [['list', '--service', 'ftp://x'], EXIT.usage],
    [['add', AGENT], EXIT.usage],
    [['whoami'], EXIT.signIn],
    [['search', 'x', '--service', 'http://127.0.0.1:9'], EXIT.unreachable],
    [['add', AGENT, '--host', 'vscode', '--service', 'http://127.0.0.1:9'], EXIT.unreachable],
    [['add', AGENT, '--host', 'vscode', '--offline'], EXIT.unreachable],
    [['validate', 'nowhere'], EXIT.usage],
    [['list', '--cwd', 'nowhere'], EXIT.usage],
  ])('ends %j with %i, in words and as JSON', async (argv, exit) => {
    const inWords = await cli.run(argv);
    expect(inWords).toMatchObject({ exit, stdout: '', stderr: expect.stringMatching(/^error \w+: /) });
    const asJson = await cli.run([...argv, '--json']);
    expect(asJson).toMatchObject({ exit, stderr: '' });
    expect(asJson.json()).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
  });

  it('has help for every command, and every exit code has words in it', async () => {
    const general = await cli.run(['--help']);
    for (const name of Object.keys(COMMANDS)) {
      expect(general.stdout).toContain(`  ${name} `);
      const help = await cli.run([name, '--help']);
      expect(help, name).toMatchObject({ exit: 0, stdout: expect.stringContaining(`Usage: coditect-agents ${name}`) });
    }
    for (const code of Object.values(EXIT)) expect(EXIT_TEXTS.map(([each]) => each)).toContain(code);
    const documented = readFileSync(join(import.meta.dirname, '../docs/cli.md'), 'utf8');
    for (const name of Object.keys(COMMANDS)) expect(documented).toContain(`\`${name}`);
    for (const [code, text] of EXIT_TEXTS) expect(documented).toContain(`| ${code} | ${text} |`);
    expect((await cli.run(['--version'])).stdout).toBe('1.2.3\n');
  });

  it('lets no foreign text move the cursor or hide what it says', () => {
    expect(printable('a\u001b]0;title\u0007b\u001b[2Jc\u202Ed\u009be\n\u001b[1mbold\u001b[22m')).toBe(
      'a]0;titleb[2Jcde\n\u001b[1mbold\u001b[22m',
    );
    expect(
      formatTable(
        ['a', '>n'],
        [
          ['x\ny', '7'],
          ['long', '12'],
        ],
        8,
      ),
    ).toEqual(['a      n', 'x y    7', 'long  12']);
  });
});

describe('signing in', () => {
  it('keeps the token for its owner alone and forgets it on logout', async () => {
    const service = await startAccounts();
    const mine = new TestCli(service.url);
    expect(await mine.run(['login', '--name', 'Ada'])).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('Your scope is @ada.'),
    });
    const path = join(mine.home, 'credentials.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toContain('cdt_secret');
    expect((await mine.run(['whoami'])).stdout).toContain('ada at');
    // the address of the last login holds without any other
    expect((await mine.run(['whoami'], { env: { CODITECT_SERVICE: '' } })).exit).toBe(0);
    expect((await mine.run(['logout', '--json'])).json()).toMatchObject({ wasSignedIn: true, isRevoked: true });
    expect(readFileSync(path, 'utf8')).not.toContain('cdt_secret');
    expect(await mine.run(['login'])).toMatchObject({ exit: EXIT.usage });
    writeFileSync(path, '{');
    expect(await mine.run(['whoami'])).toMatchObject({
      exit: EXIT.failed,
      stderr: expect.stringContaining('credentials_unusable'),
    });
    mine.dispose();
    await service.stop();
  });
});

describe('packages', () => {
  function writePackage(agent: Readonly<Record<string, unknown>> = {}): void {
    for (const [path, file] of packageFiles({ agent })) {
      mkdirSync(join(cli.workspace, path, '..'), { recursive: true });
      writeFileSync(join(cli.workspace, path), file.bytes);
    }
  }

  it('validates a folder, with file and line of what is wrong', async () => {
    writePackage();
    expect(await cli.run(['validate'])).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('@acme/review-board 1.0.0: 1 subagent, 1 skill, 1 command, 1 rule'),
    });
    writeFileSync(join(cli.workspace, 'agents/reviewer.md'), '---\nname: reviewer\ndescription: [\n---\n');
    const refused = await cli.run(['validate']);
    expect(refused).toMatchObject({
      exit: EXIT.failed,
      stderr: expect.stringMatching(/agents\/reviewer\.md:\d+: refused \w+: /),
    });
    expect((await cli.run(['validate', '--json'])).json()).toMatchObject({
      error: { code: 'package_refused', findings: expect.any(Array) },
    });
    expect((await cli.run(['publish'])).exit).toBe(EXIT.refused);
  });

  it('publishes only for who is signed in', async () => {
    writePackage();
    expect(await cli.run(['publish', '--dry-run'])).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('Nothing was sent.'),
    });
    expect(await cli.run(['publish'])).toMatchObject({
      exit: EXIT.signIn,
      stderr: expect.stringContaining('coditect-agents login'),
    });
  });
});

describe('usage counts', () => {
  it('wait in a queue, are sent once, and stay when the service is away', async () => {
    const on = { env: { CODITECT_TELEMETRY: undefined } };
    const first = await cli.run(['add', `${AGENT}@1.0.0`, '--host', 'claude-code'], on);
    expect(first.stderr).toContain('CODITECT_TELEMETRY=0');
    expect((await cli.run(['remove', AGENT], on)).stderr).not.toContain('CODITECT_TELEMETRY=0');
    const sent: { batch: { event: string; messageId: string; anonymousId: string }[] }[] = [];
    await flushUsage(cli.home, async () => Promise.reject(new Error('down')));
    await flushUsage(cli.home, async (_, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return new Response('{}');
    });
    expect(sent).toEqual([]);
    await cli.run(['add', `${AGENT}@1.0.0`, '--host', 'claude-code'], on);
    await flushUsage(cli.home, async (_, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return new Response('{}');
    });
    expect(sent.flatMap((body) => body.batch).map((item) => item.event)).toEqual(['Agent Installed']);
    expect(existsSync(join(cli.home, 'cli-usage.ndjson'))).toBe(false);
  });

  it.each([{ DO_NOT_TRACK: '1' }, { CODITECT_TELEMETRY: 'off' }, { CI: 'true', CODITECT_TELEMETRY: undefined }])(
    'are not kept with %j',
    async (env) => {
      await cli.run(['add', `${AGENT}@1.0.0`, '--host', 'claude-code'], { env: { CODITECT_TELEMETRY: undefined, ...env } });
      expect(existsSync(join(cli.home, 'cli-usage.ndjson'))).toBe(false);
      expect(existsSync(join(cli.home, 'installation-id'))).toBe(false);
    },
  );
});

/** Just the account routes, as the service answers them. */
async function startAccounts() {
  const { createServer } = await import('node:http');
  const user = { id: 'u1', name: 'ada', scopes: ['@ada'], createdAt: '2026-01-01T00:00:00.000Z' };
  const server = createServer((request, response) => {
    const isKnown = request.headers.authorization === 'Bearer cdt_secret';
    const answer = (status: number, body?: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body));
    if (request.url === '/api/v1/auth/methods') return answer(200, { methods: ['dev'] });
    if (request.url === '/api/v1/auth/dev') return answer(200, { token: 'cdt_secret', user });
    if (!isKnown) return answer(401, { type: 'about:blank', title: 'Sign in to do this.', status: 401, code: 'unauthenticated' });
    return request.method === 'DELETE' ? answer(204) : answer(200, { user, token: { id: 't1', scopes: ['read', 'publish'] } });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, stop };
}
