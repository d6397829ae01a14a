import { randomUUID } from 'node:crypto';
import { ROUTES } from '../../../contract/routes.ts';
import { type JsonRoute, route } from '../../http/route.ts';
import type { UsageService } from './usage.service.ts';

const SINGLE_CALLS = [
  [ROUTES.recordTrack, 'track'],
  [ROUTES.recordIdentify, 'identify'],
  [ROUTES.recordPage, 'page'],
  [ROUTES.recordScreen, 'screen'],
  [ROUTES.recordGroup, 'group'],
  [ROUTES.recordAlias, 'alias'],
] as const;

/** Segment's HTTP API. A write key may be sent (Basic, or in the body); events are taken without one as well. */
export function usageRoutes(usage: UsageService): readonly JsonRoute[] {
  return [
    route(ROUTES.recordUsageBatch, ({ body }) => usage.record(body.batch, body.sentAt)),
    ...SINGLE_CALLS.map(([definition, type]) =>
      route(definition, ({ body }) => {
        const messageId = (body as { messageId?: unknown }).messageId ?? randomUUID();
        return usage.record([{ ...body, type, messageId }], body.sentAt);
      }),
    ),
  ];
}
