import { ROUTES } from '../../contract/routes.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext, Outcome } from '../command.ts';
import { EXIT } from '../exit-codes.ts';

export async function whoami(context: CommandContext): Promise<Outcome> {
  if ((await context.session.token(context.serviceUrl)) === undefined) {
    throw new CliError('unauthenticated', `You are not signed in to ${context.serviceUrl}.`, {
      exit: EXIT.signIn,
      next: 'Sign in with: coditect-agents login',
    });
  }
  const client = await context.client();
  const { user, token } = await client.call(ROUTES.getMe, { signal: context.io.signal });
  return {
    json: { service: context.serviceUrl, user, scopes: token.scopes },
    lines: [`${user.name} at ${context.serviceUrl}, allowed to ${token.scopes.join(' and ')}`],
  };
}
