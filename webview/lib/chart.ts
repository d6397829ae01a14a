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
  // stacked scales grow from the bottom up: the last one stands on top; an empty one between holds the lower pane's name
  const panes = [...data.series]
    .reverse()
    .flatMap(({ id, values }, index) => [...(index === 0 ? [] : [[`gap-${index}`, GAP] as const]), paneOf(id, values, colors)]);
  return {
    animation: false,
    maintainAspectRatio: false,
    layout: { padding: { top: LABELS_PX, right: 2 } },
    interaction: { mode: 'index', intersect: false },
    scales: {
      ...Object.fromEntries(panes),
      x: {
        border: { color: colors.grid },
        grid: { display: false },
        ticks: { color: colors.muted, font, maxRotation: 0, autoSkipPadding: 16, maxTicksLimit: 6 },
      },
    },
    plugins: { tooltip: tooltipOf(data, colors) },
  };
}

/** Room above the panes for the release numbers and the name of the first series. */
const LABELS_PX = 32;
const GAP = {
  type: 'linear' as const,
  position: 'left' as const,
  stack: 'usage',
  stackWeight: 0.3,
  grid: { display: false },
  border: { display: false },
  ticks: { display: false },
};

function paneOf(id: string, values: readonly number[], colors: ChartColors) {
  const scale = {
    type: 'linear' as const,
    stack: 'usage',
    stackWeight: 1,
    beginAtZero: true,
    // days without anything are a line at zero, not a line in the middle of nowhere
    suggestedMax: Math.max(4, ...values),
    border: { display: false },
    grid: { color: colors.grid, drawTicks: false },
    ticks: { color: colors.muted, font: { family: colors.fontFamily, size: 11 }, precision: 0, maxTicksLimit: 3, padding: 6 },
  };
  return [id, scale] as const;
}

function tooltipOf(data: ChartData, colors: ChartColors) {
  const font = { family: colors.fontFamily, size: 11 };
  return {
    backgroundColor: colors.tooltipBackground,
    borderColor: colors.tooltipBorder,
    borderWidth: 1,
    titleColor: colors.text,
    bodyColor: colors.text,
    footerColor: colors.muted,
    titleFont: font,
    bodyFont: font,
    footerFont: { ...font, weight: 'normal' as const },
    cornerRadius: 4,
    padding: 8,
    boxWidth: 8,
    boxHeight: 8,
    callbacks: {
      footer: (items: readonly { dataIndex: number }[]) =>
        data.releases
          .filter(({ day }) => day === data.days[items[0]?.dataIndex ?? -1])
          .map(({ version }) => `${version} released`)
          .join(', '),
    },
  };
}
