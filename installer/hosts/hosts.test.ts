// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the hosts’ own variables
import { describe, expect, it } from 'vitest';
import type { HostId } from '../../contract/hosts.ts';
import { inspectPackage } from '../../packaging/inspect.ts';
import type { AgentPackage } from '../../packaging/model.ts';
import { LOUD_FILES, packageFiles, QUIET_FILES, type TestFiles } from '../test-support/packages.ts';
import { claudeCodeFiles } from './claude-code.ts';
import type { HostFiles } from './host-files.ts';
import { replaceRootInShell } from './plugin-root.ts';
import { vscodePromptBody } from './prompt-placeholders.ts';
import { vscodeFiles } from './vscode.ts';

function packageOf(files: TestFiles, agent: Readonly<Record<string, unknown>> = {}): AgentPackage {
  const { pkg, findings } = inspectPackage(packageFiles({ files, agent }));
  if (pkg === undefined) throw new Error(JSON.stringify(findings));
  return pkg;
}
const options = (...alongside: HostId[]) => ({ alongside: new Set(alongside), withoutHooks: false, acceptsLosses: false });
const textOf = (files: HostFiles, path: string) => {
  const target = files.targets.find((each) => each.path === path);
  return target?.kind === 'file' ? Buffer.from(target.bytes).toString() : undefined;
};
const entryOf = (files: HostFiles, pointer: string) => {
  const target = files.targets.find((each) => each.kind === 'json-entry' && each.pointer === pointer);
  return target?.kind === 'json-entry' ? target.value : undefined;
};
const agentWith = (fields: string) => ({ 'agents/x.md': `---\nname: x\ndescription: Does x.\n${fields}\n---\nBody.\n` });

describe('Claude Code', () => {
  it('drops what plugins may not set and keeps the rest of the agent', () => {
    const files = claudeCodeFiles(
      packageOf(agentWith('tools: Read\npermissionMode: bypassPermissions\nhooks:\n  Stop: []\nmodel: haiku')),
      options('claude-code'),
    );
    expect(textOf(files, '.claude/agents/x.md')).toBe(
      '---\nname: "x"\ndescription: "Does x."\ntools: "Read"\nmodel: "haiku"\n---\nBody.\n',
    );
    expect(files.losses).toMatchObject([{ what: expect.stringContaining('hooks, permissionMode'), isRestriction: false }]);
  });

  it('writes a harmless mode, and everything else byte for byte', () => {
    const source = agentWith('permissionMode: plan # careful');
    expect(textOf(claudeCodeFiles(packageOf(source), options('claude-code')), '.claude/agents/x.md')).toBe(source['agents/x.md']);
  });

  it('points hooks and servers at the copied scripts and never writes a secret', () => {
    const files = claudeCodeFiles(packageOf({ ...QUIET_FILES, ...LOUD_FILES }), options('claude-code'));
    expect(entryOf(files, '/mcpServers/notes')).toEqual({
      type: 'stdio',
      command: 'node',
      args: ['${CLAUDE_PROJECT_DIR:-.}/.coditect/agents/acme/review-board/mcp/server.mjs', '--level', '${NOTES_LEVEL:-info}'],
      env: { NOTES_TOKEN: '${NOTES_TOKEN}' },
    });
    const scripts = files.targets.filter((target) => target.path.startsWith('.coditect/')).map((target) => target.path);
    expect(scripts.sort()).toEqual(
      ['check.mjs', 'rule.mjs', 'server.mjs'].map(
        (name, index) => `.coditect/agents/acme/review-board/${index < 2 ? 'hooks' : 'mcp'}/${name}`,
      ),
    );
    expect(files.losses).toMatchObject([{ what: 'set NOTES_TOKEN in the environment before you start Claude Code' }]);
  });

  it('leaves hooks out when asked', () => {
    const files = claudeCodeFiles(packageOf(LOUD_FILES), { ...options('claude-code'), withoutHooks: true });
    expect(files.targets.some((target) => target.path.includes('hooks') || target.path === '.claude/settings.json')).toBe(false);
  });

  it.each([
    ['node ${CLAUDE_PLUGIN_ROOT}/a.mjs', 'node "${P}"/d/a.mjs'],
    ['"${CLAUDE_PLUGIN_ROOT}/a b.sh" x', '"${P}/d/a b.sh" x'],
    ["'${CLAUDE_PLUGIN_ROOT}/a.sh'", `''"\${P}"'/d/a.sh'`],
    ['echo \\"$CLAUDE_PLUGIN_ROOT/x', 'echo \\""${P}"/d/x'],
  ])('quotes %s for the shell', (command, expected) => {
    expect(replaceRootInShell(command, '${P}', '/d')).toBe(expected);
  });
});

describe('VS Code', () => {
  it('shares agents, skills and rules with Claude Code and never runs a hook twice', () => {
    const pkg = packageOf({ ...QUIET_FILES, ...LOUD_FILES });
    const shared = vscodeFiles(pkg, options('claude-code', 'vscode'));
    const claude = claudeCodeFiles(pkg, options('claude-code', 'vscode'));
    for (const path of ['.claude/agents/reviewer.md', '.claude/rules/style.md', '.claude/skills/review/SKILL.md']) {
      expect(textOf(shared, path)).toBe(textOf(claude, path));
    }
    expect(
      shared.targets.some((target) => target.path.startsWith('.github/hooks') || target.path === '.claude/settings.json'),
    ).toBe(false);
  });

  it('leaves a hook out whose matcher it would ignore, unless that is accepted', () => {
    const pkg = packageOf(LOUD_FILES);
    const careful = vscodeFiles(pkg, options('vscode'));
    expect(textOf(careful, '.github/hooks/acme-review-board.json')).toBeUndefined();
    expect(careful.losses).toMatchObject([{ what: expect.stringContaining('matcher'), isRestriction: false }]);
    const accepted = vscodeFiles(pkg, { ...options('vscode'), acceptsLosses: true });
    expect(JSON.parse(textOf(accepted, '.github/hooks/acme-review-board.json') ?? '')).toEqual({
      hooks: {
        PostToolUse: [{ type: 'command', command: 'node ./.coditect/agents/acme/review-board/hooks/check.mjs', timeout: 10 }],
      },
    });
    expect(accepted.losses.some((loss) => loss.isRestriction)).toBe(true);
  });

  it('asks for secrets and options through inputs', () => {
    const mcp = JSON.stringify({
      mcpServers: { db: { type: 'http', url: 'https://${DB_HOST}/mcp', headers: { A: '${user_config.api_key}' } } },
    });
    const configuration = [{ key: 'api_key', title: 'API key', description: 'Of the database', sensitive: true }];
    const files = vscodeFiles(packageOf({ '.mcp.json': mcp }, { configuration }), options('vscode'));
    expect(entryOf(files, '/servers/db')).toEqual({
      type: 'http',
      url: 'https://${env:DB_HOST}/mcp',
      headers: { A: '${input:acme-review-board-api_key}' },
    });
    expect(entryOf(files, '/inputs/-')).toEqual({
      type: 'promptString',
      id: 'acme-review-board-api_key',
      description: 'API key',
      password: true,
    });
  });

  it.each([
    ['tools: Read, Grep, Edit', ['read', 'search', 'edit']],
    ['tools: Read, Bash(git diff:*)', ['read']],
    ['tools: Read, mcp__db__query, mcp__files', ['read', 'db/query', 'files/*']],
    ['disallowedTools: Write, Bash', ['read', 'search', 'web', 'agent', 'todo']],
    ['model: haiku', undefined],
  ])('translates %s', (fields, tools) => {
    const text = textOf(vscodeFiles(packageOf(agentWith(fields)), options('vscode')), '.github/agents/x.agent.md') ?? '';
    expect(/tools: (.*)/.exec(text)?.[1]).toBe(tools === undefined ? undefined : JSON.stringify(tools));
  });

  it('does not write an agent whose tool list would come out empty, for that allows everything', () => {
    const files = vscodeFiles(packageOf(agentWith('tools: Bash(ls:*)')), options('vscode'));
    expect(files.targets).toEqual([]);
    expect(files.losses.at(-1)?.what).toContain('left out');
  });

  it('turns arguments, files and inline shell of commands into what prompts have', () => {
    expect(vscodePromptBody('Do $ARGUMENTS to $0, $1 and $ARGUMENTS[2]. See @src/a.ts, mail a@b.c.')).toBe(
      'Do ${input:args} to ${input:arg1}, ${input:arg2} and ${input:arg3}. See #file:src/a.ts, mail a@b.c.',
    );
    expect(vscodePromptBody('Diff: !`git diff`\n```sh\necho $1 @x\n```\n')).toBe(
      'Diff: (run `git diff` and use its output)\n```sh\necho $1 @x\n```\n',
    );
  });
});
