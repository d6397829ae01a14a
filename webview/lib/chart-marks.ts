import type { Chart, Plugin } from 'chart.js';
import type { ChartColors } from './theme.ts';

export interface MarkedRelease {
  /** Place on the x axis. */
  readonly index: number;
  readonly version: string;
}

const LABEL_GAP_PX = 6;
/** Height of the line above each pane that holds its name. */
const LABEL_ROW_PX = 18;

/** Thin dashed lines where a version came out, with its number on top where there is room for it. */
export function releaseMarks(state: { releases: readonly MarkedRelease[]; colors: ChartColors }): Plugin<'line'> {
  return {
    id: 'release-marks',
    beforeDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const { releases, colors } = state;
      ctx.save();
      ctx.font = `10px ${colors.fontFamily}`;
      ctx.textBaseline = 'bottom';
      let freeFrom = chartArea.left;
      for (const { index, version } of releases) {
        const x = Math.round(scales.x?.getPixelForValue(index) ?? 0) + 0.5;
        line(ctx, { x, top: chartArea.top - LABEL_ROW_PX, bottom: chartArea.bottom, color: colors.marker });
        const width = ctx.measureText(version).width;
        const left = Math.min(Math.max(x - width / 2, chartArea.left), chartArea.right - width);
        if (left < freeFrom) continue;
        ctx.fillStyle = colors.muted;
        ctx.fillText(version, left, chartArea.top - LABEL_ROW_PX);
        freeFrom = left + width + LABEL_GAP_PX;
      }
      ctx.restore();
    },
  };
}

function line(ctx: CanvasRenderingContext2D, at: { x: number; top: number; bottom: number; color: string }): void {
  ctx.strokeStyle = at.color;
  ctx.lineWidth = 1;
  ctx.setLineDash([3, 3]);
  ctx.beginPath();
  ctx.moveTo(at.x, at.top);
  ctx.lineTo(at.x, at.bottom);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** The name of each series at the top of its own pane, after a stroke in its colour: no legend to look up. */
export function paneLabels(state: { colors: ChartColors }): Plugin<'line'> {
  return {
    id: 'pane-labels',
    afterDatasetsDraw(chart: Chart<'line'>) {
      const { ctx, chartArea } = chart;
      const { colors } = state;
      ctx.save();
      ctx.font = `600 11px ${colors.fontFamily}`;
      ctx.textBaseline = 'middle';
      for (const dataset of chart.data.datasets) {
        const scale = dataset.yAxisID === undefined ? undefined : chart.scales[dataset.yAxisID];
        if (scale === undefined) continue;
        const label = dataset.label ?? '';
        const y = scale.top - LABEL_ROW_PX / 2;
        // release lines run behind the names, not through them
        ctx.fillStyle = colors.background;
        ctx.fillRect(chartArea.left, y - 7, ctx.measureText(label).width + 20, 14);
        ctx.fillStyle = String(dataset.borderColor);
        ctx.fillRect(chartArea.left, y - 1, 12, 2);
        ctx.fillStyle = colors.text;
        ctx.fillText(label, chartArea.left + 16, y);
      }
      ctx.restore();
    },
  };
}
