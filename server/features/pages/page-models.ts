import type { DetailSnapshot, Loadable } from '../../../contract/webview/detail.ts';
import type { PageModel, Site } from '../../../contract/webview/pages.ts';
import { DomainError } from '../../domain/errors.ts';
import type { CatalogueReadModel } from '../catalogue/catalogue.read-model.ts';
import { canonicalSearchPath, readPageQuery } from './page-query.ts';

export interface PageDraft {
  readonly model: PageModel;
  /** Absent for pages that search engines should not list. */
  readonly canonicalPath?: string;
}

export interface PageModelsOptions {
  readonly catalogue: CatalogueReadModel;
  /** Facts about this service, asked anew for each page. */
  readonly site: (origin: string) => Promise<Site>;
}

const LISTED_VERSIONS = 100;

export interface PageModels {
  storefront(origin: string): Promise<PageDraft>;
  search(params: URLSearchParams, origin: string): Promise<PageDraft>;
  /** Throws agent_not_found. */
  agent(name: string, origin: string): Promise<PageDraft>;
}

/** What each page shows, in one value that the service renders and the browser takes over. */
export function createPageModels({ catalogue, site }: PageModelsOptions): PageModels {
  return {
    async storefront(origin) {
      const model: PageModel = { kind: 'storefront', storefront: await catalogue.storefront(), site: await site(origin) };
      return { model, canonicalPath: '/' };
    },

    async search(params, origin) {
      const { query, shown } = readPageQuery(params);
      const [storefront, results] = await Promise.all([
        catalogue.storefront(),
        catalogue.search(query).catch((error: unknown) => {
          // an old link to a page of results: show the first one
          if (!(error instanceof DomainError) || error.code !== 'invalid_cursor') throw error;
          const { cursor: _, ...first } = query;
          return catalogue.search(first);
        }),
      ]);
      const model: PageModel = { kind: 'storefront', storefront, query: shown, results, site: await site(origin) };
      return shown.cursor === undefined && results.total > 0 ? { model, canonicalPath: canonicalSearchPath(shown) } : { model };
    },

    async agent(name, origin) {
      const agent = await catalogue.detail(name);
      const [readme, versions] = await Promise.all([
        catalogue.readme(name, agent.latestVersion),
        catalogue.versions(name, { limit: LISTED_VERSIONS }),
      ]);
      const snapshot: DetailSnapshot = {
        agent: ready(agent),
        readme: ready({ ...readme, markdown: '' }),
        versions: ready(versions.items),
        statistics: { kind: 'loading' },
        install: { kind: 'web' },
        isOffline: false,
        serviceUrl: origin,
      };
      return { model: { kind: 'agent', snapshot, site: await site(origin) }, canonicalPath: `/agents/${name}` };
    },
  };
}

function ready<T>(value: T): Loadable<T> {
  return { kind: 'ready', value };
}
