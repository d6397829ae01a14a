import { ROUTES } from '../../../contract/routes.ts';
import { type JsonRoute, type Peer, route } from '../../http/route.ts';
import type { AccountsService } from './accounts.service.ts';
import { type DevSignInConditions, isDevSignInOffered, requireDevSignIn } from './dev-sign-in.ts';

export interface AccountRoutesOptions {
  readonly accounts: AccountsService;
  readonly devSignIn: DevSignInConditions;
  /** Throws rate_limited when an address signs in too often. */
  readonly takeSignIn: (peer: Peer) => Promise<void>;
}

export function accountRoutes({ accounts, devSignIn, takeSignIn }: AccountRoutesOptions): readonly JsonRoute[] {
  return [
    route(ROUTES.listSignInMethods, () => ({ methods: isDevSignInOffered(devSignIn) ? ['dev' as const] : [] })),
    route(ROUTES.signInForDevelopment, async ({ body, peer, headers }) => {
      requireDevSignIn(devSignIn, peer, headers.origin);
      await takeSignIn(peer);
      const label = `development sign-in, ${(headers['user-agent'] ?? 'unknown client').slice(0, 80)}`;
      return accounts.signInByName(body.name, label);
    }),
    route(ROUTES.getMe, async ({ actor }) => ({
      user: await accounts.getUser(actor),
      token: { id: actor.tokenId, scopes: [...actor.tokenScopes] },
    })),
    route(ROUTES.listTokens, async ({ actor }) => ({ items: await accounts.listTokens(actor) })),
    route(ROUTES.revokeToken, async ({ actor, params }) => {
      await accounts.revokeToken(actor, params.id);
      return undefined;
    }),
  ];
}
