import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine-types.ts';
import { InstallError } from '../errors.ts';
import { type Fault, faultyFs, Killed } from '../test-support/faulty-fs.ts';
import { MemoryWorkspace } from '../test-support/memory-workspace.ts';
import { LOUD_FILES, QUIET_FILES } from '../test-support/packages.ts';
import { TestRegistry } from '../test-support/registry.ts';

const AGENT = '@acme/review-board';
const HOSTS = ['claude-code', 'vscode'] as const;
const registry = new TestRegistry();

interface Scenario {
  readonly name: string;
  readonly start: () => Promise<MemoryWorkspace>;
  readonly run: (engine: Engine) => Promise<unknown>;
}

const install = (version: string) => async (engine: Engine) =>
  engine.apply(await engine.planInstall({ agent: AGENT, version, hosts: HOSTS }));

async function fresh(): Promise<MemoryWorkspace> {
  const workspace = new MemoryWorkspace(registry);
  workspace.put('.mcp.json', '{\n  // mine\n  "mcpServers": { "own": { "command": "true" } }\n}\n');
  workspace.put('.claude/agents/mine.md', '---\nname: mine\ndescription: mine\n---\n');
  // a warm cache, so that every fault hits the change itself
  await workspace.engine().planInstall({ agent: AGENT, version: '1.0.0', hosts: HOSTS });
  await workspace.engine().planInstall({ agent: AGENT, version: '2.0.0', hosts: HOSTS });
  return workspace;
}
async function installed(): Promise<MemoryWorkspace> {
  const workspace = await fresh();
  await install('1.0.0')(workspace.engine());
  return workspace;
}

const SCENARIOS: readonly Scenario[] = [
  { name: 'a first install', start: fresh, run: install('1.0.0') },
  { name: 'an update that adds, changes and drops files', start: installed, run: install('2.0.0') },
  { name: 'a removal', start: installed, run: (engine) => engine.remove(AGENT) },
  { name: 'taking one host away', start: installed, run: (engine) => engine.remove(AGENT, { hosts: ['claude-code'] }) },
];

beforeAll(async () => {
  const { 'rules/style.md': _, ...others } = QUIET_FILES;
  await registry.publish({ version: '1.0.0', files: { ...QUIET_FILES, ...LOUD_FILES } });
  await registry.publish({
    version: '2.0.0',
    files: {
      ...others,
      ...LOUD_FILES,
      'mcp/server.mjs': 'process.exit(1);\n',
      'skills/new/SKILL.md': '---\nname: new\ndescription: New.\n---\nNew.\n',
    },
  });
});

/** What is visible of a workspace; the engine's own folder may hold a stale lock until the next change. */
function visible(workspace: MemoryWorkspace): Record<string, string> {
  return Object.fromEntries(
    Object.entries(workspace.tree()).filter(([path]) => path !== '.coditect' && path !== '.coditect/lock'),
  );
}

for (const { name, start, run } of SCENARIOS) {
  describe(name, () => {
    let before: MemoryWorkspace;
    let old: Record<string, string>;
    let next: Record<string, string>;
    let changes: number[];
    let calls: string[];

    beforeAll(async () => {
      before = await start();
      old = visible(before);
      const whole = before.clone();
      const watched = faultyFs(whole.fs);
      await run(whole.engine(watched.fs));
      next = visible(whole);
      ({ changes, calls } = watched);
      expect(next).not.toEqual(old);
    });

    async function breakAt(fault: Fault): Promise<{ workspace: MemoryWorkspace; error: unknown }> {
      const workspace = before.clone();
      const error = await run(workspace.engine(faultyFs(workspace.fs, fault).fs)).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      return { workspace, error };
    }

    function stateOf(workspace: MemoryWorkspace): string {
      const tree = JSON.stringify(visible(workspace));
      return tree === JSON.stringify(old) ? 'old' : tree === JSON.stringify(next) ? 'new' : 'mix';
    }

    it('is undone or finished after a kill at every change, whole or torn', async () => {
      const ends = new Set<string>();
      for (const at of changes) {
        for (const kind of ['kill', 'torn'] as const) {
          const { workspace, error } = await breakAt({ kind, at });
          if (error !== undefined) expect(error).toBeInstanceOf(Killed);
          await workspace.engine().recover();
          const state = stateOf(workspace);
          expect(state, `${kind} at ${calls[at - 1]}`).not.toBe('mix');
          ends.add(state);
          // and the same command goes through afterwards
          if (state === 'old') {
            await run(workspace.engine());
            expect(visible(workspace)).toEqual(next);
          }
        }
      }
      expect([...ends].sort()).toEqual(['new', 'old']);
    }, 60_000);

    it('is undone although the undoing is killed at every change', async () => {
      // in the middle of staging, of the swap, and near the end
      for (const at of [0.3, 0.6, 0.9].map((part) => changes[Math.floor(changes.length * part)] ?? 1)) {
        const { workspace: broken } = await breakAt({ kind: 'kill', at });
        const mended = broken.clone();
        const watched = faultyFs(mended.fs);
        await mended.engine(watched.fs).recover();
        for (const second of watched.changes) {
          const workspace = broken.clone();
          const recovering = workspace.engine(faultyFs(workspace.fs, { kind: 'torn', at: second }).fs).recover();
          await recovering.catch((error: unknown) => expect(error).toBeInstanceOf(Killed));
          await workspace.engine().recover();
          expect(stateOf(workspace), `kill at ${calls[at - 1]}, then at ${watched.calls[second - 1]}`).not.toBe('mix');
        }
      }
    }, 60_000);

    it('puts everything back when a single call fails', async () => {
      for (let at = 1; at <= calls.length; at++) {
        for (const code of changes.includes(at) ? ['EACCES', 'EIO'] : ['EACCES']) {
          const { workspace, error } = await breakAt({ kind: 'fail', at, code });
          const state = stateOf(workspace);
          // an undo that was itself hit ends at the next command
          if (state === 'mix' || (error instanceof InstallError && error.code === 'undo_failed'))
            await workspace.engine().recover();
          expect(stateOf(workspace), `${code} at ${calls[at - 1]}`).toBe(error === undefined ? 'new' : 'old');
          if (error !== undefined) expect(error, `${code} at ${calls[at - 1]}`).toBeInstanceOf(InstallError);
        }
      }
    }, 60_000);

    it('puts everything back on a disk that is full from any call on', async () => {
      for (let at = 1; at <= calls.length; at += 2) {
        const { workspace, error } = await breakAt({ kind: 'full', at });
        if (error !== undefined) expect((error as InstallError).code, calls[at - 1]).toBe('disk_full');
        expect(stateOf(workspace), `full at ${calls[at - 1]}`).toBe(error === undefined ? 'new' : 'old');
      }
    }, 60_000);
  });
}
