import type * as vscode from 'vscode';
import type { InsightsProtocol } from '../../contract/webview/insights.ts';
import { createHostMessenger } from '../../contract/webview/messenger.ts';
import { runCommand } from '../platform/commands.ts';
import { codeOfError } from '../platform/errors-core.ts';
import { VIEWS } from '../platform/ids.ts';
import { t } from '../platform/text-core.ts';
import { insightsHandlers } from './insights-handlers-core.ts';
import { InsightsSession, type InsightsSessionOptions } from './insights-session.ts';
import { fillWebview } from './webview-page.ts';

export interface InsightsPageOptions extends Omit<InsightsSessionOptions, 'onSnapshot'> {
  readonly extensionUri: vscode.Uri;
}

/** Fills the Insights view and answers it until the editor destroys it, which it does whenever the view is hidden. */
export function showInsights(view: vscode.WebviewView, options: InsightsPageOptions): void {
  const { extensionUri, service } = options;
  const session = new InsightsSession({ ...options, onSnapshot: (snapshot) => messenger.send('snapshot', snapshot) });
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
