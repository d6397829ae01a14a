import { etagOf } from '../etag.ts';
import type { Feature, ProtocolRoute } from '../route.ts';
import { renderDocsPage } from './docs-page.ts';
import { buildOpenApi } from './document.ts';

const REVALIDATED = 'public, max-age=0, must-revalidate';

/** `/api/v1/openapi.json` and `/api/docs` about everything the other features mount, and about themselves. Made once, when first asked. */
export function createOpenApiFeature(others: readonly Feature[], version: string): Feature {
  let made: { readonly json: string; readonly html: string } | undefined;

  function make() {
    if (made !== undefined) return made;
    const definitions = others.flatMap((feature) => feature.routes ?? []).map(({ definition }) => definition);
    const document = buildOpenApi(
      definitions,
      [...protocolRoutes, ...others.flatMap((feature) => feature.protocolRoutes ?? [])],
      version,
    );
    const { schemas } = document.components;
    made = { json: JSON.stringify(document), html: renderDocsPage(document, schemas) };
    return made;
  }

  const common = { method: 'GET', tag: 'pages', auth: 'public' } as const;
  const protocolRoutes: readonly ProtocolRoute[] = [
    {
      ...common,
      id: 'openApi',
      paths: ['/api/v1/openapi.json'],
      summary: 'This document.',
      handle: () => ({
        headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': REVALIDATED, etag: etagOf(make().json) },
        body: make().json,
      }),
    },
    {
      ...common,
      id: 'apiDocs',
      paths: ['/api/docs'],
      summary: 'This document for people.',
      handle: () => ({
        headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': REVALIDATED, etag: etagOf(make().html) },
        body: make().html,
      }),
    },
  ];
  return { protocolRoutes };
}
