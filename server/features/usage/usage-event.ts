import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { isUsageEventName, USAGE_EVENTS, type UsageEventName } from '../../../contract/events.ts';
import { type DropReason, SegmentItemSchema } from '../../../contract/usage.ts';

/** A usage event as it is stored: checked, dated by our clock, without anybody's id. */
export interface StoredUsageEvent {
  /** 16 bytes, unique: the message id itself when it is a UUID, else its truncated SHA-256. */
  readonly id: Uint8Array;
  readonly name: UsageEventName;
  /** `@scope/slug`, empty for events that concern no agent. */
  readonly agent: string;
  /** UTC day as days since 1970. */
  readonly day: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly receivedAt: number;
  /** 16 bytes: keyed hash of the installation. */
  readonly installation: Uint8Array;
  /** Checked properties as JSON. */
  readonly properties: string;
}

export type ParsedItem =
  | { readonly kind: 'event'; readonly event: StoredUsageEvent }
  | { readonly kind: 'dropped'; readonly reason: DropReason };

export interface ParseContext {
  /** When the request came in, by our clock. */
  readonly receivedAt: number;
  /** The client's `sentAt`, when it is a time. */
  readonly sentAt?: number | undefined;
  /** Keyed hash of an identity: 16 bytes. */
  readonly hashIdentity: (identity: string) => Uint8Array;
}

export const DAY_MS = 86_400_000;
/** An offline client may deliver this late. */
export const LATE_LIMIT_MS = 7 * DAY_MS;
/** What remains ahead of our clock after the correction, and is still believed (then as "now"). */
export const FUTURE_LIMIT_MS = 3_600_000;

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;

/** Milliseconds of an ISO 8601 time with zone; undefined for anything else. */
export function parseTime(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || !TIME.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** Judges one item of a batch. Never throws, whatever the item is. */
export function parseItem(item: unknown, context: ParseContext): ParsedItem {
  const parsed = SegmentItemSchema.safeParse(item);
  if (!parsed.success) return dropped('malformed');
  const { type, event: name, messageId, timestamp, anonymousId, userId } = parsed.data;
  const at = correctTime(timestamp, context);
  if (typeof at !== 'number') return dropped(at);
  if (type !== 'track' || name === undefined || !isUsageEventName(name)) return dropped('unknown_event');
  const identity = anonymousId || userId;
  if (identity === undefined || identity === null || identity === '') return dropped('no_identity');
  const properties = z.safeParse(USAGE_EVENTS[name] as z.core.$ZodType, parsed.data.properties ?? {});
  if (!properties.success) return dropped('invalid_properties');
  const kept = properties.data as { readonly agent?: string };
  return {
    kind: 'event',
    event: {
      id: messageKey(messageId),
      name,
      agent: kept.agent ?? '',
      day: Math.floor(at / DAY_MS),
      at,
      receivedAt: context.receivedAt,
      installation: context.hashIdentity(identity),
      properties: JSON.stringify(properties.data),
    },
  };
}

function dropped(reason: DropReason): ParsedItem {
  return { kind: 'dropped', reason };
}

/**
 * The time by our clock: Segment's rule, `receivedAt - (sentAt - timestamp)`, which cancels a wrong clock of the client.
 * Without a timestamp it is the time of receipt; without a usable sentAt the timestamp is taken as it is.
 */
function correctTime(timestamp: string | undefined, { receivedAt, sentAt }: ParseContext): number | DropReason {
  if (timestamp === undefined) return receivedAt;
  const time = parseTime(timestamp);
  if (time === undefined) return 'malformed';
  const at = sentAt === undefined ? time : receivedAt - (sentAt - time);
  if (at < receivedAt - LATE_LIMIT_MS) return 'too_old';
  if (at > receivedAt + FUTURE_LIMIT_MS) return 'in_future';
  return Math.min(at, receivedAt);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** 16 bytes that stand for a message id. */
export function messageKey(messageId: string): Uint8Array {
  if (UUID.test(messageId)) return Buffer.from(messageId.replaceAll('-', ''), 'hex');
  return hash('sha256', messageId, 'buffer').subarray(0, 16);
}
