import type { Statistics } from '../../../contract/agents.ts';
import type { Clock } from '../../domain/clock.ts';
import { sumDays } from '../usage/fold.ts';
import type { UsageDay, UsageStore } from '../usage/usage.store.ts';
import { DAY_MS } from '../usage/usage-event.ts';

export interface StatisticsOptions {
  readonly usage: Pick<UsageStore, 'listDays' | 'getTotals'>;
  /** Offered versions of an agent, oldest first; throws agent_not_found. */
  readonly releases: (name: string) => Promise<readonly { readonly version: string; readonly publishedAt: string }[]>;
  /** End of the last complete fold, milliseconds since 1970; undefined before the first. */
  readonly freshAt: () => number | undefined;
  readonly clock: Clock;
}

export interface StatisticsReadModel {
  /** The last `days` UTC days, today included, without gaps. Throws agent_not_found. */
  statistics(name: string, days: number): Promise<Statistics>;
}

export function createStatisticsReadModel({ usage, releases, freshAt, clock }: StatisticsOptions): StatisticsReadModel {
  return {
    async statistics(name, days) {
      const published = await releases(name);
      const now = clock.now();
      const today = Math.floor(now / DAY_MS);
      const from = today - days + 1;
      const buckets = await usage.listDays(name, from - days, today);
      const current = buckets.filter((bucket) => bucket.day >= from);
      const [totals] = await usage.getTotals([name]);
      return {
        name,
        days: fillGaps(current, from, today),
        totals: sumDays(current),
        previous: sumDays(buckets.filter((bucket) => bucket.day < from)),
        releases: published
          .map(({ version, publishedAt }) => ({ version, day: publishedAt.slice(0, 10) }))
          .filter(({ day }) => day >= isoDay(from)),
        freshAt: new Date(Math.max(totals?.freshAt ?? 0, freshAt() ?? 0) || now).toISOString(),
      };
    },
  };
}

/** One entry for each day of the range; a day without a bucket has zeros. */
function fillGaps(buckets: readonly UsageDay[], from: number, to: number): Statistics['days'] {
  const byDay = new Map(buckets.map((bucket) => [bucket.day, bucket]));
  return Array.from({ length: to - from + 1 }, (_, offset) => {
    const { views = 0, installs = 0, removes = 0, activeInstalls = 0 } = byDay.get(from + offset) ?? {};
    return { day: isoDay(from + offset), views, installs, removes, activeInstalls };
  });
}

function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
