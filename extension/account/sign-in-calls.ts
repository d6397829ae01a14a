import type { SignInResult } from '../../contract/accounts.ts';
import { createClient } from '../../contract/client.ts';
import { ROUTES } from '../../contract/routes.ts';
import { UserError } from '../platform/errors-core.ts';
import { t } from '../platform/text-core.ts';
import { signInForDevelopment } from './dev-sign-in.ts';

/** Asks how one can sign in at this service and does it. Throws Cancelled when the user steps back, UserError when there is no way. */
export async function askToSignIn(serviceUrl: string): Promise<SignInResult> {
  const client = createClient({ baseUrl: serviceUrl });
  const { methods } = await client.call(ROUTES.listSignInMethods);
  if (methods.includes('dev')) return signInForDevelopment(client);
  throw new UserError(t('{0} offers no way to sign in from here.', serviceUrl), { action: 'openSettings' });
}

/** Makes the service forget a token. */
export async function revokeToken(serviceUrl: string, token: string): Promise<void> {
  const client = createClient({ baseUrl: serviceUrl, token: () => token });
  const me = await client.call(ROUTES.getMe);
  await client.call(ROUTES.revokeToken, { params: { id: me.token.id } });
}
