import type { UsageEvent } from '../../contract/events.ts';

/**
 * Counts what happens on a web page. The identity is random and lives only as long as the page: nothing is stored in the
 * browser, so there is nothing to consent to. Browsers that ask not to be followed send nothing. Best effort: a lost count harms nobody.
 */
export function createPageUsage(origin: string, doFetch: typeof fetch = fetch): (event: UsageEvent) => void {
  const signals = navigator as Navigator & { globalPrivacyControl?: boolean };
  if (signals.globalPrivacyControl === true || signals.doNotTrack === '1') return () => {};
  const anonymousId = crypto.randomUUID();
  return ({ name, properties }) => {
    const timestamp = new Date().toISOString();
    const item = { type: 'track', event: name, messageId: crypto.randomUUID(), anonymousId, timestamp, properties };
    const body = JSON.stringify({ batch: [item], sentAt: timestamp });
    doFetch(`${origin}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      keepalive: true,
    }).catch(() => {});
  };
}
