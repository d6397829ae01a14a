import * as vscode from 'vscode';
import { findInterrupted } from './background/interrupted.ts';
import { commandHandlers } from './commands/handlers.ts';
import { compose } from './compose.ts';
import { registerLinks } from './links/uri-handler.ts';
import { registerCommand } from './platform/commands.ts';
import type { CommandKey } from './platform/ids.ts';
import { showError } from './platform/show-error.ts';
import { useTranslator } from './platform/text-core.ts';

/** Builds, registers, returns: no network, no engine, nothing awaited. */
export function activate(context: vscode.ExtensionContext): void {
  useTranslator((message, ...values) => vscode.l10n.t(message, ...values));
  const log = vscode.window.createOutputChannel('CODITECT Agents', { log: true });
  context.subscriptions.push(log);
  const onError = (error: unknown) => showError(error, log);

  const { commands, statusBar } = compose(context, log);
  for (const [key, run] of Object.entries(commandHandlers(commands))) {
    context.subscriptions.push(registerCommand(key as CommandKey, run as (...args: unknown[]) => Promise<void>, onError));
  }
  context.subscriptions.push(registerLinks(onError));
  void findInterrupted().then((isInterrupted) => isInterrupted && statusBar.setInterrupted(true));
}
