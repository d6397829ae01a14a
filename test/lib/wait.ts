import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks `probe` every 80 ms until it gives something truthy. A probe that throws has not found it yet.
 * Throws after `timeoutMs` with the complaint, which says what was seen instead.
 */
export async function until<T>(
  probe: () => T | Promise<T>,
  timeoutMs: number,
  complaint: string | (() => string | Promise<string>),
): Promise<Exclude<T, undefined | false | null | 0 | ''>> {
  for (const end = Date.now() + timeoutMs; ; ) {
    const found = await attempt(probe);
    if (found) return found as Exclude<T, undefined | false | null | 0 | ''>;
    if (Date.now() > end) throw new Error(typeof complaint === 'function' ? await complaint() : complaint);
    await sleep(80);
  }
}

async function attempt<T>(probe: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await probe();
  } catch {
    return undefined; // not there yet: the complaint at the end says what is
  }
}
