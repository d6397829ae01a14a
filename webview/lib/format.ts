import type { Price } from '../../contract/agents.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Numbers, dates and money for people. Digits follow the locale; words stay English like the rest of the texts. */
export interface Format {
  /** 14213 -> "14,213" */
  number(value: number): string;
  /** 14213 -> "14.2k"; below 10,000 as it is. */
  compact(value: number): string;
  /** One digit after the point: 4.8 */
  decimal(value: number): string;
  /** Amount in minor units of an ISO 4217 currency: (900, 'USD') -> "$9", (950, 'USD') -> "$9.50". */
  money(amountMinor: number, currency: string): string;
  /** "Free", "$9", "$9/mo", "$90/yr" */
  price(price: Price): string;
  /** 1536 -> "1.5 kB" (1 kB = 1024 bytes). */
  bytes(value: number): string;
  /** ISO time -> "3 days ago". */
  relative(iso: string): string;
  /** ISO time -> date and time in full, for tooltips. */
  exact(iso: string): string;
  /** ISO time -> "12:04" today, else with the day. */
  clock(iso: string): string;
  /** ISO day (UTC) -> "Nov 3". */
  day(isoDay: string): string;
  /** Change against an earlier value: "+12 %", "−3 %", "new" from nothing, "no change". */
  change(now: number, before: number): string;
  /** (2, 'file') -> "2 files" */
  count(value: number, one: string, many?: string): string;
}

export interface FormatOptions {
  readonly locale: string;
  readonly now: () => number;
  /** IANA zone for times of day; the machine's when absent. */
  readonly timeZone?: string;
}

/** Builds the formatters of one locale. Throws nothing: an invalid date becomes an empty text. */
export function createFormat({ locale, now, timeZone }: FormatOptions): Format {
  const zone = timeZone === undefined ? {} : { timeZone };
  const plain = new Intl.NumberFormat(locale);
  const one = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const upToOne = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const exactDate = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', ...zone });
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', ...zone });
  const dayTime = new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...zone,
  });
  const shortDay = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });

  const money = (amountMinor: number, currency: string) => {
    const style = { style: 'currency', currency } as const;
    const digits = new Intl.NumberFormat(locale, style).resolvedOptions().maximumFractionDigits ?? 2;
    const amount = amountMinor / 10 ** digits;
    return new Intl.NumberFormat(locale, { ...style, minimumFractionDigits: Number.isInteger(amount) ? 0 : digits }).format(
      amount,
    );
  };

  return {
    number: (value) => plain.format(value),
    compact(value) {
      if (value < 10_000) return plain.format(value);
      return value < 1_000_000 ? `${upToOne.format(floorTo(value / 1000))}k` : `${upToOne.format(floorTo(value / 1_000_000))}M`;
    },
    decimal: (value) => one.format(value),
    money,
    price(price) {
      if (price.kind === 'free') return 'Free';
      const amount = money(price.amountMinor, price.currency);
      return price.kind === 'one_time' ? amount : `${amount}/${price.interval === 'month' ? 'mo' : 'yr'}`;
    },
    bytes(value) {
      if (value < 1024) return `${plain.format(value)} B`;
      return value < 1024 ** 2 ? `${upToOne.format(value / 1024)} kB` : `${upToOne.format(value / 1024 ** 2)} MB`;
    },
    relative: (iso) => relativeText(Date.parse(iso) - now(), ago),
    exact: (iso) => (Number.isNaN(Date.parse(iso)) ? '' : exactDate.format(new Date(iso))),
    clock(iso) {
      const at = Date.parse(iso);
      if (Number.isNaN(at)) return '';
      return (Math.abs(now() - at) < 12 * HOUR_MS ? time : dayTime).format(at);
    },
    day: (isoDay) => (Number.isNaN(Date.parse(isoDay)) ? '' : shortDay.format(new Date(isoDay))),
    change(current, before) {
      if (current === before) return 'no change';
      if (before === 0) return 'new';
      const percent = Math.round(((current - before) / before) * 100);
      return `${percent < 0 ? '−' : '+'}${plain.format(Math.abs(percent))} %`;
    },
    count: (value, single, many = `${single}s`) => `${plain.format(value)} ${value === 1 ? single : many}`,
  };
}

/** Rounds down to one digit, so that 9,999 thousand never reads as 10M. */
function floorTo(value: number): number {
  return Math.floor(value * 10) / 10;
}

function relativeText(deltaMs: number, ago: Intl.RelativeTimeFormat): string {
  if (Number.isNaN(deltaMs)) return '';
  const size = Math.abs(deltaMs);
  if (size < MINUTE_MS) return 'just now';
  if (size < HOUR_MS) return ago.format(Math.trunc(deltaMs / MINUTE_MS), 'minute');
  if (size < DAY_MS) return ago.format(Math.trunc(deltaMs / HOUR_MS), 'hour');
  if (size < 14 * DAY_MS) return ago.format(Math.trunc(deltaMs / DAY_MS), 'day');
  if (size < 60 * DAY_MS) return ago.format(Math.trunc(deltaMs / (7 * DAY_MS)), 'week');
  if (size < 365 * DAY_MS) return ago.format(Math.trunc(deltaMs / (30.44 * DAY_MS)), 'month');
  return ago.format(Math.trunc(deltaMs / (365.25 * DAY_MS)), 'year');
}
