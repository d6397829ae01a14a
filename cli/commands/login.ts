import { DevSignInSchema } from '../../contract/accounts.ts';
import { ROUTES } from '../../contract/routes.ts';
import { CliError, usageError } from '../cli-error.ts';
import type { CommandContext, Outcome } from '../command.ts';
import { EXIT } from '../exit-codes.ts';

export async function login(context: CommandContext): Promise<Outcome> {
  const client = await context.client();
  const { methods } = await client.call(ROUTES.listSignInMethods, { signal: context.io.signal });
  if (!methods.includes('dev')) {
    throw new CliError('no_sign_in_method', `${context.serviceUrl} offers no way to sign in from here.`, {
      exit: EXIT.signIn,
      next: 'Make a token on its pages and set CODITECT_TOKEN.',
    });
  }
  const name = await askName(context);
  const { token, user } = await client.call(ROUTES.signInForDevelopment, { body: { name }, signal: context.io.signal });
  await context.session.signIn(context.serviceUrl, { token, name: user.name });
  return {
    json: { service: context.serviceUrl, user },
    lines: [`Signed in to ${context.serviceUrl} as ${user.name}. Your scope is @${user.name}.`],
  };
}

async function askName(context: CommandContext): Promise<string> {
  const given = context.options.name;
  const { ask } = context.io;
  if (given === undefined && (ask === undefined || context.isJson))
    throw usageError('login needs --name here, since nobody can be asked.');
  const name = (typeof given === 'string' ? given : ((await ask?.('Your name: ')) ?? '')).trim().toLowerCase();
  const parsed = DevSignInSchema.safeParse({ name });
  if (!parsed.success) throw usageError(`"${name}" cannot be a name: use 2 to 39 lowercase letters, digits and single hyphens.`);
  return name;
}
