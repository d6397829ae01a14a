import type { IncomingHttpHeaders } from 'node:http';
import type { TokenScope } from '../../contract/accounts.ts';
import type { Actor } from '../domain/actor.ts';
import { DomainError } from '../domain/errors.ts';

/** Finds the owner of a token; undefined for unknown, revoked and expired ones. */
export type Authenticate = (token: string) => Promise<Actor | undefined>;

/** The token of a request: Bearer (npm's `_authToken` too), or Basic with the token as password (npm's legacy `_auth`). */
export function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  const [scheme, value] = (headers.authorization ?? '').split(' ', 2);
  if (scheme === undefined || value === undefined || value === '') return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const plain = Buffer.from(value, 'base64').toString('utf8');
  return plain.slice(plain.indexOf(':') + 1);
}

/** A wider scope holds the narrower ones. */
const HELD_BY: Record<TokenScope, readonly TokenScope[]> = {
  read: ['read', 'publish', 'admin'],
  publish: ['publish', 'admin'],
  admin: ['admin'],
};

/** Throws unauthenticated without a valid token and forbidden when the token's scopes do not reach. */
export function authorise(actor: Actor | undefined, needed: 'public' | TokenScope, wasTokenSent: boolean): void {
  if (needed === 'public') return;
  if (actor === undefined) {
    throw new DomainError('unauthenticated', {
      detail: wasTokenSent ? 'The token is unknown, revoked or expired.' : 'Send a token as "Authorization: Bearer <token>".',
      headers: { 'www-authenticate': 'Bearer realm="coditect-agents"' },
    });
  }
  if (HELD_BY[needed].some((scope) => actor.tokenScopes.includes(scope))) return;
  throw new DomainError('forbidden', { detail: `This needs a token with the scope ${needed}.` });
}
