import * as vscode from 'vscode';
import { DevSignInSchema, type SignInResult } from '../../contract/accounts.ts';
import type { Client } from '../../contract/client.ts';
import { ROUTES } from '../../contract/routes.ts';
import { Cancelled } from '../platform/errors-core.ts';
import { t } from '../platform/text-core.ts';

/** Development sign-in: the service on this machine believes any name. Throws Cancelled when none is given. */
export async function signInForDevelopment(client: Client): Promise<SignInResult> {
  const name = await vscode.window.showInputBox({
    title: t('Sign in to {0}', new URL(client.baseUrl).host),
    prompt: t('Development sign-in. The name is also your publisher scope: ada owns @ada.'),
    placeHolder: t('Your name, such as ada'),
    ignoreFocusOut: true,
    validateInput: (value) => {
      if (value === '') return undefined;
      const parsed = DevSignInSchema.safeParse({ name: value.trim() });
      return parsed.success ? undefined : t('Use 2 to 39 lowercase letters, digits and single hyphens.');
    },
  });
  if (name === undefined || name.trim() === '') throw new Cancelled();
  return client.call(ROUTES.signInForDevelopment, { body: { name: name.trim() } });
}
