import type { DayNumbers, EventGroup, UsageDay } from './usage.store.ts';

const KEY_BYTES = 8;
const HALF_LIFE_DAYS = 7;
/** Events that prove an installation: docs/metrics.md, "active installs". */
const ACTIVE_EVENTS: ReadonlySet<string> = new Set(['Agent Installed', 'Agent Updated', 'Agent Active']);

/** Numbers of one agent on one day out of all its events. */
export function foldDay(day: number, groups: readonly EventGroup[]): UsageDay {
  let views = 0;
  let installs = 0;
  let removes = 0;
  const active = new Set<bigint>();
  for (const { name, installation, count } of groups) {
    if (name === 'Agent Viewed') views += count;
    else if (name === 'Agent Installed') installs += count;
    else if (name === 'Agent Removed') removes += count;
    if (ACTIVE_EVENTS.has(name)) active.add(keyOf(installation));
  }
  return { day, views, installs, removes, activeInstalls: active.size, active: packKeys(active) };
}

/** The first 8 bytes: two of a billion installations collide with 3 %, two of a million practically never. */
function keyOf(installation: Uint8Array): bigint {
  return new DataView(installation.buffer, installation.byteOffset).getBigUint64(0);
}

function packKeys(keys: ReadonlySet<bigint>): Uint8Array {
  const sorted = BigUint64Array.from(keys).sort();
  const packed = new Uint8Array(sorted.length * KEY_BYTES);
  const view = new DataView(packed.buffer);
  sorted.forEach((key, index) => {
    view.setBigUint64(index * KEY_BYTES, key);
  });
  return packed;
}

/** Distinct installations over several days. */
export function countDistinct(days: readonly Pick<UsageDay, 'active'>[]): number {
  const [only] = days;
  if (days.length === 1 && only !== undefined) return only.active.length / KEY_BYTES;
  const seen = new Set<bigint>();
  for (const { active } of days) {
    const view = new DataView(active.buffer, active.byteOffset, active.length);
    for (let at = 0; at < active.length; at += KEY_BYTES) seen.add(view.getBigUint64(at));
  }
  return seen.size;
}

/** Totals of a period: events added up, installations counted once. */
export function sumDays(days: readonly UsageDay[]): DayNumbers {
  const sum = { views: 0, installs: 0, removes: 0 };
  for (const day of days) {
    sum.views += day.views;
    sum.installs += day.installs;
    sum.removes += day.removes;
  }
  return { ...sum, activeInstalls: countDistinct(days) };
}

/** Installs of the last days, each day weighing half as much as the day a week later. */
export function trendOf(days: readonly Pick<UsageDay, 'day' | 'installs'>[], today: number): number {
  const trend = days.reduce((sum, { day, installs }) => sum + installs * 2 ** (-Math.max(0, today - day) / HALF_LIFE_DAYS), 0);
  return Math.round(trend * 1000) / 1000;
}
