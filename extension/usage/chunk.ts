// Entry of dist/usage.cjs: Segment's client and the installation's identity, loaded by the first event that is sent.
import { Analytics } from '@segment/analytics-node';
import { installationId } from '../../installer/installation-id.ts';
import { userDirectory } from '../../installer/user-dir.ts';
import type { QueuedEvent } from './queue.ts';
import type { Delivery } from './reporter.ts';

const REQUEST_TIMEOUT_MS = 5_000;
const PATIENCE_MS = 20_000;
/** The service understood the request and will never take it. */
const FINAL_STATUSES = new Set([400, 413, 422]);

/** Sends one batch with Segment's official client, as one request. Never throws. */
export async function deliver(events: readonly QueuedEvent[], serviceUrl: string): Promise<Delivery> {
  const anonymousId = await installationId(userDirectory());
  const analytics = new Analytics({
    writeKey: anonymousId,
    host: serviceUrl,
    path: '/v1/batch',
    flushAt: events.length,
    maxRetries: 2,
    httpRequestTimeout: REQUEST_TIMEOUT_MS,
  });
  let status = 0;
  let failed = 0;
  let answered = 0;
  analytics.on('http_response', (response) => {
    status = response.status;
  });
  // The client reports failures as events, too; without a listener they would be thrown.
  analytics.on('error', () => undefined);
  for (const { messageId, event, properties, timestamp } of events) {
    analytics.track({ anonymousId, messageId, event, properties, timestamp: new Date(timestamp) }, (error) => {
      answered += 1;
      if (error !== undefined) failed += 1;
    });
  }
  await analytics.closeAndFlush({ timeout: PATIENCE_MS });
  if (answered === events.length && failed === 0) return 'delivered';
  return FINAL_STATUSES.has(status) ? 'refused' : 'failed';
}
