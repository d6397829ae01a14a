import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from '../domain/actor.ts';
import { DomainError } from '../domain/errors.ts';
import type { Peer } from './route.ts';

export interface RateLimitOptions {
  readonly perMinute: number;
  /** Whether requests from this very machine count too. */
  readonly includesLoopback: boolean;
}

export interface RateLimit {
  /** By account when there is one, else by address. Throws rate_limited with the seconds to wait. */
  take(actor: Actor | undefined, peer: Peer): Promise<void>;
  /** Whether nobody has to be counted for this peer, so that the hot lane can skip the promise. */
  isExempt(peer: { readonly isLoopback: boolean }): boolean;
}

/** Counts per process: with several nodes each grants the whole budget. */
export function createRateLimit(options: RateLimitOptions): RateLimit {
  const limiter = new RateLimiterMemory({ points: options.perMinute, duration: 60 });
  const isExempt = (peer: { readonly isLoopback: boolean }) => peer.isLoopback && !options.includesLoopback;
  return {
    isExempt,
    async take(actor, peer) {
      if (isExempt(peer)) return;
      await takeOne(limiter, actor === undefined ? `address:${peer.address}` : `account:${actor.userId}`);
    },
  };
}

/** One point of a limiter. It rejects with an object that is no Error; anything that is one is a fault and passes through. */
export async function takeOne(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (rejection) {
    if (rejection instanceof Error) throw rejection;
    const seconds = Math.max(1, Math.ceil((rejection as RateLimiterRes).msBeforeNext / 1000));
    throw new DomainError('rate_limited', { detail: `Try again in ${seconds} s.`, retryAfterSeconds: seconds });
  }
}
