/** How often each scenario kills its process. CI takes fewer to stay within its time. */
export const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 50);

/** At how many moments of one install it is killed; all by default. */
export const MOMENTS = Number(process.env.CRASH_MOMENTS ?? Number.POSITIVE_INFINITY);

/** Small seeded generator, so that a failing run can be repeated: CRASH_SEED=<printed seed>. */
export const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);

export function createRandom(seed: number = SEED): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
