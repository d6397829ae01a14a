import { describe, expect, it } from 'vitest';
import type { InsightsSnapshot } from '../../contract/webview/insights.ts';
import { INSIGHTS } from '../gallery/fixtures.ts';
import { statisticsOf } from '../gallery/statistics.ts';
import { buttonOf, show, testContext, words } from '../lib/test-support.ts';
import type { InsightsActions } from './actions.ts';
import { FIRST_STATE } from './state.ts';
import { insightsView } from './view.ts';

function draw(change: Partial<InsightsSnapshot>, isTableShown = false) {
  const calls: unknown[][] = [];
  const actions = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...args: unknown[]) =>
          calls.push([name, ...args]),
    },
  ) as unknown as InsightsActions;
  const state = { ...FIRST_STATE, isTableShown, snapshot: { ...INSIGHTS, ...change } };
  return { root: show(insightsView(state, testContext(), actions)), calls };
}

describe('insights', () => {
  it('shows two numbers with their change, the chart and how fresh it is', () => {
    const { root } = draw({});
    expect([...root.querySelectorAll('.big-number')].map(words)).toEqual(['874 installs +12 %', '388 active −3 %']);
    expect(root.querySelector('usage-chart')).not.toBeNull();
    expect(words(root)).toMatch(/Fresh as of 12:03/);
  });
  it('has the same numbers in a table, newest first, with the releases', () => {
    const { root } = draw({}, true);
    const rows = [...root.querySelectorAll('tbody tr')].map(words);
    expect(rows).toHaveLength(30);
    expect(rows[0]).toMatch(/^Nov 23 /);
    expect(rows[3]).toContain('1.5.0 released');
    expect(root.querySelector('caption')).not.toBeNull();
  });
  it('asks for the agent and the period that were picked', () => {
    const { root, calls } = draw({});
    const [agent, period] = [...root.querySelectorAll('select')];
    agent!.value = '@coditect/test-author';
    agent!.dispatchEvent(new Event('change'));
    period!.value = '7';
    period!.dispatchEvent(new Event('change'));
    expect(calls).toEqual([
      ['selectAgent', '@coditect/test-author'],
      ['selectRange', 7],
    ]);
    expect([...root.querySelectorAll('optgroup')].map((group) => group.label)).toEqual(['Published by you', 'Installed here']);
  });
  it('offers to browse and to sign in while there is nothing', () => {
    const { root, calls } = draw({ agents: [], isSignedIn: false });
    buttonOf(root, 'Browse agents').click();
    buttonOf(root, 'Sign in').click();
    expect(calls).toEqual([
      ['runCommand', 'browse'],
      ['runCommand', 'signIn'],
    ]);
    expect(root.querySelector('select')).toBeNull();
  });
  it('names the address that does not answer, with retry and settings', () => {
    const { root, calls } = draw({ statistics: { kind: 'error', code: 'unreachable', message: 'x' } });
    expect(words(root.querySelector('[role=alert]'))).toContain('http://127.0.0.1:3900');
    buttonOf(root, 'Try again').click();
    buttonOf(root, 'Settings').click();
    expect(calls).toEqual([['refresh'], ['runCommand', 'openSettings']]);
  });
  it('says that telemetry is off, beside numbers that still show', () => {
    const { root } = draw({ isTelemetryOn: false });
    expect(words(root.querySelector('.notice'))).toContain('nothing you do here is counted');
    expect(root.querySelector('usage-chart')).not.toBeNull();
  });
  it('shortens numbers that would not fit 300 px and keeps the exact one in the tooltip', () => {
    const statistics = statisticsOf(30);
    const { root } = draw({
      statistics: { kind: 'ready', value: { ...statistics, totals: { ...statistics.totals, installs: 1_234_567 } } },
    });
    expect(words(root.querySelector('.big'))).toBe('1.2M');
    expect(root.querySelector('.big')!.getAttribute('title')).toBe('1,234,567');
  });
});
