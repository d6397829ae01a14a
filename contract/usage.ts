import * as z from 'zod/mini';
import { LIMITS } from './limits.ts';

/** One Segment call. Unknown fields are accepted and dropped: the official client sends `_metadata`, `integrations` and others. */
export const SegmentItemSchema = z.object({
  type: z.enum(['track', 'identify', 'page', 'screen', 'group', 'alias']),
  messageId: z.string().check(z.minLength(1), z.maxLength(100)),
  event: z.optional(z.string().check(z.maxLength(200))),
  anonymousId: z.optional(z.nullable(z.string().check(z.maxLength(200)))),
  userId: z.optional(z.nullable(z.string().check(z.maxLength(200)))),
  timestamp: z.optional(z.string().check(z.maxLength(40))),
  properties: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
});
export type SegmentItem = z.infer<typeof SegmentItemSchema>;

/** Body of `/v1/batch`. Items are parsed one by one, so that one bad item does not lose its neighbours. */
export const SegmentBatchSchema = z.object({
  batch: z.array(z.unknown()).check(z.maxLength(LIMITS.usageBatchItems)),
  sentAt: z.optional(z.nullable(z.string().check(z.maxLength(40)))),
  writeKey: z.optional(z.string()),
});

/** Body of `/v1/track` and its siblings: one item whose type is in the path; `messageId` may be absent there. */
export const SegmentCallSchema = z.looseObject({ sentAt: z.optional(z.nullable(z.string().check(z.maxLength(40)))) });

/** Why an item was not counted. `duplicate` is harmless; the others name what to mend. */
export const DROP_REASONS = [
  'duplicate',
  'malformed',
  'unknown_event',
  'invalid_properties',
  'no_identity',
  'too_old',
  'in_future',
] as const;
export const DropReasonSchema = z.enum(DROP_REASONS);
export type DropReason = z.infer<typeof DropReasonSchema>;

/** Segment clients only look at the status and `success`; the counts are for people. */
export const UsageReceiptSchema = z.object({
  success: z.boolean(),
  accepted: z.int(),
  dropped: z.array(z.object({ index: z.int(), reason: DropReasonSchema })),
});
export type UsageReceipt = z.infer<typeof UsageReceiptSchema>;
