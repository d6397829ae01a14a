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
    const { engine, cli, node, skills, claude } = await timeInTurn(rounds, {
      engine: () => installByEngine(service, base),
      cli: () => installByCli(service, base),
      node: () => runOk(process.execPath, ['-e', '0']),
      ...(await preparePeers(base)),
    });
    const rows: Row[] = [
      { what: 'engine: plan and apply', measured: milliseconds(engine), value: engine, target: '< 50 ms', isMet: engine < 50 },
      { what: 'coditect-agents add, whole process', measured: milliseconds(cli), value: cli },
      { what: 'an empty node process', measured: milliseconds(node), value: node },
      peerRow('skills add (its skill only, local folder)', skills, cli, 1),
      peerRow('claude plugin install (local marketplace)', claude, cli, 3),
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

async function installByEngine(service: Service, base: string): Promise<void> {
  const engine = createEngine({
    ports: nodePorts(),
    serviceUrl: service.url,
    workspaceRoot: freshWorkspace(base),
    userDir: join(base, 'user'),
  });
  await engine.apply(await engine.planInstall({ agent: AGENT, hosts: HOSTS }));
}

async function installByCli(service: Service, base: string): Promise<void> {
  const args = ['add', AGENT, ...HOSTS.flatMap((host) => ['--host', host]), '--yes'];
  const place: CliPlace = { workspace: freshWorkspace(base), home: join(base, 'user'), serviceUrl: service.url };
  const result = await runCli(place, args);
  if (result.code !== 0) throw new Error(`coditect-agents ${args.join(' ')} failed: ${result.stderr}`);
}

/** `skills` and `claude` as test/hosts/setup.sh puts them into the cache, each ready to install the same package from a local folder. */
async function preparePeers(base: string) {
  const bin = join(cacheFolder('coditect-clients'), 'node_modules/.bin');
  const source = resolve('agents', SLUG);
  const env = {
    HOME: join(base, 'home'),
    CLAUDE_CONFIG_DIR: join(base, 'home/.claude'),
    DISABLE_TELEMETRY: '1',
    DO_NOT_TRACK: '1',
  };
  mkdirSync(env.HOME, { recursive: true });
  const inWorkspace = (command: string, args: readonly string[]) => async () => {
    await runOk(join(bin, command), args, { cwd: freshWorkspace(base), env });
  };
  await inWorkspace('claude', ['plugin', 'marketplace', 'add', writeMarketplace(base, source)])();
  return {
    skills: inWorkspace('skills', ['add', source, '-y', '--copy', '-a', 'claude-code']),
    claude: inWorkspace('claude', ['plugin', 'install', `${SLUG}@bench`, '-s', 'project']),
  };
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

/** Median of each work in milliseconds. They take turns, so that other work on the machine hits all alike; one round before warms caches. */
async function timeInTurn<Name extends string>(
  rounds: number,
  works: Record<Name, () => Promise<unknown>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(works) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -1; round < rounds; round += 1) {
    for (const name of names) {
      const started = performance.now();
      await works[name]();
      if (round >= 0) values[name].push(performance.now() - started);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(values[name])])) as Record<Name, number>;
}
