import type { PageModel, RenderedPage } from '../../../contract/webview/pages.ts';
import { escapeHtml, scriptJson } from './html.ts';

export interface ShellOptions {
  readonly model: PageModel;
  readonly rendered: RenderedPage;
  /** Origin of the service, for addresses that must be absolute. */
  readonly origin: string;
  /** Path and query that search engines should know the page by; absent: it should not be found at all. */
  readonly canonicalPath?: string | undefined;
  /** Address of a built file; undefined when this build has none. */
  readonly staticPath: (file: string) => string | undefined;
}

const SCRIPTS: Partial<Record<PageModel['kind'], string>> = { storefront: 'web/storefront.js', agent: 'web/agent.js' };

/** The document around a rendered page. Readable without its script, which draws over `#app` from the embedded model. */
export function renderShell({ model, rendered, origin, canonicalPath, staticPath }: ShellOptions): string {
  const scriptFile = SCRIPTS[model.kind];
  const script = scriptFile === undefined ? undefined : staticPath(scriptFile);
  const style = staticPath('web/style.css');
  const lines = [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(rendered.title)}</title>`,
    `<meta name="description" content="${escapeHtml(rendered.description)}">`,
    canonicalPath === undefined
      ? '<meta name="robots" content="noindex">'
      : `<link rel="canonical" href="${escapeHtml(origin + canonicalPath)}">`,
    ...openGraph(model, rendered, origin, canonicalPath),
    '<link rel="icon" href="/favicon.svg" type="image/svg+xml">',
    style === undefined ? '' : `<link rel="stylesheet" href="${style}">`,
    script === undefined ? '' : `<script type="module" src="${script}"></script>`,
    '</head>',
    '<body>',
    `<div id="app">${rendered.html}</div>`,
    script === undefined ? '' : `<script type="application/json" id="snapshot">${scriptJson(model)}</script>`,
    '</body>',
    '</html>',
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function openGraph(model: PageModel, rendered: RenderedPage, origin: string, path: string | undefined): string[] {
  if (path === undefined) return [];
  const icon = model.kind === 'agent' && model.snapshot.agent.kind === 'ready' ? model.snapshot.agent.value.iconPath : undefined;
  const properties = {
    'og:type': 'website',
    'og:site_name': 'coditect',
    'og:title': rendered.title,
    'og:description': rendered.description,
    'og:url': origin + path,
    ...(icon === undefined ? {} : { 'og:image': origin + icon }),
  };
  return Object.entries(properties).map(
    ([property, content]) => `<meta property="${property}" content="${escapeHtml(content)}">`,
  );
}
