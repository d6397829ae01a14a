import {
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import { color as withAlpha } from 'chart.js/helpers';
import { type MarkedRelease, paneLabels, releaseMarks } from './chart-marks.ts';
import type { ChartData } from './parts/chart-figure.ts';
import { type ChartColors, readChartColors } from './theme.ts';

Chart.register(LineController, LineElement, PointElement, CategoryScale, LinearScale, Tooltip, Filler);

/** One drawing on one canvas. Update it, recolour it, and destroy it before the canvas goes. */
export interface UsageDrawing {
  update(data: ChartData): void;
  recolor(): void;
  destroy(): void;
}

/**
 * Draws each series in a pane of its own over one shared time axis: measures of different size stay readable without a second
 * scale on one pane. Zero-based, a point for each day, releases marked through all panes.
 */
export function drawUsage(canvas: HTMLCanvasElement, initial: ChartData): UsageDrawing {
  const state: { colors: ChartColors; releases: readonly MarkedRelease[]; data: ChartData } = {
    colors: readChartColors(),
    releases: [],
    data: initial,
  };
  const chart = new Chart<'line'>(canvas, {
    type: 'line',
    data: { labels: [], datasets: [] },
    plugins: [releaseMarks(state), paneLabels(state)],
  });
  const apply = () => {
    const { data, colors } = state;
    state.releases = data.releases
      .map(({ day, version }) => ({ index: data.days.indexOf(day), version }))
      .filter(({ index }) => index >= 0);
    chart.data = { labels: [...data.dayLabels], datasets: datasetsOf(data, colors) };
    chart.options = optionsOf(data, colors);
    chart.update('none');
  };
  apply();
  return {
    update(data) {
      state.data = data;
      apply();
    },
    recolor() {
      state.colors = readChartColors();
      apply();
    },
    destroy: () => chart.destroy(),
  };
}

function datasetsOf({ series }: ChartData, colors: ChartColors): ChartDataset<'line'>[] {
  return series.map(({ id, label, values, color }) => {
    const stroke = colors.series[color - 1] ?? colors.text;
    return {
      label,
      data: [...values],
      yAxisID: id,
      borderColor: stroke,
      borderWidth: 1.5,
      backgroundColor: withAlpha(stroke).alpha(0.12).rgbString(),
      fill: 'origin',
      pointRadius: values.length === 1 ? 3 : 0,
      pointHoverRadius: 3,
      pointBackgroundColor: stroke,
    };
  });
}

function optionsOf(data: ChartData, colors: ChartColors): NonNullable<ChartConfiguration<'line'>['options']> {
  const font = { family: colors.fontFamily, size: 11 };
  // stacked scales grow from the bottom up: the last one stands on top
  const panes = [...data.series].reverse().map(({ id, values }) => [
    id,
    {
      type: 'linear' as const,
      stack: 'usage',
      stackWeight: 1,
      beginAtZero: true,
      // an empty day after the other is a flat line at zero, not a line in the middle of nowhere
      suggestedMax: Math.max(4, Math.max(0, ...values) * 1.25),
      border: { display: false },
      grid: { color: colors.grid, drawTicks: false },
      ticks: { color: colors.muted, font, precision: 0, maxTicksLimit: 3, padding: 6, includeBounds: false },
    },
  ]);
  return {
    animation: false,
    maintainAspectRatio: false,
    layout: { padding: { top: 16, right: 2 } },
    interaction: { mode: 'index', intersect: false },
    scales: {
      ...Object.fromEntries(panes),
      x: {
        border: { color: colors.grid },
        grid: { display: false },
        ticks: { color: colors.muted, font, maxRotation: 0, autoSkipPadding: 16, maxTicksLimit: 6 },
      },
    },
    plugins: {
      tooltip: {
        backgroundColor: colors.tooltipBackground,
        borderColor: colors.tooltipBorder,
        borderWidth: 1,
        titleColor: colors.text,
        bodyColor: colors.text,
        footerColor: colors.muted,
        titleFont: { family: colors.fontFamily, size: 11 },
        bodyFont: font,
        footerFont: { family: colors.fontFamily, size: 11, weight: 'normal' },
        cornerRadius: 4,
        padding: 8,
        boxWidth: 8,
        boxHeight: 8,
        callbacks: {
          footer: (items) =>
            data.releases
              .filter(({ day }) => day === data.days[items[0]?.dataIndex ?? -1])
              .map(({ version }) => `${version} released`)
              .join(', '),
        },
      },
    },
  };
}
