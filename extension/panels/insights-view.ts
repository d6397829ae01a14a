import * as vscode from 'vscode';
import { Disposable } from '../platform/dispose.ts';
import { VIEWS } from '../platform/ids.ts';
import type { InsightsPageOptions } from './insights-page.ts';
import { loadPanelsChunk } from './panels-chunk.ts';

/** The Insights view in the sidebar; its code is loaded when it is first shown. */
export class InsightsView extends Disposable implements vscode.WebviewViewProvider {
  constructor(private readonly options: InsightsPageOptions) {
    super();
    this.keep(vscode.window.registerWebviewViewProvider(VIEWS.insights, this));
  }

  async resolveWebviewView(view: vscode.WebviewView): Promise<void> {
    const { showInsights } = await loadPanelsChunk();
    showInsights(view, this.options);
  }
}
