import { describe, expect, it } from 'vitest';
import { aHostPlan, aPlan } from '../testing/a-plan.ts';
import { hostChoices, hostOfEditor } from './host-choice-core.ts';

const lossy = aHostPlan({
  host: 'vscode',
  isFaithful: false,
  losses: [{ component: 'hook', what: 'matchers are ignored', isRestriction: true }],
});
const nothingKnown = { installed: [], remembered: [], preferred: [], found: [], editor: 'vscode' } as const;
const picked = (choices: readonly { host: string; isPicked: boolean }[]) =>
  choices.filter((each) => each.isPicked).map((each) => each.host);

describe('hostChoices', () => {
  it('ticks what was found and the editor itself', () => {
    const plan = aPlan({ otherHosts: [aHostPlan({ host: 'vscode' }), aHostPlan({ host: 'codex' })] });
    const found = [{ host: 'claude-code' as const, evidence: '.claude' }];
    expect(picked(hostChoices(plan, { ...nothingKnown, found }))).toEqual(['claude-code', 'vscode']);
  });

  it('prefers what was chosen last in this workspace', () => {
    const plan = aPlan({ otherHosts: [aHostPlan({ host: 'vscode' }), aHostPlan({ host: 'codex' })] });
    expect(picked(hostChoices(plan, { ...nothingKnown, remembered: ['codex'], preferred: ['vscode'] }))).toEqual(['codex']);
  });

  it('never ticks a host that drops a restriction, and says what it drops', () => {
    const choices = hostChoices(aPlan({ otherHosts: [lossy] }), { ...nothingKnown, remembered: ['vscode', 'claude-code'] });
    expect(picked(choices)).toEqual(['claude-code']);
    expect(choices.find((each) => each.host === 'vscode')?.detail).toContain('matchers are ignored');
  });

  it('keeps a host ticked that it is installed for', () => {
    expect(picked(hostChoices(aPlan({ otherHosts: [lossy] }), { ...nothingKnown, installed: ['vscode'] }))).toEqual(['vscode']);
  });

  it('offers no host that has nothing to read', () => {
    const plan = aPlan({ otherHosts: [aHostPlan({ host: 'gemini', fileCount: 0 })] });
    expect(hostChoices(plan, nothingKnown).map((each) => each.host)).toEqual(['claude-code']);
  });
});

describe('hostOfEditor', () => {
  it('tells forks by their name', () => {
    expect(hostOfEditor('Cursor')).toBe('cursor');
    expect(hostOfEditor('Windsurf - Next')).toBe('windsurf');
    expect(hostOfEditor('VSCodium')).toBe('vscode');
  });
});
