import type { Actor } from '../../domain/actor.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ProtocolAnswer, ProtocolRequest, ProtocolRoute } from '../../http/route.ts';
import type { AccountsService } from './accounts.service.ts';

const LOGIN_BODY_BYTES = 64 * 1024;

const LOGIN_TEXT =
  'npm login is not possible here. Get a token with "coditect-agents login" and set it: npm config set //<host>/npm/:_authToken <token>';

function json(body: unknown): ProtocolAnswer {
  return {
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}

function actorOf({ actor }: ProtocolRequest): Actor {
  if (actor === undefined) throw new DomainError('unauthenticated');
  return actor;
}

/** The npm commands about accounts: whoami, token list and revoke, logout; login is refused with the way that works. */
export function npmAccountRoutes(accounts: AccountsService): readonly ProtocolRoute[] {
  const common = { tag: 'npm', errorShape: 'npm' } as const;
  const refuseLogin = (): never => {
    throw new DomainError('method_not_allowed', { detail: LOGIN_TEXT });
  };
  return [
    {
      ...common,
      id: 'npmWhoami',
      method: 'GET',
      paths: ['/npm/-/whoami'],
      auth: 'read',
      summary: 'Name of the token’s owner.',
      handle: (request) => json({ username: actorOf(request).name }),
    },
    {
      ...common,
      id: 'npmTokens',
      method: 'GET',
      paths: ['/npm/-/npm/v1/tokens'],
      auth: 'read',
      summary: 'My tokens in npm’s form, without their secrets.',
      handle: async (request) => {
        const tokens = await accounts.listTokens(actorOf(request));
        const objects = tokens.map((token) => ({
          key: token.id,
          name: token.label,
          token: 'cdt_',
          created: token.createdAt,
          updated: token.lastUsedAt ?? token.createdAt,
          readonly: !token.scopes.some((scope) => scope !== 'read'),
          cidr_whitelist: [],
        }));
        return json({ objects, total: objects.length, urls: {} });
      },
    },
    {
      ...common,
      id: 'npmRevokeToken',
      method: 'DELETE',
      paths: ['/npm/-/npm/v1/tokens/token/:id'],
      auth: 'read',
      summary: 'Revokes one of my tokens.',
      handle: async (request) => {
        await accounts.revokeToken(actorOf(request), request.params.id ?? '');
        return { status: 204, headers: {}, body: '' };
      },
    },
    {
      ...common,
      id: 'npmLogout',
      method: 'DELETE',
      paths: ['/npm/-/user/token/:token'],
      auth: 'read',
      summary: 'Revokes the token that is sent.',
      handle: async (request) => {
        const actor = actorOf(request);
        await accounts.revokeToken(actor, actor.tokenId);
        return json({ ok: true });
      },
    },
    {
      ...common,
      id: 'npmWebLogin',
      method: 'POST',
      paths: ['/npm/-/v1/login'],
      auth: 'public',
      summary: 'npm login: refused with the way that works.',
      bodyLimitBytes: LOGIN_BODY_BYTES,
      handle: refuseLogin,
    },
    {
      ...common,
      id: 'npmLegacyLogin',
      method: 'PUT',
      paths: ['/npm/-/user/:user'],
      auth: 'public',
      summary: 'npm login, older form: refused with the way that works.',
      bodyLimitBytes: LOGIN_BODY_BYTES,
      handle: refuseLogin,
    },
  ];
}
