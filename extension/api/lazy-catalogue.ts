import type { Catalogue } from './catalogue-core.ts';

/** The catalogue's questions, without its code: that is loaded by the first one. */
export type CatalogueApi = { readonly [Question in keyof Catalogue]: Catalogue[Question] };

export function lazyCatalogue(load: () => Promise<Catalogue>): CatalogueApi {
  return {
    storefront: async (...args) => (await load()).storefront(...args),
    search: async (...args) => (await load()).search(...args),
    agent: async (...args) => (await load()).agent(...args),
    readme: async (...args) => (await load()).readme(...args),
    versions: async (...args) => (await load()).versions(...args),
    version: async (...args) => (await load()).version(...args),
    statistics: async (...args) => (await load()).statistics(...args),
    myAgents: async (...args) => (await load()).myAgents(...args),
  };
}
