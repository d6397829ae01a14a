import type { TokenScope } from '../../../contract/accounts.ts';
import type { Actor } from '../../domain/actor.ts';

export interface UserRecord {
  readonly id: string;
  /** Unique; the user owns the publisher scope `@name`. */
  readonly name: string;
  readonly createdAt: string;
}

export interface TokenRecord {
  readonly id: string;
  readonly userId: string;
  /** Hex SHA-256 of the token; the token itself is never stored. */
  readonly hash: string;
  readonly label: string;
  readonly scopes: readonly TokenScope[];
  readonly createdAt: string;
  readonly lastUsedAt?: string;
  readonly expiresAt?: string;
}

/** Users, the scopes they own, their tokens. */
export interface AccountStore {
  /** Unique by name: returns the user that has it, be it this one or an earlier one. */
  ensureUser(user: UserRecord): Promise<UserRecord>;
  /** The actor's own account. Throws unauthenticated when it is gone. */
  getUser(actor: Actor): Promise<UserRecord>;
  /** Gives a scope to a user unless somebody has it: returns the owner's id. */
  claimScope(scope: string, userId: string, createdAt: string): Promise<string>;
  listScopes(userId: string): Promise<string[]>;
  insertToken(token: TokenRecord): Promise<void>;
  /** The token and its user; undefined for unknown and revoked tokens. Expiry is the caller's business. */
  findToken(hash: string): Promise<{ readonly token: TokenRecord; readonly user: UserRecord } | undefined>;
  /** Newest first. */
  listTokens(actor: Actor): Promise<TokenRecord[]>;
  /** False when the actor has no such token. */
  removeToken(actor: Actor, tokenId: string): Promise<boolean>;
  noteTokenUse(tokenId: string, usedAt: string): Promise<void>;
}
