import * as vscode from 'vscode';
import { actionOf, runAction } from './actions.ts';
import { explainError } from './errors-core.ts';
import type { Log } from './log.ts';

/** Shows one short message with at most one action. Cancellation is silence. Never waits for the message to be read. */
export function showError(error: unknown, log: Log): void {
  const explanation = explainError(error);
  if (explanation === undefined) return;
  if (explanation.isUnexpected) log.error(error instanceof Error ? error : String(error));
  else log.info(`${explanation.code}: ${explanation.message}`);
  const { action } = explanation;
  const buttons = action === undefined ? [] : [actionOf(action).title];
  // What a person can simply put right is no error: no folder, nothing installed, not signed in.
  const isMild = error instanceof Error && error.name === 'UserError';
  const show = isMild ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
  void show(explanation.message, ...buttons).then((pressed) => {
    if (pressed !== undefined && action !== undefined) return runAction(action);
    return undefined;
  });
}
