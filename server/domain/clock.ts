/** The time, injected so that tests decide it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** UTC in ISO 8601 with milliseconds, as every record and answer writes it. */
export function isoTime(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
