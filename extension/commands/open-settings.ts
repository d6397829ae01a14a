import * as vscode from 'vscode';
import type { CommandContext } from './context.ts';

export async function openSettings({ extensionId }: CommandContext): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extensionId}`);
}
