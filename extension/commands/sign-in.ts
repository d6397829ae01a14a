import * as vscode from 'vscode';
import { t } from '../platform/text-core.ts';
import type { CommandContext } from './context.ts';

/** Signs in at the current service. Needed to publish and to see one's own numbers, never to browse or install free agents. */
export async function signIn({ account, publishing }: CommandContext): Promise<void> {
  const known = await account.current();
  if (known !== undefined) {
    vscode.window.setStatusBarMessage(t('Signed in as {0}', known.account.label), 4_000);
    return;
  }
  const session = await account.createSession();
  vscode.window.setStatusBarMessage(t('Signed in as {0}', session.account.label), 4_000);
  await publishing.probe();
}
