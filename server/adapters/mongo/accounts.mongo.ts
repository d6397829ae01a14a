import { type Connection, Schema } from 'mongoose';
import type { TokenScope } from '../../../contract/accounts.ts';
import { DomainError } from '../../domain/errors.ts';
import type { AccountStore, TokenRecord, UserRecord } from '../../features/accounts/accounts.store.ts';
import { isDuplicateKey } from './open.ts';

interface UserDocument {
  _id: string;
  name: string;
  createdAt: string;
}
interface ScopeDocument {
  _id: string;
  userId: string;
  createdAt: string;
}
interface TokenDocument {
  _id: string;
  userId: string;
  hash: string;
  label: string;
  scopes: string[];
  createdAt: string;
  lastUsedAt?: string | null;
  expiresAt?: string | null;
}

const text = { type: String, required: true } as const;
const options = { versionKey: false } as const;

const userSchema = new Schema<UserDocument>({ _id: text, name: text, createdAt: text }, { ...options, collection: 'users' });
userSchema.index({ name: 1 }, { unique: true });

const scopeSchema = new Schema<ScopeDocument>({ _id: text, userId: text, createdAt: text }, { ...options, collection: 'scopes' });
scopeSchema.index({ userId: 1 });

const tokenSchema = new Schema<TokenDocument>(
  { _id: text, userId: text, hash: text, label: text, scopes: [String], createdAt: text, lastUsedAt: String, expiresAt: String },
  { ...options, collection: 'tokens' },
);
// Each request with a token looks it up by hash; an account’s list shows the newest first.
tokenSchema.index({ hash: 1 }, { unique: true });
tokenSchema.index({ userId: 1, createdAt: -1 });

function toUser(row: UserDocument): UserRecord {
  return { id: row._id, name: row.name, createdAt: row.createdAt };
}

function toToken(row: TokenDocument): TokenRecord {
  return {
    id: row._id,
    userId: row.userId,
    hash: row.hash,
    label: row.label,
    scopes: row.scopes as TokenScope[],
    createdAt: row.createdAt,
    ...(row.lastUsedAt == null ? {} : { lastUsedAt: row.lastUsedAt }),
    ...(row.expiresAt == null ? {} : { expiresAt: row.expiresAt }),
  };
}

export function accountModels(connection: Connection) {
  return {
    users: connection.model('User', userSchema),
    scopes: connection.model('Scope', scopeSchema),
    tokens: connection.model('Token', tokenSchema),
  };
}

export function createMongoAccountStore({ users, scopes, tokens }: ReturnType<typeof accountModels>): AccountStore {
  return {
    async ensureUser(user) {
      try {
        await users.create([{ _id: user.id, name: user.name, createdAt: user.createdAt }]);
        return user;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const row = await users.findOne({ name: user.name }).lean();
      if (row === null) throw new DomainError('conflict', { detail: `The name ${user.name} is being taken just now.` });
      return toUser(row);
    },
    async getUser(actor) {
      const row = await users.findOne({ _id: actor.userId }).lean();
      if (row === null) throw new DomainError('unauthenticated');
      return toUser(row);
    },
    async claimScope(scope, userId, createdAt) {
      try {
        await scopes.create([{ _id: scope, userId, createdAt }]);
        return userId;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const row = await scopes.findOne({ _id: scope }).lean();
      if (row === null) throw new DomainError('conflict', { detail: `${scope} is being taken just now.` });
      return row.userId;
    },
    async listScopes(userId) {
      return (await scopes.find({ userId }).sort({ _id: 1 }).lean()).map((row) => row._id);
    },
    async insertToken({ id, ...token }) {
      await tokens.create([{ _id: id, ...token, scopes: [...token.scopes] }]);
    },
    async findToken(hash) {
      const token = await tokens.findOne({ hash }).lean();
      if (token === null) return undefined;
      const user = await users.findOne({ _id: token.userId }).lean();
      return user === null ? undefined : { token: toToken(token), user: toUser(user) };
    },
    async listTokens(actor) {
      return (await tokens.find({ userId: actor.userId }).sort({ createdAt: -1, _id: 1 }).lean()).map(toToken);
    },
    async removeToken(actor, tokenId) {
      return (await tokens.deleteOne({ _id: tokenId, userId: actor.userId })).deletedCount === 1;
    },
    async noteTokenUse(tokenId, usedAt) {
      await tokens.updateOne({ _id: tokenId }, { $set: { lastUsedAt: usedAt } });
    },
  };
}
