import * as vscode from 'vscode';
import { requireWorkspace } from '../install/workspace-guard.ts';
import { VIEWS } from '../platform/ids.ts';
import { plural, t } from '../platform/text-core.ts';
import type { CommandContext } from './context.ts';

/** Asks the service for newer versions; the Installed view then offers them. */
export async function checkForUpdates(context: CommandContext): Promise<void> {
  requireWorkspace();
  const title = t('Checking for updates');
  const found = await vscode.window.withProgress({ location: { viewId: VIEWS.installed }, title }, () =>
    context.agents.checkForUpdates(),
  );
  const text =
    found.length === 0
      ? t('All installed agents are up to date.')
      : plural(found.length, '1 agent can be updated.', '{0} agents can be updated.');
  vscode.window.setStatusBarMessage(text, 5_000);
}
