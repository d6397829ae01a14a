import type { SearchPage, SearchQuery, Storefront } from '../agents.ts';
import type { DetailSnapshot } from './detail.ts';

/** What the person filtered by, as it stood in the address. */
export type PageQuery = Partial<Omit<SearchQuery, 'limit'>>;

/** Facts about this service that every page shows. Absent fields leave their links out. */
export interface Site {
  /** Absolute path of the .vsix that fits this service. */
  readonly extensionPath?: string;
  /** Origin of this service, for the terminal commands; absent where the service has no terminal client to offer. */
  readonly cliServiceUrl?: string;
  /** Absolute path of the readable API description. */
  readonly apiDocsPath?: string;
}

/**
 * Whole model of a web page. The service renders it to HTML and embeds the same value as JSON in
 * `<script type="application/json" id="snapshot">`; the client script takes over `#app` with it.
 * `storefront` with `results` is the search page. Scripts: web/storefront.js for `storefront`, web/agent.js for `agent`, none for the others.
 */
export type PageModel =
  | {
      readonly kind: 'storefront';
      readonly storefront: Storefront;
      readonly query?: PageQuery;
      readonly results?: SearchPage;
      readonly site?: Site;
    }
  | { readonly kind: 'agent'; readonly snapshot: DetailSnapshot; readonly site?: Site }
  | { readonly kind: 'not_found'; readonly path?: string; readonly site?: Site }
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly requestId?: string;
      readonly site?: Site;
    };

/** `html` goes inside `<div id="app">`; title and description are plain text, not yet escaped. */
export interface RenderedPage {
  readonly html: string;
  readonly title: string;
  readonly description: string;
}

/** The one export of dist/webview/ssr.mjs, loaded by path at run time. */
export interface PageRenderer {
  renderPage(page: PageModel): RenderedPage;
}
