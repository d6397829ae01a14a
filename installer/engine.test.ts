// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the hosts’ own variables
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOUD_FILES, QUIET_FILES } from './test-support/packages.ts';
import { TestRegistry } from './test-support/registry.ts';
import { TestWorkspace } from './test-support/workspace.ts';

const AGENT = '@acme/review-board';
const BOTH = ['claude-code', 'vscode'] as const;

let registry: TestRegistry;
let workspace: TestWorkspace;
beforeEach(async () => {
  registry = await new TestRegistry().start();
  workspace = new TestWorkspace({ 'src/app.ts': 'export {};\n' });
  await registry.publish();
});
afterEach(async () => {
  workspace.dispose();
  await registry.stop();
});

describe('install and remove', () => {
  it('writes what the plan says for both hosts, and removal leaves the workspace as it was', async () => {
    const before = workspace.tree();
    const engine = workspace.engine(registry.url);
    const plan = await engine.planInstall({ agent: AGENT, hosts: BOTH });
    expect(workspace.tree()).toEqual(before);
    expect(plan.files.map((file) => `${file.action} ${file.path} ${file.hosts.join('+')}`).sort()).toEqual([
      'create .claude/agents/reviewer.md claude-code+vscode',
      'create .claude/commands/review.md claude-code',
      'create .claude/rules/style.md claude-code+vscode',
      'create .claude/skills/review/SKILL.md claude-code+vscode',
      'create .claude/skills/review/references/list.md claude-code+vscode',
      'create .github/prompts/review.prompt.md vscode',
    ]);
    expect(plan).toMatchObject({
      version: '1.0.0',
      signature: 'verified',
      source: 'service',
      needsConsent: false,
      hasConflicts: false,
    });
    const result = await engine.apply(plan);
    expect(result.kind).toBe('installed');
    expect(workspace.read('.claude/agents/reviewer.md')).toBe(QUIET_FILES['agents/reviewer.md']);
    expect(workspace.read('.github/prompts/review.prompt.md')).toContain('Review ${input:args}.');
    expect((await engine.verify())[0]).toMatchObject({ agent: AGENT, isClean: true });
    expect(await engine.list()).toMatchObject([{ agent: AGENT, version: '1.0.0', hosts: BOTH }]);
    expect(await engine.planInstall({ agent: AGENT, hosts: BOTH })).toMatchObject({ isNoop: true });
    const removed = await engine.remove(AGENT);
    expect(removed).toMatchObject({ version: '1.0.0', left: [] });
    expect(workspace.tree()).toEqual(before);
  });

  it('gives VS Code its native files when it is alone', async () => {
    const engine = workspace.engine(registry.url);
    const plan = await engine.planInstall({ agent: AGENT, hosts: ['vscode'] });
    await engine.apply(plan);
    expect(Object.keys(workspace.tree()).filter((path) => path.startsWith('.') && !path.endsWith('/'))).toEqual([
      '.agents/skills/review/SKILL.md',
      '.agents/skills/review/references/list.md',
      '.github/agents/reviewer.agent.md',
      '.github/instructions/style.instructions.md',
      '.github/prompts/review.prompt.md',
    ]);
    expect(workspace.read('.github/agents/reviewer.agent.md')).toBe(
      '---\nname: "reviewer"\ndescription: "Reads a change and says what is wrong."\ntools: ["read","search"]\n---\nRead the diff.\n',
    );
  });

  it('asks for consent where something runs, and only for what an update gains', async () => {
    await registry.publish({ version: '1.1.0', files: { ...QUIET_FILES, ...LOUD_FILES } });
    const engine = workspace.engine(registry.url);
    const plan = await engine.planInstall({ agent: AGENT, hosts: ['claude-code'] });
    expect(plan.needsConsent).toBe(true);
    expect(plan.newConsents.map((item) => item.kind)).toEqual(expect.arrayContaining(['hook', 'mcp', 'executable', 'secret']));
    await engine.apply(plan);
    expect(JSON.parse(workspace.read('.claude/settings.json'))).toEqual({
      hooks: {
        PostToolUse: [
          {
            matcher: 'Edit|Write',
            hooks: [
              {
                type: 'command',
                command: 'node "${CLAUDE_PROJECT_DIR}"/.coditect/agents/acme/review-board/hooks/check.mjs',
                timeout: 10,
              },
            ],
          },
        ],
      },
    });
    expect(workspace.read('.coditect/agents/acme/review-board/hooks/rule.mjs')).toBe(LOUD_FILES['hooks/rule.mjs']);
    await registry.publish({ version: '1.2.0', files: { ...QUIET_FILES, ...LOUD_FILES, 'rules/style.md': 'New.\n' } });
    const update = await engine.planInstall({ agent: AGENT, hosts: ['claude-code'] });
    expect(update).toMatchObject({ fromVersion: '1.1.0', version: '1.2.0', needsConsent: false });
    expect(update.files.filter((file) => file.action === 'update').map((file) => file.path)).toEqual(['.claude/rules/style.md']);
    expect((await engine.apply(update)).kind).toBe('updated');
    await registry.publish({
      version: '1.3.0',
      files: { ...QUIET_FILES, ...LOUD_FILES, 'hooks/rule.mjs': 'export const rule = () => 1;\n' },
    });
    const gain = await engine.planInstall({ agent: AGENT, hosts: ['claude-code'] });
    expect(gain.newConsents.map((item) => item.kind).sort()).toEqual(['executable', 'hook']);
  });
});
