// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the hosts’ own variables
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine-types.ts';
import { MemoryWorkspace } from '../test-support/memory-workspace.ts';
import { TestRegistry } from '../test-support/registry.ts';

const registry = new TestRegistry();
const AGENTS = ['@acme/one', '@acme/two', '@acme/three'] as const;
const SHARED = ['.mcp.json', '.claude/settings.json', '.vscode/mcp.json'] as const;

beforeAll(async () => {
  for (const name of AGENTS) {
    for (const version of ['1.0.0', '2.0.0']) {
      const server = { command: 'node', args: ['--of', name, version], env: { KEY: '${ONE_TOKEN}' } };
      const hook = (event: string) => [
        { matcher: 'Edit', hooks: [{ type: 'command', command: `echo ${name} ${event} ${version}` }] },
      ];
      await registry.publish({
        name,
        version,
        files: {
          '.mcp.json': JSON.stringify({ mcpServers: { [`server-${name.slice(6)}`]: server } }),
          'hooks/hooks.json': JSON.stringify({ hooks: { Stop: hook('Stop'), PostToolUse: hook('PostToolUse') } }),
        },
      });
    }
  }
});

/** Settings as people write them: comments, trailing commas, tabs, Windows line ends, a byte order mark, nothing at all. */
const STARTS: readonly Readonly<Record<string, string>>[] = [
  {},
  { '.mcp.json': '{}', '.claude/settings.json': '', '.vscode/mcp.json': '{"servers":{},"inputs":[]}\n' },
  {
    '.mcp.json':
      '{\n\t// mine\n\t"mcpServers": {\n\t\t"own": { "command": "true", "env": { "A": "secret" } }, // last\n\t},\n}\n',
  },
  {
    '.claude/settings.json': '{\r\n  "hooks": {\r\n    "Stop": []\r\n  },\r\n  "model": "opus"\r\n}\r\n',
    '.mcp.json': '\uFEFF{ "mcpServers": { } }',
  },
  {
    '.claude/settings.json':
      '{ "hooks": { "Stop": [ { "hooks": [ { "type": "command", "command": "say done" } ] } ], }, /* end */ }',
  },
];

type Step =
  | { readonly do: 'install'; readonly agent: number; readonly version: string; readonly hosts: number }
  | { readonly do: 'remove'; readonly agent: number }
  | { readonly do: 'edit'; readonly file: number; readonly value: number };

const agent = fc.nat(AGENTS.length - 1);
const install: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('install' as const),
  agent,
  version: fc.constantFrom('1.0.0', '2.0.0'),
  hosts: fc.nat(2),
});
const remove: fc.Arbitrary<Step> = fc.record({ do: fc.constant('remove' as const), agent });
const edit: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('edit' as const),
  file: fc.nat(SHARED.length - 1),
  value: fc.nat(9),
});

const HOSTS = [['claude-code'], ['vscode'], ['claude-code', 'vscode']] as const;

async function removeIfThere(engine: Engine, name: string): Promise<void> {
  if ((await engine.list()).some((each) => each.agent === name)) await engine.remove(name);
}

async function play(engine: Engine, workspace: MemoryWorkspace, step: Step): Promise<void> {
  if (step.do === 'remove') return removeIfThere(engine, AGENTS[step.agent] ?? '');
  if (step.do === 'install') {
    const request = { agent: AGENTS[step.agent] ?? '', version: step.version, hosts: HOSTS[step.hosts] ?? [] };
    await engine.apply(await engine.planInstall(request));
    return;
  }
  const path = SHARED[step.file] ?? '';
  const text = workspace.read(path);
  // the user adds a key of their own right after the first brace, whatever stands there
  const own = `"own${step.value}": ${step.value}`;
  if (text === undefined) workspace.put(path, `{ ${own} }\n`);
  else workspace.put(path, text.includes(`"own${step.value}"`) ? text : withKey(text, own));
}

function withKey(text: string, own: string): string {
  if (text.trim() === '' || text.trim() === '\uFEFF') return `{ ${own} }\n`;
  const isEmpty = Object.keys((parse(text.replace(/^\uFEFF/, '')) ?? {}) as object).length === 0;
  return text.replace('{', isEmpty ? `{ ${own} ` : `{ ${own}, `);
}

describe('shared settings files', () => {
  it('come back byte for byte after any order of installs, updates and removals', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...STARTS),
        fc.array(fc.oneof(install, install, remove), { maxLength: 8 }),
        async (start, steps) => {
          const workspace = new MemoryWorkspace(registry);
          for (const [path, text] of Object.entries(start)) workspace.put(path, text);
          const before = workspace.tree();
          const engine = workspace.engine();
          for (const step of steps) await play(engine, workspace, step);
          for (const result of await engine.verify()) expect(result.isClean, JSON.stringify(result)).toBe(true);
          for (const name of AGENTS) await removeIfThere(engine, name);
          expect(workspace.tree()).toEqual(before);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it('keep every edit of the user, and lose every entry of ours', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...STARTS),
        fc.array(fc.oneof(install, remove, edit), { maxLength: 10 }),
        async (start, steps) => {
          const workspace = new MemoryWorkspace(registry);
          const expected: Record<string, Record<string, unknown>> = {};
          for (const [path, text] of Object.entries(start)) {
            workspace.put(path, text);
            expected[path] = (parse(text.replace(/^\uFEFF/, '')) ?? {}) as Record<string, unknown>;
          }
          const engine = workspace.engine();
          for (const step of steps) {
            await play(engine, workspace, step);
            if (step.do === 'edit') {
              const path = SHARED[step.file] ?? '';
              expected[path] = { ...expected[path], [`own${step.value}`]: step.value };
            }
          }
          for (const name of AGENTS) await removeIfThere(engine, name);
          for (const path of SHARED) {
            const left = workspace.read(path);
            const value = left === undefined ? {} : ((parse(left.replace(/^\uFEFF/, '')) ?? {}) as Record<string, unknown>);
            expect(withoutEmpty(value), `${path}: ${left}`).toEqual(withoutEmpty(expected[path] ?? {}));
            for (const comment of start[path]?.match(/\/\/ \w+|\/\* \w+ \*\//g) ?? []) expect(left).toContain(comment);
          }
          expect(workspace.read('agents.lock.json')).toBeUndefined();
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});

/** An empty list or object that only ever held entries of ours may go with them after an edit. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value)
    .map(([key, each]) => [key, withoutEmpty(each)] as const)
    .filter(([, each]) => typeof each !== 'object' || each === null || Object.keys(each).length > 0);
  return Object.fromEntries(kept);
}
