import type { SignInResult, Token, TokenScope, User } from '../../../contract/accounts.ts';
import type { Actor } from '../../domain/actor.ts';
import { type Clock, isoTime } from '../../domain/clock.ts';
import { DomainError } from '../../domain/errors.ts';
import type { IdSource } from '../../domain/ids.ts';
import type { AccountStore, TokenRecord, UserRecord } from './accounts.store.ts';
import { isReservedName } from './reserved-names.ts';
import { createToken, hashToken, isTokenShaped } from './token.ts';

export interface AccountsOptions {
  readonly store: AccountStore;
  readonly clock: Clock;
  readonly newId: IdSource;
}

/** How long a checked token is believed without asking the store again: a revoked one may live that long on other nodes. */
const CACHE_MS = 5_000;
const CACHE_ENTRIES = 10_000;
/** The last use is for people who tidy up their tokens: a minute is exact enough. */
const USE_NOTE_MS = 60_000;

interface CacheEntry {
  readonly actor: Actor | undefined;
  readonly until: number;
}

export interface AccountsService {
  /** The owner of a token; undefined for unknown, revoked and expired ones. */
  authenticate(token: string): Promise<Actor | undefined>;
  /** Signs in by name alone; the caller has checked that this is development on loopback. Throws forbidden for reserved names. */
  signInByName(name: string, label: string): Promise<SignInResult>;
  /** The account that publishes the first-party packages; it has no token. */
  ensureSystemActor(name: string): Promise<Actor>;
  getUser(actor: Actor): Promise<User>;
  listTokens(actor: Actor): Promise<Token[]>;
  /** Throws not_found when the actor has no such token. */
  revokeToken(actor: Actor, tokenId: string): Promise<void>;
}

export function createAccountsService({ store, clock, newId }: AccountsOptions): AccountsService {
  const cache = new Map<string, CacheEntry>();

  async function lookUp(hash: string): Promise<Actor | undefined> {
    const found = await store.findToken(hash);
    const now = clock.now();
    if (found === undefined || isExpired(found.token, now)) return undefined;
    const { token, user } = found;
    if (token.lastUsedAt === undefined || now - Date.parse(token.lastUsedAt) > USE_NOTE_MS) {
      await store.noteTokenUse(token.id, isoTime(clock));
    }
    return {
      userId: user.id,
      name: user.name,
      ownedScopes: await store.listScopes(user.id),
      tokenId: token.id,
      tokenScopes: token.scopes,
    };
  }

  /** User and scope are two records: a crash between them is mended by the next sign-in, because both steps repeat harmlessly. */
  async function ensureUser(name: string): Promise<UserRecord> {
    const user = await store.ensureUser({ id: newId(), name, createdAt: isoTime(clock) });
    await store.claimScope(`@${name}`, user.id, isoTime(clock));
    return user;
  }

  async function toUser(user: UserRecord): Promise<User> {
    return { id: user.id, name: user.name, scopes: await store.listScopes(user.id), createdAt: user.createdAt };
  }

  return {
    async authenticate(token) {
      if (!isTokenShaped(token)) return undefined;
      const hash = hashToken(token);
      const known = cache.get(hash);
      if (known !== undefined && known.until > clock.now()) return known.actor;
      const actor = await lookUp(hash);
      if (cache.size >= CACHE_ENTRIES) cache.clear();
      cache.set(hash, { actor, until: clock.now() + CACHE_MS });
      return actor;
    },
    async signInByName(name, label) {
      if (isReservedName(name)) throw new DomainError('forbidden', { detail: `The name ${name} is reserved.` });
      const user = await ensureUser(name);
      const token = createToken();
      const scopes: TokenScope[] = ['read', 'publish'];
      const hash = hashToken(token);
      // npm shows and takes the first six characters of an id: they must differ, which those of a time-sorted id do not.
      await store.insertToken({ id: hash.slice(0, 24), userId: user.id, hash, label, scopes, createdAt: isoTime(clock) });
      return { token, user: await toUser(user) };
    },
    async ensureSystemActor(name) {
      const user = await ensureUser(name);
      return { userId: user.id, name, ownedScopes: await store.listScopes(user.id), tokenId: '', tokenScopes: ['publish'] };
    },
    async getUser(actor) {
      return toUser(await store.getUser(actor));
    },
    async listTokens(actor) {
      return (await store.listTokens(actor)).map(toToken);
    },
    async revokeToken(actor, tokenId) {
      if (!(await store.removeToken(actor, tokenId))) throw new DomainError('not_found', { detail: 'You have no such token.' });
      // The cache is keyed by hash, which the id does not give: forget the account's entries.
      for (const [hash, entry] of cache) if (entry.actor?.userId === actor.userId) cache.delete(hash);
    },
  };
}

function isExpired(token: TokenRecord, now: number): boolean {
  return token.expiresAt !== undefined && Date.parse(token.expiresAt) <= now;
}

function toToken(token: TokenRecord): Token {
  return {
    id: token.id,
    label: token.label,
    scopes: [...token.scopes],
    createdAt: token.createdAt,
    ...(token.lastUsedAt === undefined ? {} : { lastUsedAt: token.lastUsedAt }),
    ...(token.expiresAt === undefined ? {} : { expiresAt: token.expiresAt }),
  };
}
