import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packDirectory } from '../../packaging/pack.ts';
import { type CliPlace, runCli } from '../lib/cli.ts';
import { writeFiles } from '../lib/files.ts';
import { cacheFolder, ROOT } from '../lib/paths.ts';
import { mergeEnv, run } from '../lib/run.ts';
import { type Service, startService } from '../lib/service.ts';
import { makeTempFolder, removeTempFolder } from '../lib/temp.ts';

const CLAUDE = join(cacheFolder('coditect-clients'), 'node_modules/.bin/claude');
/** Together they hold every component kind. */
const AGENTS = ['review-board', 'doc-keeper', 'csv-lens', 'migration-guard'];

/** What Claude Code says it found, in the first line of its stream: printed before anything is asked of a model. */
interface Session {
  readonly agents: readonly string[];
  readonly skills: readonly string[];
  readonly slash_commands: readonly string[];
  readonly tools: readonly string[];
  readonly mcp_servers: readonly { readonly name: string; readonly status: string }[];
}

describe('the real Claude Code, offline', () => {
  let base = '';
  let place: CliPlace;
  let service: Service;
  let session: Session;

  beforeAll(async () => {
    base = makeTempFolder('claude');
    service = await startService();
    place = { workspace: join(base, 'workspace'), home: join(base, 'home'), serviceUrl: service.url };
    for (const folder of [place.workspace, place.home]) mkdirSync(folder);
    for (const agent of AGENTS) {
      const added = await runCli(place, ['add', `@coditect/${agent}`, '--host', 'claude-code', '--yes']);
      expect(added.stdout + added.stderr, `add ${agent}`).toMatch(/installed/i);
    }
    session = await startSession(place.workspace, base);
  });
  afterAll(async () => {
    await service?.dispose();
    removeTempFolder(base);
  });

  it('finds every subagent, skill, command and MCP server that was installed', async () => {
    for (const agent of AGENTS) {
      for (const { kind, name } of await componentsOf(service, agent)) {
        const found = {
          subagent: session.agents,
          skill: session.skills,
          command: session.slash_commands,
          mcp: session.mcp_servers.map((server) => server.name),
        }[kind];
        if (found !== undefined) expect(found, `${kind} of ${agent}`).toContainEqual(expect.stringContaining(name));
      }
    }
  });

  it('connects to the installed MCP server and sees its tools', () => {
    expect(session.mcp_servers).toContainEqual(expect.objectContaining({ name: 'csv-lens', status: 'connected' }));
    expect(session.tools.filter((tool) => tool.startsWith('mcp__csv-lens__')).length).toBeGreaterThan(1);
  });

  it('finds nothing of ours any more after remove', async () => {
    for (const agent of AGENTS) expect((await runCli(place, ['remove', `@coditect/${agent}`, '--yes'])).code).toBe(0);
    const after = await startSession(place.workspace, base);
    expect(after.agents.filter((name) => name.startsWith('review-board'))).toEqual([]);
    expect(after.mcp_servers).toEqual([]);
  });

  it('validates every first-party package as a plugin', async () => {
    const folders = join(ROOT, 'agents');
    const names = readdirSync(folders, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
    const invalid: string[] = [];
    for (const name of names) {
      const { files } = await packDirectory(join(folders, name));
      const folder = join(base, 'packages', name);
      writeFiles(folder, files);
      const result = await run(CLAUDE, ['plugin', 'validate', folder, '--json'], { env: offline(base) });
      if (result.code !== 0) invalid.push(`${name}: ${result.stdout}${result.stderr}`);
    }
    expect(names.length).toBeGreaterThan(11);
    expect(invalid).toEqual([]);
  });
});

/** Nothing of the machine's own Claude Code, no account, and no model to be reached. */
function offline(base: string): Record<string, string | undefined> {
  const inherited = Object.keys(process.env).filter((name) => /^(CLAUDE|ANTHROPIC)/.test(name));
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    HOME: join(base, 'home'),
    ANTHROPIC_API_KEY: 'offline',
    ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
  };
}

function startSession(workspace: string, base: string): Promise<Session> {
  return new Promise((resolve, reject) => {
    const args = ['-p', 'hello', '--output-format', 'stream-json', '--verbose', '--max-turns', '1'];
    const child = spawn(CLAUDE, args, {
      cwd: workspace,
      env: mergeEnv(offline(base)),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      said += line;
      const message = JSON.parse(line) as { type: string; subtype?: string };
      if (message.subtype !== 'init') return;
      process.kill(-(child.pid ?? 0), 'SIGKILL'); // with its MCP servers
      resolve(message as unknown as Session);
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`Claude Code ended before it said what it found:\n${said}`)));
  });
}

async function componentsOf(service: Service, slug: string): Promise<{ kind: string; name: string }[]> {
  const answer = await fetch(`${service.url}/api/v1/agents/@coditect/${slug}`);
  return ((await answer.json()) as { latest: { components: { kind: string; name: string }[] } }).latest.components;
}
