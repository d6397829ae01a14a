import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIdentityHash } from './identity.ts';
import { DAY_MS, messageKey, parseItem, type StoredUsageEvent } from './usage-event.ts';

const NOW = Date.parse('2026-05-10T12:00:00.000Z');
const hashIdentity = createIdentityHash(Buffer.alloc(32, 7));
const context = { receivedAt: NOW, hashIdentity };

function viewed(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'track',
    event: 'Agent Viewed',
    messageId: 'm-1',
    anonymousId: 'installation-1',
    properties: { agent: '@acme/reviewer', surface: 'web' },
    ...over,
  };
}

function eventOf(item: unknown, sentAt?: number): StoredUsageEvent {
  const parsed = parseItem(item, { ...context, sentAt });
  if (parsed.kind === 'dropped') throw new Error(`dropped: ${parsed.reason}`);
  return parsed.event;
}
function reasonOf(item: unknown, sentAt?: number): string {
  const parsed = parseItem(item, { ...context, sentAt });
  return parsed.kind === 'dropped' ? parsed.reason : 'accepted';
}

describe('parseItem', () => {
  it('keeps the checked properties only and no identity in clear', () => {
    const event = eventOf(viewed({ properties: { agent: '@acme/reviewer', surface: 'web', path: '/home/ada/secret' } }));
    expect(JSON.parse(event.properties)).toEqual({ agent: '@acme/reviewer', surface: 'web' });
    expect(event.installation).toEqual(hashIdentity('installation-1'));
    expect(JSON.stringify(event)).not.toContain('installation-1');
  });

  it('names the reason for every item it drops', () => {
    expect(reasonOf(null)).toBe('malformed');
    expect(reasonOf('text')).toBe('malformed');
    expect(reasonOf(viewed({ messageId: '' }))).toBe('malformed');
    expect(reasonOf(viewed({ messageId: 7 }))).toBe('malformed');
    expect(reasonOf(viewed({ timestamp: 'yesterday' }))).toBe('malformed');
    expect(reasonOf(viewed({ event: 'Page Scrolled' }))).toBe('unknown_event');
    expect(reasonOf(viewed({ event: 'constructor' }))).toBe('unknown_event');
    expect(reasonOf(viewed({ type: 'identify', event: undefined }))).toBe('unknown_event');
    expect(reasonOf(viewed({ properties: { agent: 'reviewer', surface: 'web' } }))).toBe('invalid_properties');
    expect(reasonOf(viewed({ properties: null }))).toBe('invalid_properties');
    expect(reasonOf(viewed({ anonymousId: null }))).toBe('no_identity');
    expect(reasonOf(viewed({ anonymousId: '', userId: '' }))).toBe('no_identity');
    expect(reasonOf(viewed({ timestamp: '2026-05-03T11:59:59.000Z' }))).toBe('too_old');
    expect(reasonOf(viewed({ timestamp: '2026-05-10T13:00:01.000Z' }))).toBe('in_future');
  });

  it('cancels a wrong clock of the client by sentAt', () => {
    // the client's clock is a year behind; the event happened ten minutes before it was sent
    const sentAt = Date.parse('2025-05-10T12:00:00Z');
    expect(eventOf(viewed({ timestamp: '2025-05-10T11:50:00Z' }), sentAt).at).toBe(NOW - 600_000);
    // a clock that is ahead never makes an event of tomorrow
    expect(eventOf(viewed({ timestamp: '2026-05-10T12:30:00Z' })).at).toBe(NOW);
  });

  it('counts an event on its UTC day', () => {
    expect(eventOf(viewed({ timestamp: '2026-05-09T23:59:59.999Z' })).day).toBe(Math.floor(NOW / DAY_MS) - 1);
    expect(eventOf(viewed({ timestamp: '2026-05-10T01:00:00+02:00' })).day).toBe(Math.floor(NOW / DAY_MS) - 1);
    expect(eventOf(viewed()).day).toBe(Math.floor(NOW / DAY_MS));
  });

  it('never throws and keeps every accepted event within its limits', () => {
    const value = fc.oneof(fc.anything(), fc.constantFrom('track', 'Agent Viewed', '@a/b', '2026-05-10T11:00:00Z', 'web'));
    const item = fc.oneof(
      fc.anything(),
      fc.dictionary(fc.constantFrom(...Object.keys(viewed()), 'timestamp', 'userId'), value),
      fc.dictionary(fc.string(), value).map((over) => viewed(over)),
    );
    fc.assert(
      fc.property(item, fc.option(fc.integer(), { nil: undefined }), (each, sentAt) => {
        const parsed = parseItem(each, { ...context, sentAt });
        if (parsed.kind === 'dropped') return true;
        return (
          parsed.event.at <= NOW &&
          parsed.event.at >= NOW - 7 * DAY_MS &&
          parsed.event.id.length === 16 &&
          parsed.event.installation.length === 16
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('messageKey', () => {
  it('is 16 bytes, the same for the same id in either case of a UUID', () => {
    expect(messageKey('00112233-4455-6677-8899-AABBCCDDEEFF')).toEqual(messageKey('00112233-4455-6677-8899-aabbccddeeff'));
    expect(messageKey('node-next-1-x')).toHaveLength(16);
    expect(messageKey('node-next-1-x')).not.toEqual(messageKey('node-next-1-y'));
  });
});
