import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConsentItem } from '../../installer/install-plan.ts';
import { aHostPlan, aPlan } from '../testing/a-plan.ts';
import { consentText, doneText, needsQuestion, wrapForRows } from './consent-core.ts';
import { planDocument } from './plan-document-core.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: as packages write it
const command = 'node "${CLAUDE_PLUGIN_ROOT}/hooks/a.mjs"';
const runs: ConsentItem = {
  key: 'execute',
  kind: 'capability',
  text: `run commands: ${command}`,
  path: 'hooks/hooks.json',
  line: 7,
};
const reads: ConsentItem = { key: 'read', kind: 'capability', text: 'read files in the workspace' };

describe('needsQuestion', () => {
  it('asks only when there is something to agree to', () => {
    expect(needsQuestion(aPlan())).toBe(false);
    expect(needsQuestion(aPlan({ needsConsent: true }))).toBe(true);
    expect(needsQuestion(aPlan({ deprecation: 'Use another.' }))).toBe(true);
    expect(needsQuestion(aPlan({ hosts: [aHostPlan({ isFaithful: false })] }))).toBe(true);
  });
});

describe('consentText', () => {
  it('says what it can do with the place that proves it', () => {
    const { title, sections } = consentText(aPlan({ consents: [runs], newConsents: [runs], needsConsent: true }));
    expect(title).toBe('Install Review Board 1.5.0 from @coditect? (signature verified)');
    expect(sections[0]).toMatchObject({
      title: 'It will be able to',
      lines: [{ text: 'Run commands: node "hooks/a.mjs"', proof: 'hooks/hooks.json:7', isNew: false }],
    });
  });

  it('puts what an update gains first and marks it', () => {
    const plan = aPlan({ fromVersion: '1.4.0', consents: [reads, runs], newConsents: [runs], needsConsent: true });
    const [able] = consentText(plan).sections;
    expect(able?.lines.map((line) => line.isNew)).toEqual([true, false]);
    expect(consentText(plan).title).toBe('Update Review Board from 1.4.0 to 1.5.0? (signature verified)');
  });

  it('names the hosts that cannot hold a restriction, each once', () => {
    const losses = [{ component: 'hook', what: 'VS Code ignores matchers', isRestriction: true }];
    const plan = aPlan({ otherHosts: [aHostPlan({ host: 'vscode', isFaithful: false, losses })] });
    expect(consentText(plan).sections.find((section) => section.title === 'Not for')?.lines[0]?.text).toBe(
      'VS Code ignores matchers',
    );
  });

  it('says when a package is not signed', () => {
    expect(consentText(aPlan({ signature: 'unsigned' })).title).toContain('(not signed)');
  });
});

describe('wrapForRows', () => {
  it('loses no character of what is agreed to and fits every row', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'grapheme-ascii' }), fc.integer({ min: 8, max: 80 }), (text, width) => {
        const rows = wrapForRows(text, width);
        expect(rows.join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''));
        for (const row of rows) expect(row.length).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('doneText', () => {
  it('says what to do once when all hosts want the same', () => {
    const step = (host: 'claude-code' | 'vscode', text: string) => ({ host, text });
    expect(doneText('Review Board', ['claude-code'], [step('claude-code', 'start a new session')])).toBe(
      'Review Board is ready in Claude Code: start a new session.',
    );
    expect(
      doneText(
        'Review Board',
        ['claude-code', 'vscode'],
        [step('claude-code', 'start a new session'), step('vscode', 'available now')],
      ),
    ).toBe('Review Board is ready in Claude Code and VS Code. Claude Code: start a new session. VS Code: available now.');
    expect(doneText('Review Board', ['vscode'], [])).toBe('Review Board is ready in VS Code.');
  });
});

describe('planDocument', () => {
  it('lists every file with what happens to it and why it is in the way', () => {
    const [file] = aPlan().files;
    const conflict = {
      ...file!,
      path: '.claude/agents/b.md',
      action: 'conflict' as const,
      conflict: { reason: 'edited' as const, canReplace: true },
    };
    const text = planDocument(aPlan({ files: [file!, conflict] }));
    expect(text).toMatch(/\.claude\/agents\/a\.md\s+creates · subagent a/);
    expect(text).toMatch(/\.claude\/agents\/b\.md\s+in conflict · subagent a · you changed it/);
    expect(text).toContain('@coditect/review-board@1.5.0');
  });
});
