import * as vscode from 'vscode';
import type { InsightsProtocol } from '../../contract/webview/insights.ts';
import { createHostMessenger } from '../../contract/webview/messenger.ts';
import { runCommand } from '../platform/commands.ts';
import { Disposable } from '../platform/dispose.ts';
import { codeOfError } from '../platform/errors-core.ts';
import { VIEWS } from '../platform/ids.ts';
import { t } from '../platform/text-core.ts';
import { insightsHandlers } from './insights-handlers-core.ts';
import { InsightsSession, type InsightsSessionOptions } from './insights-session.ts';
import { fillWebview } from './webview-page.ts';

/** The Insights view in the sidebar. The editor destroys its page when it is hidden and asks for it again. */
export class InsightsView extends Disposable implements vscode.WebviewViewProvider {
  constructor(private readonly options: Omit<InsightsSessionOptions, 'onSnapshot'> & { readonly extensionUri: vscode.Uri }) {
    super();
    this.keep(vscode.window.registerWebviewViewProvider(VIEWS.insights, this));
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { extensionUri, service } = this.options;
    const session = new InsightsSession({ ...this.options, onSnapshot: (snapshot) => messenger.send('snapshot', snapshot) });
    const messenger = createHostMessenger<InsightsProtocol>({
      post: (message) => void view.webview.postMessage(message),
      handlers: insightsHandlers({
        snapshot: () => session.snapshot(),
        select: (choice) => session.select(choice),
        refresh: () => session.load(),
        openAgent: (name) => runCommand('openAgent', { agent: name }),
        run: (command) => runCommand(command === 'browse' ? 'searchAgents' : command),
      }),
      codeOf: codeOfError,
    });
    const received = view.webview.onDidReceiveMessage((message) => messenger.receive(message));
    const followVisibility = () => {
      session.setVisible(view.visible);
      service.connection.setVisible(VIEWS.insights, view.visible);
    };
    const shown = view.onDidChangeVisibility(followVisibility);
    view.onDidDispose(() => {
      service.connection.setVisible(VIEWS.insights, false);
      for (const each of [received, shown, messenger, session]) each.dispose();
    });
    fillWebview(view.webview, extensionUri, { screen: 'insights', title: t('Insights'), surface: 'sidebar' });
    followVisibility();
  }
}
