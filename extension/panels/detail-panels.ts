import * as vscode from 'vscode';
import { isAgentName } from '../../contract/names.ts';
import type { Service } from '../api/service.ts';
import type { DisplayNames } from '../install/display-names.ts';
import type { InstallActivity } from '../install/install-activity.ts';
import type { WorkspaceAgents } from '../install/workspace-agents.ts';
import { Disposable } from '../platform/dispose.ts';
import { PANEL_TYPES } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { RecordUsage } from '../platform/telemetry.ts';
import type { DetailPanel } from './detail-panel.ts';
import { loadPanelsChunk } from './panels-chunk.ts';
import type { TextDocuments } from './text-documents.ts';
import { webviewOptions } from './webview-options.ts';

export interface DetailPanelsOptions {
  readonly extensionUri: vscode.Uri;
  readonly service: Service;
  readonly agents: WorkspaceAgents;
  readonly activity: InstallActivity;
  readonly documents: TextDocuments;
  readonly names: DisplayNames;
  readonly token: (serviceUrl: string) => Promise<string | undefined>;
  readonly usage: RecordUsage;
  readonly log: Log;
}

/** The open detail panels: one for each agent, found again instead of opened twice, and brought back after a reload of the window. */
export class DetailPanels extends Disposable implements vscode.WebviewPanelSerializer {
  private readonly open = new Map<
    string,
    { readonly panel: vscode.WebviewPanel; readonly detail: Promise<DetailPanel | undefined> }
  >();

  constructor(private readonly options: DetailPanelsOptions) {
    super();
    this.keep(vscode.window.registerWebviewPanelSerializer(PANEL_TYPES.detail, this));
  }

  show(agent: string, displayName?: string): void {
    const known = this.open.get(agent);
    if (known !== undefined) {
      known.panel.reveal();
      return;
    }
    const title = displayName ?? this.options.names.of(agent);
    const column = vscode.window.activeTextEditor?.viewColumn ?? vscode.ViewColumn.Active;
    const panel = vscode.window.createWebviewPanel(PANEL_TYPES.detail, title, column, webviewOptions(this.options.extensionUri));
    this.fill(panel, agent);
    this.options.usage({ name: 'Agent Viewed', properties: { agent, surface: 'panel' } });
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const agent = typeof state === 'object' && state !== null && 'agent' in state ? state.agent : undefined;
    if (typeof agent === 'string' && isAgentName(agent) && !this.open.has(agent)) this.fill(panel, agent);
    else panel.dispose();
  }

  /** Numbers changed: something was installed or removed. */
  refreshStatistics(agent: string): void {
    void this.open.get(agent)?.detail.then((detail) => detail?.session.refreshStatistics());
  }

  private fill(panel: vscode.WebviewPanel, agent: string): void {
    let isClosed = false;
    const detail = loadPanelsChunk().then((chunk) => (isClosed ? undefined : new chunk.DetailPanel(agent, panel, this.options)));
    detail.catch((error: unknown) => this.options.log.error(error instanceof Error ? error : String(error)));
    this.open.set(agent, { panel, detail });
    panel.onDidDispose(() => {
      isClosed = true;
      this.open.delete(agent);
      void detail.then((each) => each?.dispose());
    });
  }
}
