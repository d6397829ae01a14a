import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../../testing/settle.ts';
import { startTestService, type TestService } from '../../testing/test-service.ts';
import { chooseCoding } from './content-coding.ts';
import { scriptJson } from './html.ts';

/** A small stand-in for the build of the views: what it renders tells what it was given. */
const RENDERER = `export function renderPage(page) {
  if (page.kind === 'agent' && page.snapshot.agent.value.displayName === 'Breaks') throw new Error('view is broken');
  const what = page.kind === 'storefront' ? (page.results ? 'found ' + page.results.total : 'home') : page.kind === 'agent' ? page.snapshot.agent.value.displayName.replace(/</g, '&lt;') : page.kind;
  return { html: '<p>rendered ' + what + '</p>', title: 'T <' + page.kind + '>', description: 'D "x"' };
}`;

let service: TestService;
let plain: TestService;
const dist = mkdtempSync(join(tmpdir(), 'dist-'));

beforeAll(async () => {
  mkdirSync(join(dist, 'webview/web'), { recursive: true });
  mkdirSync(join(dist, 'webview/chunks'), { recursive: true });
  writeFileSync(join(dist, 'webview/ssr.mjs'), RENDERER);
  writeFileSync(join(dist, 'webview/web/style.css'), 'body{margin:0}'.repeat(100));
  writeFileSync(join(dist, 'webview/web/storefront.js'), 'export {};');
  writeFileSync(join(dist, 'webview/web/agent.js'), 'export {};');
  writeFileSync(join(dist, 'webview/chunks/shared-1.js'), 'export const a = 1;');
  [service, plain] = await Promise.all([startTestService({ distFolder: dist }), startTestService()]);
  for (const each of [service, plain]) {
    const token = await each.signIn('ada');
    await each.publish(token, {
      name: '@ada/helper',
      manifest: {
        agent: {
          displayName: 'Helper </script><script>alert(1)</script>',
          categories: ['documentation'],
          permissions: { capabilities: ['read'] },
        },
      },
    });
    await each.publish(token, {
      name: '@ada/breaks',
      manifest: { agent: { displayName: 'Breaks', categories: ['documentation'], permissions: { capabilities: ['read'] } } },
    });
    await settle(each);
  }
});
afterAll(async () => {
  await Promise.all([service.close(), plain.close()]);
  rmSync(dist, { recursive: true, force: true });
});

async function html(path: string, on = service): Promise<string> {
  const response = await on.request(path, { headers: { accept: 'text/html' } });
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  return response.text();
}

describe('a page', () => {
  it('holds the rendered view, its model and the head that browsers and search engines need', async () => {
    const page = await html('/agents/@ada/helper');
    expect(page).toContain('<div id="app"><p>rendered Helper &lt;/script>');
    expect(page).toContain('<title>T &lt;agent&gt;</title>');
    expect(page).toContain('<meta name="description" content="D &quot;x&quot;">');
    expect(page).toContain(`<link rel="canonical" href="${service.url}/agents/@ada/helper">`);
    expect(page).toContain('<meta property="og:image"');
    const snapshot = /<script type="application\/json" id="snapshot">(.*)<\/script>/.exec(page)?.[1] ?? '';
    expect(JSON.parse(snapshot)).toMatchObject({
      kind: 'agent',
      snapshot: { install: { kind: 'web' }, readme: { kind: 'ready' } },
    });
  });

  it('runs no script but its own file, whatever an agent is called', async () => {
    const page = await html('/agents/@ada/helper');
    const scripts = page.match(/<script[^>]*>/g) ?? [];
    expect(scripts).toHaveLength(2);
    expect(scripts[0]).toMatch(/^<script type="module" src="\/static\/[\w-]+\/web\/agent\.js">$/);
    const response = await service.request('/agents/@ada/helper');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("default-src 'none'");
  });

  it('is the storefront at /, a search at /agents, and forgiving about addresses people edit', async () => {
    expect(await html('/')).toContain('rendered home');
    expect(await html('/agents?q=breaks')).toContain('rendered found 1');
    expect(await html('/agents?q=&category=nonsense&cursor=broken&unknown=1')).toContain('rendered found 2');
    expect(await html('/agents?category=documentation&sort=relevance')).toContain(
      `href="${service.url}/agents?category=documentation"`,
    );
  });

  it('is compressed as the browser can take it, and 304 for its ETag', async () => {
    for (let round = 0; round < 2; round += 1) {
      const response = await service.request('/', { headers: { 'accept-encoding': 'br' } });
      expect(response.headers.get('content-encoding')).toBe('br');
      expect(response.headers.get('vary')).toContain('accept-encoding');
      const etag = response.headers.get('etag') ?? '';
      const again = await service.request('/', { headers: { 'accept-encoding': 'br', 'if-none-match': etag } });
      expect(again.status).toBe(304);
    }
  });

  it('changes when the catalogue does', async () => {
    expect(await html('/agents')).toContain('rendered found 2');
    await service.publish(await service.signIn('ada'), { name: '@ada/third' });
    await settle(service);
    expect(await html('/agents')).toContain('rendered found 3');
  });

  it('has the look of the others when there is nothing or something failed', async () => {
    const response = await service.request('/agents/@ada/none', { headers: { accept: 'text/html' } });
    expect(response.status).toBe(404);
    const text = await response.text();
    expect(text).toContain('rendered not_found');
    expect(text).toContain('noindex');
    expect((await service.request('/nowhere', { headers: { accept: 'text/html' } })).status).toBe(404);
    expect(await (await service.request('/agents/@ada/none')).json()).toMatchObject({ code: 'agent_not_found' });
  });

  it('is plain but whole when its view is broken or the build has none', async () => {
    expect(await html('/agents/@ada/breaks')).toContain('<h1>Breaks</h1>');
    const page = await html('/agents/@ada/helper', plain);
    expect(page).toContain('<h1>Helper &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1>');
    expect(page).not.toContain('<script');
    expect(await html('/', plain)).toContain('href="/agents/@ada/helper"');
  });
});

describe('static files', () => {
  it('are immutable, compressed and only those of the build', async () => {
    const style = /href="(\/static\/[^"]+style\.css)"/.exec(await html('/'))?.[1] ?? '';
    for (let round = 0; round < 2; round += 1) {
      const response = await service.request(style, { headers: { 'accept-encoding': 'gzip, br' } });
      expect(response.headers.get('cache-control')).toContain('immutable');
      expect(response.headers.get('content-encoding')).toBe('br');
      expect(await response.text()).toHaveLength(1_400);
    }
    const version = style.split('/')[2];
    expect((await service.request(`/static/${version}/chunks/shared-1.js`)).headers.get('content-type')).toContain(
      'text/javascript',
    );
    for (const path of [
      `/static/other/web/style.css`,
      `/static/${version}/ssr.mjs`,
      `/static/${version}/..%2fserver.js`,
      `/static/${version}/`,
    ]) {
      expect((await service.request(path)).status).toBe(404);
    }
  });

  it('come with robots.txt and a mark', async () => {
    expect(await (await service.request('/robots.txt')).text()).toContain('Disallow: /api/');
    expect((await service.request('/favicon.ico')).headers.get('content-type')).toBe('image/svg+xml');
  });
});

describe('helpers', () => {
  it('choose the best coding that is allowed', () => {
    expect(chooseCoding('gzip, deflate, br')).toBe('br');
    expect(chooseCoding('gzip;q=1.0, br;q=0')).toBe('gzip');
    expect(chooseCoding('identity')).toBe('identity');
    expect(chooseCoding(undefined)).toBe('identity');
    expect(brotliDecompressSync(Buffer.from('CwGAYWJjAw==', 'base64')).toString()).toBe('abc');
  });

  it('keep JSON inside its script element', () => {
    const text = scriptJson({ a: '</script><!--\u2028' });
    expect(text).not.toMatch(/[<\u2028]/);
    expect(JSON.parse(text)).toEqual({ a: '</script><!--\u2028' });
  });
});
