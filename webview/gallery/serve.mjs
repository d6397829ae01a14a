// The gallery: every screen in every state, with the real bundles under the real content security policies.
//   node webview/gallery/serve.mjs        prints the addresses; webview/gallery/shoot.mjs takes pictures of them
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };
const common = { absWorkingDir: root, bundle: true, minify: true, tsconfig: 'webview/tsconfig.json', logLevel: 'warning' };

async function buildAll(out) {
  const web = {
    detail: 'webview/detail/index.ts',
    insights: 'webview/insights/index.ts',
    'web/storefront': 'webview/storefront/page.ts',
    'web/agent': 'webview/detail/page.ts',
    'web/style': 'webview/lib/web.css',
    style: 'webview/lib/ide.css',
  };
  const browser = { format: 'esm', splitting: true, target: 'es2022', define: { 'process.env.NODE_ENV': '"production"' } };
  await build({ ...common, ...browser, entryPoints: web, outdir: out, loader: { '.svg': 'dataurl' } });
  await build({
    ...common,
    entryPoints: { ssr: 'webview/ssr.ts', scenarios: 'webview/gallery/scenarios.ts' },
    outdir: join(out, 'node'),
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    platform: 'node',
    conditions: ['node'],
    banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
  });
}

const safeJson = (value) => JSON.stringify(value).replaceAll('<', '\\u003c');

function panelHtml(scenario, theme, nonce) {
  const answer = `window.acquireVsCodeApi = () => { let kept; const snapshot = ${safeJson(scenario.snapshot)};
    return { getState: () => kept, setState: (state) => { kept = state; }, postMessage(message) {
      if (message.kind !== 'request') return;
      window.requests = [...(window.requests ?? []), message];
      setTimeout(() => window.postMessage({ kind: 'reply', id: message.id, result: message.method === 'ready' ? snapshot : undefined }, '*'));
    } }; };
    const theme = ${safeJson(theme)};
    for (const [name, value] of Object.entries(theme.variables)) document.documentElement.style.setProperty(name, value);
    document.body.className = theme.className; document.body.dataset.vscodeThemeKind = theme.kind; document.body.dataset.vscodeThemeId = theme.id;`;
  const policy = `default-src 'none'; img-src 'self' data:; font-src 'self'; style-src 'self' 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
    <title>panel</title><link rel="stylesheet" href="/dist/style.css"></head><body><div id="app"></div>
    <script nonce="${nonce}">${answer}</script><script type="module" nonce="${nonce}" src="/dist/${scenario.screen}.js"></script></body></html>`;
}

function pageHtml(page, { html, title }) {
  const script =
    page.kind === 'storefront' || page.kind === 'agent' ? `<script type="module" src="/dist/web/${page.kind}.js"></script>` : '';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data: https:; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'">
    <title>${title}</title><link rel="stylesheet" href="/dist/web/style.css"></head><body><div id="app">${html}</div>
    <script type="application/json" id="snapshot">${safeJson(page)}</script>${script}</body></html>`;
}

/** Builds, starts on a free port of the loopback and answers {origin, ide, web, close}. */
export async function startGallery() {
  const out = mkdtempSync(join(tmpdir(), 'gallery-'));
  await buildAll(out);
  const load = (name) => import(pathToFileURL(join(out, 'node', name)).href);
  const [{ renderPage }, { IDE_SCENARIOS, WEB_SCENARIOS, apiAnswer }] = await Promise.all([
    load('ssr.mjs'),
    load('scenarios.mjs'),
  ]);
  const themes = JSON.parse(readFileSync(join(root, 'webview/gallery/themes.json'), 'utf8'));

  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://gallery');
    const path = decodeURIComponent(url.pathname);
    const send = (status, type, body) => response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body);
    if (path.startsWith('/dist/')) {
      const file = join(out, path.slice('/dist/'.length));
      if (!file.startsWith(out) || !existsSync(file)) return send(404, 'text/plain', 'not built');
      return send(200, TYPES[extname(file)] ?? 'application/octet-stream', readFileSync(file));
    }
    if (path.startsWith('/ide/')) {
      const scenario = IDE_SCENARIOS[path.slice('/ide/'.length)];
      const theme = themes[url.searchParams.get('theme') ?? 'dark'];
      if (scenario === undefined || theme === undefined) return send(404, 'text/plain', 'no such scenario');
      return send(200, 'text/html', panelHtml(scenario, theme, randomBytes(16).toString('base64')));
    }
    if (path.startsWith('/api/')) return send(200, 'application/json', JSON.stringify(apiAnswer(path)));
    if (path === '/v1/batch') return send(200, 'application/json', '{"success":true,"accepted":1,"dropped":[]}');
    const page = WEB_SCENARIOS[path + url.search] ?? WEB_SCENARIOS[path] ?? WEB_SCENARIOS['/nowhere'];
    return send(200, 'text/html', pageHtml(page, renderPage(page)));
  });
  await new Promise((ready) => server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', ready));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    ide: Object.keys(IDE_SCENARIOS),
    web: Object.keys(WEB_SCENARIOS),
    themes: Object.keys(themes),
    close: () => new Promise((closed) => server.close(closed)),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const gallery = await startGallery();
  for (const name of gallery.ide) console.log(`${gallery.origin}/ide/${name}?theme=dark`);
  for (const path of gallery.web) console.log(`${gallery.origin}${path}`);
}
