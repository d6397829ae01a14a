import * as vscode from 'vscode';
import { commandLink } from './commands.ts';
import type { ErrorAction } from './errors-core.ts';
import { t } from './text-core.ts';

interface ActionLook {
  readonly icon: string;
  readonly title: string;
  readonly command: vscode.Command;
}

/** The one thing to do about an error, as a button and as a row. */
export function actionOf(action: ErrorAction): ActionLook {
  switch (action) {
    case 'openSettings':
      return look('gear', t('Open settings'), commandLink('openSettings', t('Open settings')));
    case 'signIn':
      return look('account', t('Sign in'), commandLink('signIn', t('Sign in')));
    case 'openLog':
      return look('output', t('Show the log'), commandLink('openLog', t('Show the log')));
    case 'openFolder':
      return look('folder-opened', t('Open a folder'), { command: 'vscode.openFolder', title: t('Open a folder') });
    case 'manageTrust':
      return look('workspace-trusted', t('Manage trust'), { command: 'workbench.trust.manage', title: t('Manage trust') });
  }
}

export async function runAction(action: ErrorAction): Promise<void> {
  const { command } = actionOf(action);
  await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

function look(icon: string, title: string, command: vscode.Command): ActionLook {
  return { icon, title, command };
}
