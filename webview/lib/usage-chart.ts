import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { drawUsage, type UsageDrawing } from './chart.ts';
import type { ChartData } from './parts/chart-figure.ts';
import { onThemeChange } from './theme.ts';

/** `<usage-chart .data=…>`: a canvas that follows its data, its size and the theme. Its height comes from parts.css. */
class UsageChart extends LitElement {
  static override readonly properties = { data: { attribute: false } };
  declare data: ChartData | undefined;
  private drawing: UsageDrawing | undefined;
  private stopWatching: (() => void) | undefined;

  /** Light DOM: the page's style sheet applies. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopWatching = onThemeChange(() => this.drawing?.recolor());
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopWatching?.();
    this.drawing?.destroy();
    this.drawing = undefined;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.data === undefined) return nothing;
    return html`<div class="chart-box"><canvas role="img" aria-label=${this.data.label}></canvas></div>`;
  }

  protected override updated(): void {
    const canvas = this.querySelector('canvas');
    if (canvas === null || this.data === undefined) return;
    if (this.drawing === undefined) this.drawing = drawUsage(canvas, this.data);
    else this.drawing.update(this.data);
  }
}

if (customElements.get('usage-chart') === undefined) customElements.define('usage-chart', UsageChart);
