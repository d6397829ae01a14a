import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from '../context.ts';
import { button } from './button.ts';

export interface Series {
  readonly id: string;
  readonly label: string;
  /** Place in the palette of tokens.css: `--c-chart-1` to `--c-chart-5`. */
  readonly color: 1 | 2 | 3 | 4 | 5;
  readonly values: readonly number[];
}

export interface ChartFigure {
  /** The measure with its unit and period; also the table's caption and the chart's accessible name. */
  readonly title: string;
  /** UTC days, oldest first, one for each value. */
  readonly days: readonly string[];
  readonly series: readonly Series[];
  readonly releases: readonly { readonly day: string; readonly version: string }[];
  readonly isTableShown: boolean;
  readonly onToggle: () => void;
}

/** What `<usage-chart>` draws; a new object means a new drawing. */
export interface ChartData {
  readonly label: string;
  readonly days: readonly string[];
  readonly dayLabels: readonly string[];
  readonly series: readonly Series[];
  readonly releases: readonly { readonly day: string; readonly version: string }[];
}

/** A chart and its table, one at a time. Before any script runs it is the table, which everybody can read. */
export function chartFigure(figure: ChartFigure, context: ViewContext): TemplateResult {
  const { title, isTableShown, onToggle } = figure;
  const showsTable = isTableShown || context.isStatic;
  return html`<figure class="chart-figure">
    <div class="figure-head">
      <figcaption>${title}</figcaption>
      ${
        context.isStatic
          ? nothing
          : button({
              label: isTableShown ? 'Show the chart' : 'Show the table',
              kind: 'quiet',
              isIconOnly: true,
              icon: isTableShown ? 'graph-line' : 'table',
              onClick: onToggle,
            })
      }
    </div>
    ${showsTable ? table(figure, context) : html`<usage-chart .data=${chartData(figure, context)}></usage-chart>`}
  </figure>`;
}

function chartData({ title, days, series, releases }: ChartFigure, { format }: ViewContext): ChartData {
  const sums = series.map(
    ({ label, values }) =>
      `${label} ${format.number(values.at(-1) ?? 0)} on the last day, at most ${format.number(Math.max(0, ...values))}`,
  );
  return { label: `${title}. ${sums.join('; ')}.`, days, dayLabels: days.map(format.day), series, releases };
}

/** Newest day first: the row people look for stands on top. */
function table({ title, days, series, releases }: ChartFigure, { format }: ViewContext): TemplateResult {
  const rows = days.map((day, index) => ({ day, index })).reverse();
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${title}>
    <table class="data-table">
      <caption class="sr-only">${title}</caption>
      <thead>
        <tr><th scope="col">Day</th>${series.map(({ label }) => html`<th scope="col" class="num">${label}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map(({ day, index }) => {
          const released = releases.filter((release) => release.day === day).map(({ version }) => version);
          return html`<tr>
            <th scope="row">${format.day(day)}${released.length === 0 ? nothing : html`<span class="muted num"> ${released.join(', ')} released</span>`}</th>
            ${series.map(({ values }) => html`<td class="num">${format.number(values[index] ?? 0)}</td>`)}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}
