import * as vscode from 'vscode';
import { Cancelled, UserError } from '../platform/errors-core.ts';
import { t } from '../platform/text-core.ts';

/** Folders an agent can be installed into: on this machine's disk. */
export function localFolders(): vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
}

/** What stands in the way of installing here, or undefined. */
export function workspaceObstacle(): 'no_folder' | 'untrusted' | undefined {
  if (localFolders().length === 0) return 'no_folder';
  return vscode.workspace.isTrusted ? undefined : 'untrusted';
}

/** Throws when the workspace cannot take agents: an agent's files can run code, so trust comes first. */
export function requireWorkspace(): void {
  const obstacle = workspaceObstacle();
  if (obstacle === 'no_folder') {
    throw new UserError(t('Agents are installed into a folder. Open one first.'), { code: obstacle, action: 'openFolder' });
  }
  if (obstacle === 'untrusted') {
    throw new UserError(t('This workspace is in restricted mode: agents can be browsed, not installed.'), {
      code: obstacle,
      action: 'manageTrust',
    });
  }
}

/** The folder to work in: the given one, the only one, or the one the user picks. Throws Cancelled or UserError. */
export async function chooseFolder(wanted?: string): Promise<vscode.WorkspaceFolder> {
  requireWorkspace();
  const folders = localFolders();
  const known = folders.find((folder) => folder.uri.toString() === wanted);
  const only = folders.length === 1 ? folders[0] : undefined;
  const folder = known ?? only ?? (await vscode.window.showWorkspaceFolderPick({ placeHolder: t('Which folder?') }));
  if (folder === undefined) throw new Cancelled();
  return folder;
}
