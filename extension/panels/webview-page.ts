import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageHtml } from './html-core.ts';
import { webviewOptions } from './webview-options.ts';

/** Puts one of our screens under dist/webview into a webview. */
export function fillWebview(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  page: {
    readonly screen: 'detail' | 'insights';
    readonly title: string;
    readonly surface: 'editor' | 'sidebar';
    readonly state?: Record<string, string>;
  },
): void {
  const uri = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', file)).toString();
  webview.options = webviewOptions(extensionUri);
  webview.html = pageHtml({
    nonce: randomBytes(18).toString('base64'),
    cspSource: webview.cspSource,
    scriptUri: uri(`${page.screen}.js`),
    styleUri: uri('style.css'),
    language: vscode.env.language,
    title: page.title,
    surface: page.surface,
    ...(page.state === undefined ? {} : { state: page.state }),
  });
}
