import type { Problem } from '../../../contract/errors.ts';
import type { PageModel, PageRenderer, RenderedPage, Site } from '../../../contract/webview/pages.ts';
import type { Log } from '../../domain/log.ts';
import type { Feature } from '../../http/route.ts';
import { startTicker, type Ticker } from '../../jobs/ticker.ts';
import type { CatalogueReadModel } from '../catalogue/catalogue.read-model.ts';
import { createPageAnswers } from './page-answers.ts';
import { createPageModels } from './page-models.ts';
import { renderShell } from './page-shell.ts';
import { pageRoutes } from './pages.routes.ts';
import { plainRenderer } from './plain-renderer.ts';
import { createStaticFiles, type StaticFiles } from './static-files.ts';

export interface PagesFeatureOptions {
  readonly catalogue: CatalogueReadModel;
  /** Calls back after the catalogue or its numbers have changed. */
  readonly onCatalogueChanged: (listener: () => void) => void;
  /** Built files of the pages by path. */
  readonly readFiles: () => Promise<ReadonlyMap<string, Buffer>>;
  /** Rejects when the build has no renderer. */
  readonly importRenderer: () => Promise<PageRenderer>;
  readonly site: (origin: string) => Promise<Site>;
  /** Origin of the service for a Host header. */
  readonly originOf: (host: string) => string;
  readonly log: Log;
}

export interface PagesFeature extends Feature {
  /** A page about a problem, in the look of the others. */
  renderErrorPage(problem: Problem): string;
}

/** Pages say "3 minutes ago": they are made anew this often even when nothing changes. */
const PAGE_AGE_MS = 60_000;

/** The web pages: storefront, search and agents, and what browsers ask for beside them. */
export function createPagesFeature(options: PagesFeatureOptions): PagesFeature {
  const { log } = options;
  let renderer: PageRenderer = plainRenderer;
  let files: StaticFiles = createStaticFiles(new Map());
  let ticker: Ticker | undefined;
  const answers = createPageAnswers();
  options.onCatalogueChanged(answers.drop);

  function render(model: PageModel): RenderedPage {
    try {
      return renderer.renderPage(model);
    } catch (err) {
      log.error({ err, page: model.kind }, 'page not rendered; a plain one is sent');
      return plainRenderer.renderPage(model);
    }
  }

  const staticPath = (file: string) => files.pathOf(file);
  return {
    protocolRoutes: [
      ...pageRoutes({
        models: createPageModels({ catalogue: options.catalogue, site: options.site }),
        answers,
        originOf: options.originOf,
        toHtml: ({ model, canonicalPath }, origin) =>
          renderShell({ model, rendered: render(model), origin, canonicalPath, staticPath }),
      }),
      { ...files.route, handle: (request) => files.route.handle(request) },
    ],
    hotRoutes: [
      answers.hotRoute,
      { id: files.hotRoute.id, find: (path, query, headers) => files.hotRoute.find(path, query, headers) },
    ],

    async start() {
      files = createStaticFiles(await options.readFiles());
      renderer = await options.importRenderer().catch((err: unknown) => {
        log.warn({ err }, 'no page renderer in this build: pages are plain');
        return plainRenderer;
      });
      answers.drop();
      ticker = startTicker({
        work: async () => answers.drop(),
        everyMs: PAGE_AGE_MS,
        onError: (err) => log.error({ err }, 'pages not dropped'),
      });
    },

    stop: async () => ticker?.stop(),

    renderErrorPage(problem) {
      const model = errorModel(problem);
      return renderShell({ model, rendered: render(model), origin: '', staticPath });
    },
  };
}

function errorModel({ status, code, title, detail, requestId }: Problem): PageModel {
  if (status === 404) return { kind: 'not_found' };
  return { kind: 'error', code, message: detail ?? title, ...(requestId === undefined ? {} : { requestId }) };
}
