import { describe, expect, it } from 'vitest';
import type { HostSupport } from './model.ts';
import { inspectWith, manifestText } from './testing.ts';

function supportFor(host: string, specs: Record<string, string>): HostSupport | undefined {
  return inspectWith(specs).hosts.find((support) => support.host === host);
}

const agent = (fields: string) => ({ 'agents/reviewer.md': `---\nname: reviewer\ndescription: x\n${fields}\n---\n` });

describe('describeHostSupport', () => {
  it('finds nothing lost for tool lists that both hosts know', () => {
    for (const host of ['claude-code', 'vscode'])
      expect(supportFor(host, agent('tools: Read, Grep, mcp__db__query'))).toEqual({ host, isFaithful: true, losses: [] });
  });

  it('counts a narrowed tool as a lost restriction in VS Code', () => {
    const support = supportFor('vscode', agent('tools: Read, Bash(git diff:*)'));
    expect(support).toMatchObject({ isFaithful: false, losses: [{ component: 'agents/reviewer', isRestriction: true }] });
    expect(support?.losses[0]?.what).toContain('Bash(git diff:*)');
    expect(supportFor('claude-code', agent('tools: Read, Bash(git diff:*)'))?.isFaithful).toBe(true);
  });

  it('keeps denied tools as an allow list, models and approvals as losses without a restriction', () => {
    expect(supportFor('vscode', agent('disallowedTools: Write\nmodel: opus'))).toMatchObject({
      isFaithful: true,
      losses: [{ isRestriction: false }, { isRestriction: false }],
    });
    expect(
      supportFor('vscode', { 'skills/s/SKILL.md': '---\nname: s\ndescription: x\nallowed-tools: Read\n---\n' })?.isFaithful,
    ).toBe(true);
  });

  it('counts ignored matchers and unknown events of hooks as lost restrictions in VS Code', () => {
    const hooks = (event: string, matcher: string) => ({
      'hooks/hooks.json': JSON.stringify({ hooks: { [event]: [{ matcher, hooks: [{ type: 'command', command: 'x' }] }] } }),
    });
    expect(supportFor('vscode', hooks('PreToolUse', 'Bash'))?.isFaithful).toBe(false);
    expect(supportFor('vscode', hooks('PreToolUse', '*'))?.isFaithful).toBe(true);
    expect(supportFor('vscode', hooks('FileChanged', ''))?.isFaithful).toBe(false);
  });

  it('respects the targets of the manifest', () => {
    const specs = { 'package.json': manifestText({ agent: { targets: ['claude-code'] } }) };
    expect(supportFor('claude-code', specs)?.isFaithful).toBe(true);
    expect(supportFor('vscode', specs)?.isFaithful).toBe(false);
  });
});
