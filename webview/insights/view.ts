import { html, nothing, type TemplateResult } from 'lit';
import type { Statistics } from '../../contract/agents.ts';
import type { InsightsSnapshot } from '../../contract/webview/insights.ts';
import type { ViewContext } from '../lib/context.ts';
import { bigNumber } from '../lib/parts/big-number.ts';
import { button } from '../lib/parts/button.ts';
import { chartFigure } from '../lib/parts/chart-figure.ts';
import { skeletonBlock } from '../lib/parts/skeleton.ts';
import { emptyState, errorState, notice } from '../lib/parts/states.ts';
import { usageSeries } from '../lib/usage-series.ts';
import type { InsightsActions } from './actions.ts';
import { pickers } from './components/pickers.ts';
import type { InsightsState } from './state.ts';

/** The Insights view: which agent, how long, two numbers, one chart, how fresh. Made for 300 px. */
export function insightsView(state: InsightsState, context: ViewContext, actions: InsightsActions): TemplateResult {
  const { snapshot, isRefreshing, failure } = state;
  return html`<main class="insights">
    <h1 class="sr-only">Insights</h1>
    ${isRefreshing ? html`<vscode-progress-bar class="top-progress" indeterminate></vscode-progress-bar>` : nothing}
    ${failure === undefined ? nothing : notice({ tone: 'danger', text: failure })}
    ${snapshot === undefined ? skeletonBlock('Loading the insights') : body(snapshot, state, context, actions)}
  </main>`;
}

function body(snapshot: InsightsSnapshot, state: InsightsState, context: ViewContext, actions: InsightsActions): TemplateResult {
  if (snapshot.agents.length === 0) return nothingYet(snapshot, actions);
  return html`${pickers(snapshot, actions)} ${numbers(snapshot, state, context, actions)} ${hints(snapshot, actions)}`;
}

function nothingYet({ isSignedIn }: InsightsSnapshot, actions: InsightsActions): TemplateResult {
  return emptyState({
    icon: 'graph-line',
    title: 'Nothing to chart yet',
    text: isSignedIn
      ? 'Install an agent, or publish one, and its use shows here.'
      : 'Install an agent and its use shows here. Sign in to see the agents you publish.',
    actions: html`${button({ label: 'Browse agents', kind: 'primary', onClick: () => actions.runCommand('browse') })}${
      isSignedIn ? nothing : button({ label: 'Sign in', onClick: () => actions.runCommand('signIn') })
    }`,
  });
}

function numbers(
  snapshot: InsightsSnapshot,
  state: InsightsState,
  context: ViewContext,
  actions: InsightsActions,
): TemplateResult {
  const { statistics, serviceUrl } = snapshot;
  if (statistics.kind === 'loading') return skeletonBlock('Loading the numbers');
  if (statistics.kind === 'ready') return charts(statistics.value, state, context, actions);
  const isUnreachable = statistics.code === 'unreachable';
  return errorState({
    icon: isUnreachable ? 'circle-slash' : 'error',
    title: isUnreachable ? 'The service does not answer' : 'The numbers could not be loaded',
    text: isUnreachable ? html`Tried <code>${serviceUrl}</code>. Your own use is kept and sent later.` : statistics.message,
    actions: html`${button({ label: 'Try again', kind: 'primary', icon: 'refresh', onClick: () => actions.refresh() })}${
      isUnreachable ? button({ label: 'Settings', onClick: () => actions.runCommand('openSettings') }) : nothing
    }`,
  });
}

function charts(statistics: Statistics, state: InsightsState, context: ViewContext, actions: InsightsActions): TemplateResult {
  const { totals, previous, days, releases, freshAt, name } = statistics;
  const { format } = context;
  const length = format.count(days.length, 'day');
  const period = `the ${length} before`;
  return html`<div class="numbers">
      ${bigNumber({ label: 'installs', now: totals.installs, before: previous.installs, period }, context)}
      ${bigNumber({ label: 'active', now: totals.activeInstalls, before: previous.activeInstalls, period }, context)}
    </div>
    ${chartFigure(
      {
        title: `Each day, last ${length}`,
        days: days.map(({ day }) => day),
        series: usageSeries(days),
        releases,
        isTableShown: state.isTableShown,
        onToggle: actions.toggleTable,
      },
      context,
    )}
    <div class="insights-foot">
      <span class="muted" title="${format.exact(freshAt)}. Days in UTC.">Fresh as of ${format.clock(freshAt)}</span>
      <button type="button" class="text-button" @click=${() => actions.openAgent(name)}>Details</button>
      ${button({ label: 'Refresh', kind: 'quiet', icon: 'refresh', isIconOnly: true, onClick: () => actions.refresh() })}
    </div>`;
}

function hints({ isTelemetryOn, isSignedIn, agents }: InsightsSnapshot, actions: InsightsActions): TemplateResult {
  const publishes = agents.some(({ relation }) => relation === 'published');
  return html`${
    isTelemetryOn
      ? nothing
      : notice({
          tone: 'info',
          text: 'Telemetry is off in this editor: nothing you do here is counted.',
          action: button({ label: 'Settings', kind: 'quiet', onClick: () => actions.runCommand('openSettings') }),
        })
  }
  ${
    isSignedIn || publishes
      ? nothing
      : notice({
          tone: 'info',
          text: 'Sign in to see the agents you publish.',
          action: button({ label: 'Sign in', kind: 'quiet', onClick: () => actions.runCommand('signIn') }),
        })
  }`;
}
