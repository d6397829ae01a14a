import { ApiError } from '../../contract/client.ts';
import { ROUTES } from '../../contract/routes.ts';
import type { CommandContext, Outcome } from '../command.ts';

/** Forgets the token here in any case; revoking it there needs the service. */
export async function logout(context: CommandContext): Promise<Outcome> {
  const isRevoked = (await context.session.token(context.serviceUrl)) !== undefined && (await revoke(context));
  const wasSignedIn = await context.session.signOut(context.serviceUrl);
  const line = wasSignedIn ? `Signed out of ${context.serviceUrl}.` : `You were not signed in to ${context.serviceUrl}.`;
  const hint = wasSignedIn && !isRevoked ? ['The token could not be revoked there; it still works for whoever has it.'] : [];
  return { json: { service: context.serviceUrl, wasSignedIn, isRevoked }, lines: [line, ...hint] };
}

async function revoke(context: CommandContext): Promise<boolean> {
  const client = await context.client();
  try {
    const { token } = await client.call(ROUTES.getMe, { signal: context.io.signal });
    await client.call(ROUTES.revokeToken, { params: { id: token.id }, signal: context.io.signal });
    return true;
  } catch (error) {
    if (error instanceof ApiError) return error.code === 'unauthenticated';
    throw error;
  }
}
