import type { UsageReceipt } from '../../../contract/usage.ts';
import type { Clock } from '../../domain/clock.ts';
import type { IngestQueue } from './ingest-queue.ts';
import { type ParseContext, parseItem, parseTime, type StoredUsageEvent } from './usage-event.ts';

export interface UsageService {
  /**
   * Stores the items of a batch. Resolves once they are durable, with what was not counted and why.
   * Throws rate_limited (queue full) and storage_full; the client sends the batch again and nothing counts twice.
   */
  record(items: readonly unknown[], sentAt: string | null | undefined): Promise<UsageReceipt>;
}

export interface UsageServiceOptions {
  readonly queue: IngestQueue;
  readonly clock: Clock;
  readonly hashIdentity: ParseContext['hashIdentity'];
}

export function createUsageService({ queue, clock, hashIdentity }: UsageServiceOptions): UsageService {
  return {
    async record(items, sentAt) {
      const context: ParseContext = { receivedAt: clock.now(), sentAt: parseTime(sentAt), hashIdentity };
      const events: StoredUsageEvent[] = [];
      const places: number[] = [];
      const dropped: UsageReceipt['dropped'] = [];
      items.forEach((item, index) => {
        const parsed = parseItem(item, context);
        if (parsed.kind === 'dropped') {
          dropped.push({ index, reason: parsed.reason });
        } else {
          events.push(parsed.event);
          places.push(index);
        }
      });
      if (events.length === 0) return { success: true, accepted: 0, dropped };
      const outcomes = await queue.add(events);
      outcomes.forEach((outcome, at) => {
        if (outcome === 'duplicate') dropped.push({ index: places[at] ?? 0, reason: 'duplicate' });
      });
      dropped.sort((a, b) => a.index - b.index);
      return { success: true, accepted: items.length - dropped.length, dropped };
    },
  };
}
