import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packSample, publish, signIn } from '../lib/agents.ts';
import { type CliPlace, runCli } from '../lib/cli.ts';
import { ROOT } from '../lib/paths.ts';
import { type Service, startService } from '../lib/service.ts';
import { makeTempFolder, removeTempFolder } from '../lib/temp.ts';
import { diffTrees, readTree } from '../lib/tree.ts';
import { MOMENTS } from './rounds.ts';

const AGENT = '@ada/line-counter';
const HOOK = join(ROOT, 'test/crash/die-at.mjs');
/** The engine's own folder: journal, staging and lock of a change under way. */
const isEngineOwn = (path: string) => path.startsWith('.coditect');

interface Change {
  readonly name: string;
  readonly args: readonly string[];
  /** Brings a fresh workspace to the state before the change. */
  readonly before: readonly (readonly string[])[];
}

const add = (version: string) => ['add', `${AGENT}@${version}`, '--host', 'claude-code', '--host', 'vscode', '--yes'];
const CHANGES: readonly Change[] = [
  { name: 'a first install', args: add('1.0.0'), before: [] },
  { name: 'an update', args: add('2.0.0'), before: [add('1.0.0')] },
  { name: 'a removal', args: ['remove', AGENT, '--yes'], before: [add('1.0.0')] },
];

describe('kill -9 of the terminal client at every single change it makes to the disk', () => {
  let base = '';
  let service: Service;
  const workspaces: string[] = [];

  beforeAll(async () => {
    base = makeTempFolder('kill');
    service = await startService({ env: { SEED_DIR: '' } });
    const token = await signIn(service.url, 'ada');
    const mcp = JSON.stringify({ mcpServers: { counter: { command: 'node', args: ['server.mjs'] } } });
    for (const version of ['1.0.0', '2.0.0']) {
      // the second version drops a file, adds one, and changes an entry in a file that the user owns
      const own = version === '1.0.0' ? 'commands/old.md' : 'commands/new.md';
      const files = {
        [own]: `---\ndescription: Count ${version}\n---\n\nCount.\n`,
        '.mcp.json': mcp.replace('server.mjs', `server-${version}.mjs`),
      };
      const manifest = {
        agent: {
          displayName: 'Line Counter',
          categories: ['Code Analysis & Review'],
          permissions: { capabilities: ['read', 'search', 'mcp', 'execute'] },
        },
      };
      const answer = await publish(service.url, token, await packSample({ name: AGENT, version, files, manifest }));
      expect(await answer.text(), 'publish').not.toContain('refused');
    }
  });
  afterAll(async () => {
    await service?.dispose();
    for (const folder of [...workspaces, base]) removeTempFolder(folder);
  });

  /** A workspace with the user's own files, one of them shared with the agent. */
  function makePlace(): CliPlace {
    const place = { workspace: makeTempFolder('kill-shop'), home: join(base, 'home'), serviceUrl: service.url };
    workspaces.push(place.workspace);
    mkdirSync(join(place.workspace, '.claude/agents'), { recursive: true });
    mkdirSync(place.home, { recursive: true });
    writeFileSync(join(place.workspace, 'index.js'), 'console.log(1)\n');
    writeFileSync(join(place.workspace, '.claude/agents/mine.md'), '---\nname: mine\ndescription: mine\n---\n');
    writeFileSync(join(place.workspace, '.mcp.json'), '{\n  // mine\n  "mcpServers": { "own": { "command": "true" } }\n}\n');
    return place;
  }

  async function prepare(change: Change): Promise<CliPlace> {
    const place = makePlace();
    for (const args of change.before) {
      const result = await runCli(place, args);
      expect(result.code, result.stderr).toBe(0);
    }
    return place;
  }

  for (const change of CHANGES) {
    it(`leaves the old or the new state of ${change.name}`, async () => {
      const start = await prepare(change);
      const model = copyOf(start);
      const oldTree = readTree(model.workspace, isEngineOwn);
      const counter = join(base, 'count');
      const whole = await runCli(model, change.args, { nodeArgs: ['--import', HOOK], env: { DIE_COUNT: counter } });
      expect(whole.code, whole.stderr).toBe(0);
      const newTree = readTree(model.workspace, isEngineOwn);
      const steps = Number(readFileSync(counter, 'utf8'));
      expect(diffTrees(oldTree, newTree).length).toBeGreaterThan(1);
      expect(steps).toBeGreaterThan(5);

      const wrong: string[] = [];
      const ends = { old: 0, new: 0 };
      const moments = momentsOf(steps);
      for (const { step, how } of moments) {
        const end = await killAt(change, { step, how, start, oldTree, newTree });
        if (end === 'old' || end === 'new') ends[end] += 1;
        else wrong.push(`${how} change ${step}: ${end}`);
      }
      console.log(
        `${change.name}: killed ${moments.length} times over ${steps} disk changes, ${ends.old} old state, ${ends.new} new`,
      );
      expect(wrong).toEqual([]);
      expect(ends.old).toBeGreaterThan(0);
    }, 900_000);
  }

  /** The same workspace once more under another path. */
  function copyOf(place: CliPlace): CliPlace {
    const workspace = makeTempFolder('kill-shop');
    workspaces.push(workspace);
    cpSync(place.workspace, workspace, { recursive: true });
    return { ...place, workspace };
  }

  interface Moment {
    readonly step: number;
    readonly how: string;
    /** Workspace in the state before the change. */
    readonly start: CliPlace;
    readonly oldTree: ReadonlyMap<string, string>;
    readonly newTree: ReadonlyMap<string, string>;
  }

  /** Kills, lets the next command mend, compares, and does the change again: it must go through. */
  async function killAt(change: Change, moment: Moment): Promise<string> {
    const place = copyOf(moment.start);
    const env = { DIE_AT: String(moment.step), DIE_HOW: moment.how };
    const killed = await runCli(place, change.args, { nodeArgs: ['--import', HOOK], env });
    if (killed.signal !== 'SIGKILL' && killed.code !== 0) return `it was not killed but failed: ${killed.stderr}`;
    const listed = await runCli(place, ['list', '--json']);
    if (listed.code !== 0) return `list failed: ${listed.stderr}`;
    const tree = readTree(place.workspace);
    const leftovers = [...tree.keys()].filter(isEngineOwn);
    const visible = new Map([...tree].filter(([path]) => !isEngineOwn(path)));
    const isOld = diffTrees(moment.oldTree, visible).length === 0;
    const isNew = diffTrees(moment.newTree, visible).length === 0;
    if (!isOld && !isNew) {
      return `a mix; to the old state: ${diffTrees(moment.oldTree, visible)}; to the new: ${diffTrees(moment.newTree, visible)}`;
    }
    if (leftovers.some((path) => path.includes('txn/'))) return `left behind: ${leftovers}`;
    const again = await runCli(place, change.args);
    const isDone = again.code === 0 || (isNew && change.args[0] === 'remove');
    const result = diffTrees(moment.newTree, readTree(place.workspace, isEngineOwn));
    if (!isDone || result.length > 0) return `the same command failed afterwards: ${again.stderr} ${result}`;
    removeTempFolder(place.workspace);
    return isOld ? 'old' : 'new';
  }
});

/** Before and in the middle of every change; at most MOMENTS of them, evenly spread. */
function momentsOf(steps: number): { step: number; how: string }[] {
  const all = Array.from({ length: steps }, (_, index) => ['before', 'torn'].map((how) => ({ step: index + 1, how }))).flat();
  const stride = Math.max(1, all.length / MOMENTS);
  return all.filter((_, index) => Math.floor(index / stride) !== Math.floor((index - 1) / stride));
}
