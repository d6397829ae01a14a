import { ROUTES } from '../../../contract/routes.ts';
import { type JsonRoute, reply, route } from '../../http/route.ts';
import type { StatisticsReadModel } from './statistics.read-model.ts';

const CACHE = 'public, max-age=0, s-maxage=1, must-revalidate';

export function statisticsRoutes(readModel: StatisticsReadModel): readonly JsonRoute[] {
  return [
    route(ROUTES.getStatistics, async ({ params, query }) =>
      reply(await readModel.statistics(`${params.scope}/${params.slug}`, query.days), { cache: CACHE }),
    ),
  ];
}
