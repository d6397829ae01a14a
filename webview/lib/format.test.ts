import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';

const NOW = Date.parse('2026-11-23T12:04:00Z');
const format = createFormat({ locale: 'en', now: () => NOW, timeZone: 'UTC' });
const ago = (ms: number) => format.relative(new Date(NOW - ms).toISOString());
const HOUR = 3_600_000;

describe('numbers', () => {
  it('separates thousands and shortens from ten thousand on, rounding down', () => {
    expect(format.number(1204)).toBe('1,204');
    expect([9999, 10_000, 14_213, 999_999, 1_250_000].map(format.compact)).toEqual(['9,999', '10k', '14.2k', '999.9k', '1.2M']);
  });
  it('follows the locale in digits', () => {
    expect(createFormat({ locale: 'de', now: () => NOW }).number(1204)).toBe('1.204');
  });
  it('never shortens to more than there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 2_000_000_000 }), (value) => {
        const text = format.compact(value).replaceAll(',', '');
        const shown = Number.parseFloat(text) * (text.endsWith('M') ? 1_000_000 : 1000);
        expect(shown).toBeLessThanOrEqual(value + 1e-6 * value);
        expect(value - shown).toBeLessThan(text.endsWith('M') ? 100_001 : 101);
      }),
    );
  });
  it('counts with the right noun', () => {
    expect([format.count(1, 'file'), format.count(2, 'file'), format.count(0, 'day')]).toEqual(['1 file', '2 files', '0 days']);
  });
  it('says sizes in binary kilobytes', () => {
    expect([900, 1536, 3 * 1024 ** 2].map(format.bytes)).toEqual(['900 B', '1.5 kB', '3 MB']);
  });
});

describe('change', () => {
  it('has a sign, a percentage, and words where a percentage would lie', () => {
    expect(format.change(112, 100)).toBe('+12 %');
    expect(format.change(97, 100)).toBe('−3 %');
    expect(format.change(5, 0)).toBe('new');
    expect(format.change(0, 0)).toBe('no change');
  });
});

describe('money', () => {
  it('uses the minor units of the currency', () => {
    expect(format.money(900, 'USD')).toBe('$9');
    expect(format.money(950, 'USD')).toBe('$9.50');
    expect(format.money(500, 'JPY')).toBe('¥500');
  });
  it('says the interval of a subscription', () => {
    expect(format.price({ kind: 'free' })).toBe('Free');
    expect(format.price({ kind: 'one_time', amountMinor: 2900, currency: 'EUR' })).toBe('€29');
    expect(format.price({ kind: 'subscription', amountMinor: 900, currency: 'USD', interval: 'month' })).toBe('$9/mo');
    expect(format.price({ kind: 'subscription', amountMinor: 9000, currency: 'USD', interval: 'year' })).toBe('$90/yr');
  });
});

describe('dates', () => {
  it('is relative in words and exact in the tooltip', () => {
    expect([ago(5000), ago(3 * HOUR), ago(25 * HOUR), ago(72 * HOUR), ago(24 * 31 * HOUR), ago(24 * 400 * HOUR)]).toEqual([
      'just now',
      '3 hours ago',
      'yesterday',
      '3 days ago',
      '4 weeks ago',
      'last year',
    ]);
    expect(format.exact('2026-11-20T12:04:00Z')).toContain('November 20, 2026');
  });
  it('shows the time today and the day with it before', () => {
    expect(format.clock('2026-11-23T12:03:00Z')).toMatch(/^12:03/);
    expect(format.clock('2026-11-20T12:03:00Z')).toMatch(/^Nov 20/);
  });
  it('reads days in UTC, whatever the zone', () => {
    expect(createFormat({ locale: 'en', now: () => NOW, timeZone: 'America/Los_Angeles' }).day('2026-11-01')).toBe('Nov 1');
  });
  it('becomes empty for what is no date', () => {
    expect([format.relative('x'), format.exact('x'), format.clock('x'), format.day('x')]).toEqual(['', '', '', '']);
  });
});
