import { ROUTES } from '../../../contract/routes.ts';
import { type JsonRoute, reply, route } from '../../http/route.ts';
import type { CatalogueAnswers } from './catalogue.hot.ts';
import type { CatalogueReadModel } from './catalogue.read-model.ts';

/** What may be seen elsewhere at once is checked each time (a 304 is cheap); shared caches may hold it for a moment. */
export const LIVE = 'public, max-age=0, s-maxage=5, must-revalidate';
/** Texts of one version: they change only when our rendering does. */
export const SETTLED = 'public, max-age=300, s-maxage=3600';

/** JSON routes of the catalogue. The first three also leave their answer in `answers`, from where the hot lane sends it again. */
export function catalogueRoutes(catalogue: CatalogueReadModel, answers: CatalogueAnswers): readonly JsonRoute[] {
  return [
    route(ROUTES.getStorefront, async () =>
      reply(await answers.keep({ id: 'getStorefront' }, () => catalogue.storefront()), { cache: LIVE }),
    ),
    route(ROUTES.searchAgents, async ({ query }) =>
      reply(await answers.keep({ id: 'searchAgents', query }, () => catalogue.search(query)), { cache: LIVE }),
    ),
    route(ROUTES.getAgent, async ({ params }) => {
      const name = nameOf(params);
      return reply(await answers.keep({ id: 'getAgent', name }, () => catalogue.detail(name)), { cache: LIVE });
    }),
    route(ROUTES.listVersions, async ({ params, query }) =>
      reply(await catalogue.versions(nameOf(params), query), { cache: LIVE }),
    ),
    route(ROUTES.getVersion, async ({ params }) =>
      reply(await catalogue.version(nameOf(params), params.version), { cache: LIVE }),
    ),
    route(ROUTES.getReadme, async ({ params }) =>
      reply(await catalogue.readme(nameOf(params), params.version), { cache: SETTLED }),
    ),
  ];
}

function nameOf({ scope, slug }: { scope: string; slug: string }): string {
  return `${scope}/${slug}`;
}
