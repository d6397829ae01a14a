import type { Statistics } from '../../contract/agents.ts';

export const DAY_MS = 86_400_000;
/** Fixed, so that screenshots and tests do not change with the calendar. */
export const NOW = Date.parse('2026-11-23T12:04:00.000Z');

/** A plausible month: weekly rhythm, slow growth, a jump at a release. */
export function statisticsOf(count: number, scale = 1): Statistics {
  const days = Array.from({ length: count }, (_, index) => {
    const date = new Date(NOW - (count - 1 - index) * DAY_MS);
    const isWeekend = date.getUTCDay() % 6 === 0;
    const wave = Math.abs(Math.sin(index * 12.9898) * 43.5453) % 1;
    const base = (24 + index * 0.6 + (index > count - 5 ? 18 : 0)) * (isWeekend ? 0.45 : 1) * (0.8 + wave * 0.4) * scale;
    return {
      day: date.toISOString().slice(0, 10),
      views: Math.round(base * 3.1),
      installs: Math.round(base),
      removes: Math.round(base * 0.1),
      activeInstalls: Math.round((180 + index * 5 + wave * 20) * (isWeekend ? 0.6 : 1) * scale),
    };
  });
  const sum = (key: 'views' | 'installs' | 'removes') => days.reduce((total, day) => total + day[key], 0);
  const totals = {
    views: sum('views'),
    installs: sum('installs'),
    removes: sum('removes'),
    activeInstalls: Math.round(388 * scale),
  };
  return {
    name: '@coditect/review-board',
    days,
    totals,
    previous: {
      views: Math.round(totals.views * 0.9),
      installs: Math.round(totals.installs * 0.89),
      removes: totals.removes,
      activeInstalls: Math.round(400 * scale),
    },
    releases: [
      { day: days[Math.max(0, count - 22)]?.day ?? '', version: '1.4.0' },
      { day: days[count - 4]?.day ?? '', version: '1.5.0' },
    ],
    freshAt: new Date(NOW - 40_000).toISOString(),
  };
}
