import { color as withAlpha } from 'chart.js/helpers';

/** Colours that a canvas needs as values, because it cannot resolve CSS variables. Read anew after every theme change. */
export interface ChartColors {
  readonly series: readonly string[];
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly marker: string;
  readonly tooltipBackground: string;
  readonly tooltipBorder: string;
  readonly fontFamily: string;
}

export function readChartColors(): ChartColors {
  const style = getComputedStyle(document.body);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    series: [1, 2, 3, 4, 5].map((index) => read(`--c-chart-${index}`)),
    background: read('--c-bg'),
    text: read('--c-fg'),
    muted: read('--c-fg-muted'),
    grid: faded(read('--c-fg-muted'), 0.22),
    marker: faded(read('--c-fg-muted'), 0.7),
    tooltipBackground: read('--c-overlay-bg'),
    tooltipBorder: read('--c-overlay-border'),
    fontFamily: style.fontFamily,
  };
}

/** Lines that help reading must stay behind the data in every theme, high contrast included. */
function faded(color: string, alpha: number): string {
  return withAlpha(color).alpha(alpha).rgbString();
}

/**
 * Calls back after the theme changed: the editor rewrites the body's class and theme id, the web follows the system.
 * Returns the end of it.
 */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id', 'data-vscode-theme-kind'],
  });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    dark.removeEventListener('change', changed);
  };
}
