import * as vscode from 'vscode';
import { t } from '../platform/text-core.ts';
import type { CommandContext } from './context.ts';

/** Signs out: the token is revoked and forgotten. Installed agents stay. */
export async function signOut({ account }: CommandContext): Promise<void> {
  await account.removeSession();
  vscode.window.setStatusBarMessage(t('Signed out'), 4_000);
}
