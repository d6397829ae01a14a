import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createEngine } from '../installer/engine.ts';
import { nodePorts } from '../installer/node-ports.ts';
import { type CliPlace, runCli } from '../test/lib/cli.ts';
import { cacheFolder } from '../test/lib/paths.ts';
import { runOk } from '../test/lib/run.ts';
import type { Service } from '../test/lib/service.ts';
import { makeTempFolder, removeTempFolder } from '../test/lib/temp.ts';
import { median, milliseconds, type Row, type Section } from './table.ts';

/** Has subagents, a skill and a command: the skills client can install a part of it too. */
const SLUG = 'review-board';
const AGENT = `@coditect/${SLUG}`;
const HOSTS = ['claude-code', 'vscode'] as const;

/** Warm installs into fresh workspaces: our engine, our whole process, and the peers with the same package from a local folder. */
export async function measureInstall(service: Service, rounds: number): Promise<Section> {
  const base = makeTempFolder('bench-install');
  try {
    const engine = await measureEngine(service, base, rounds);
    const cli = await measureCli(service, base, rounds);
    const node = await time(rounds, () => runOk(process.execPath, ['-e', '0']));
    const rows: Row[] = [
      { what: 'engine: plan and apply', measured: milliseconds(engine), value: engine, target: '< 50 ms', isMet: engine < 50 },
      { what: 'coditect-agents add, whole process', measured: milliseconds(cli), value: cli },
      { what: 'an empty node process', measured: milliseconds(node), value: node },
      ...(await measurePeers(base, rounds, cli)),
    ];
    return { title: 'Install', conditions: `${AGENT} for ${HOSTS.join(' and ')}, warm cache, median of ${rounds}`, rows };
  } finally {
    removeTempFolder(base);
  }
}

function freshWorkspace(base: string): string {
  const workspace = mkdtempSync(join(base, 'workspace-'));
  mkdirSync(join(workspace, '.claude'));
  return workspace;
}

async function measureEngine(service: Service, base: string, rounds: number): Promise<number> {
  return time(rounds, async () => {
    const engine = createEngine({
      ports: nodePorts(),
      serviceUrl: service.url,
      workspaceRoot: freshWorkspace(base),
      userDir: join(base, 'user'),
    });
    const plan = await engine.planInstall({ agent: AGENT, hosts: HOSTS });
    await engine.apply(plan);
  });
}

async function measureCli(service: Service, base: string, rounds: number): Promise<number> {
  const args = ['add', AGENT, ...HOSTS.flatMap((host) => ['--host', host]), '--yes'];
  return time(rounds, async () => {
    const place: CliPlace = { workspace: freshWorkspace(base), home: join(base, 'user'), serviceUrl: service.url };
    const result = await runCli(place, args);
    if (result.code !== 0) throw new Error(`coditect-agents ${args.join(' ')} failed: ${result.stderr}`);
  });
}

/** `skills` and `claude`, when test/hosts/setup.sh has put them into the cache. */
async function measurePeers(base: string, rounds: number, cli: number): Promise<Row[]> {
  const bin = join(cacheFolder('coditect-clients'), 'node_modules/.bin');
  const source = resolve('agents', SLUG);
  const env = {
    HOME: join(base, 'home'),
    CLAUDE_CONFIG_DIR: join(base, 'home/.claude'),
    DISABLE_TELEMETRY: '1',
    DO_NOT_TRACK: '1',
  };
  mkdirSync(env.HOME, { recursive: true });
  const marketplace = writeMarketplace(base, source);
  const inWorkspace = (command: string, args: readonly string[]) => async () => {
    await runOk(join(bin, command), args, { cwd: freshWorkspace(base), env });
  };
  await inWorkspace('claude', ['plugin', 'marketplace', 'add', marketplace])();
  const skills = await time(rounds, inWorkspace('skills', ['add', source, '-y', '--copy', '-a', 'claude-code']));
  const claude = await time(rounds, inWorkspace('claude', ['plugin', 'install', `${SLUG}@bench`, '-s', 'project']));
  return [
    peerRow('skills add (its skill only, local folder)', skills, cli, 1),
    peerRow('claude plugin install (local marketplace)', claude, cli, 3),
  ];
}

function peerRow(what: string, peer: number, ours: number, factor: number): Row {
  const ratio = peer / ours;
  return {
    what,
    measured: milliseconds(peer),
    value: peer,
    target: `ours ${factor === 1 ? 'faster' : `${factor} times faster`}`,
    isMet: ratio >= factor,
    note: `ours is ${ratio.toFixed(1)} times faster`,
  };
}

function writeMarketplace(base: string, source: string): string {
  const folder = join(base, 'marketplace');
  mkdirSync(join(folder, '.claude-plugin'), { recursive: true });
  const plugins = [{ name: SLUG, source: `./${SLUG}` }];
  writeFileSync(
    join(folder, '.claude-plugin/marketplace.json'),
    JSON.stringify({ name: 'bench', owner: { name: 'bench' }, plugins }),
  );
  cpSync(source, join(folder, SLUG), { recursive: true });
  mkdirSync(join(folder, SLUG, '.claude-plugin'), { recursive: true });
  const plugin = { name: SLUG, version: '1.0.0', description: 'bench' };
  writeFileSync(join(folder, SLUG, '.claude-plugin/plugin.json'), JSON.stringify(plugin));
  return folder;
}

/** Median of `rounds` runs in milliseconds; one more run before them warms caches. */
async function time(rounds: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const values: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await work();
    values.push(performance.now() - started);
  }
  return median(values);
}
