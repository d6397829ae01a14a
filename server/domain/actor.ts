import type { TokenScope } from '../../contract/accounts.ts';

/** Who asks: the owner of a checked token. Store methods take the actor they are scoped to. */
export interface Actor {
  readonly userId: string;
  readonly name: string;
  /** Publisher scopes the user owns, such as `@ada`. */
  readonly ownedScopes: readonly string[];
  readonly tokenId: string;
  readonly tokenScopes: readonly TokenScope[];
}

export function ownsScope(actor: Actor, scope: string): boolean {
  return actor.ownedScopes.includes(scope);
}
