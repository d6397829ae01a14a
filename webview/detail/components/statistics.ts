import { html, type TemplateResult } from 'lit';
import type { Statistics } from '../../../contract/agents.ts';
import type { Loadable } from '../../../contract/webview/detail.ts';
import type { ViewContext } from '../../lib/context.ts';
import { bigNumber } from '../../lib/parts/big-number.ts';
import { button } from '../../lib/parts/button.ts';
import { chartFigure } from '../../lib/parts/chart-figure.ts';
import { skeletonBlock } from '../../lib/parts/skeleton.ts';
import { errorState } from '../../lib/parts/states.ts';
import { usageSeries } from '../../lib/usage-series.ts';
import type { DetailActions } from '../actions.ts';

/** How it is used: three numbers against the period before, one chart, its table. */
export function statistics(
  loaded: Loadable<Statistics>,
  options: { isTableShown: boolean },
  context: ViewContext,
  actions?: DetailActions,
): TemplateResult {
  if (loaded.kind === 'loading') return skeletonBlock('Loading the statistics');
  if (loaded.kind === 'error') {
    return errorState({
      icon: 'error',
      title: 'The statistics could not be loaded',
      text: loaded.message,
      actions: button({ label: 'Try again', icon: 'refresh', onClick: () => actions?.retry() }),
    });
  }
  const { totals, previous, days, freshAt, releases } = loaded.value;
  const { format } = context;
  const period = `the ${format.count(days.length, 'day')} before`;
  return html`<div class="statistics">
    <div class="numbers">
      ${bigNumber({ label: 'installs', now: totals.installs, before: previous.installs, period }, context)}
      ${bigNumber({ label: 'active', now: totals.activeInstalls, before: previous.activeInstalls, period }, context)}
      ${bigNumber({ label: 'views', now: totals.views, before: previous.views, period }, context)}
    </div>
    ${chartFigure(
      {
        title: `Installs and active installs, last ${format.count(days.length, 'day')}`,
        days: days.map(({ day }) => day),
        series: usageSeries(days),
        releases,
        isTableShown: options.isTableShown,
        onToggle: () => actions?.toggleTable(),
      },
      context,
    )}
    <p class="fresh muted">
      Fresh as of <span title=${format.exact(freshAt)}>${format.clock(freshAt)}</span> · days in UTC · active counts installations that had or used it that day
    </p>
  </div>`;
}
