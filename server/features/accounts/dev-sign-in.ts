import { DomainError } from '../../domain/errors.ts';
import type { Peer } from '../../http/route.ts';

export interface DevSignInConditions {
  /** Setting DEV_SIGNIN, which production refuses. */
  readonly isEnabled: boolean;
  readonly isProduction: boolean;
  /** Address the service listens on. */
  readonly listenHost: string;
}

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '::1']);

function hostName(hostHeader: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(hostHeader)?.[1];
  return (bracketed ?? hostHeader.replace(/:\d+$/, '')).toLowerCase();
}

/** Whether the service offers development sign-in at all: switched on, not production, listening on loopback only. */
export function isDevSignInOffered(conditions: DevSignInConditions): boolean {
  return conditions.isEnabled && !conditions.isProduction && LOOPBACK_NAMES.has(conditions.listenHost.toLowerCase());
}

/**
 * Signing in by name alone is for the developer's own machine. The Host header is checked too: a web page whose name was rebound
 * to 127.0.0.1 reaches us from loopback, but under its own name; a page of another origin shows itself by Origin.
 */
export function requireDevSignIn(conditions: DevSignInConditions, peer: Peer, origin: string | undefined): void {
  const isOwnOrigin = origin === undefined || isLoopbackOrigin(origin);
  if (isDevSignInOffered(conditions) && peer.isLoopback && LOOPBACK_NAMES.has(hostName(peer.host)) && isOwnOrigin) return;
  throw new DomainError('dev_signin_disabled');
}

function isLoopbackOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  return LOOPBACK_NAMES.has(hostName(new URL(origin).host));
}
