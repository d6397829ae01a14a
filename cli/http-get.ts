import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { createGunzip } from 'node:zlib';
import type { HttpAnswer, HttpGet } from '../installer/ports.ts';

const MAX_REDIRECTS = 5;
/** An `import` of node:http reads all its exports, one of which loads the whole of `fetch`: 20 ms. `require` leaves them alone. */
const load = createRequire(import.meta.url);

/**
 * GET over Node's own http. The global `fetch` costs a short-lived process about 25 ms to load; this costs 5. Follows redirects
 * and leaves the token behind when they lead to another origin.
 */
export const httpGet: HttpGet = (url, options) => follow(new URL(url), options, MAX_REDIRECTS);

async function follow(url: URL, options: Parameters<HttpGet>[1], left: number): Promise<HttpAnswer> {
  const answer = await send(url, options);
  const location = answer.headers.get('location');
  if (![301, 302, 303, 307, 308].includes(answer.status) || location === null || left === 0) return answer;
  const next = new URL(location, url);
  if (next.protocol !== 'http:' && next.protocol !== 'https:') return answer;
  if (url.protocol === 'https:' && next.protocol === 'http:') return answer;
  const { authorization: _, ...others } = options.headers;
  return follow(next, next.origin === url.origin ? options : { ...options, headers: others }, left - 1);
}

function send(url: URL, options: Parameters<HttpGet>[1]): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const { request: start } = load(url.protocol === 'https:' ? 'node:https' : 'node:http') as typeof import('node:http');
    const headers = { 'accept-encoding': 'gzip', ...options.headers };
    const request = start(url, { headers, signal: options.signal, agent: false }, (response) => {
      resolve({
        status: response.statusCode ?? 0,
        headers: { get: (name) => textOf(response.headers[name.toLowerCase()]) },
        body: response.headers['content-encoding'] === 'gzip' ? unzip(response) : response,
      });
    });
    request.on('error', reject);
    request.end();
  });
}

function unzip(response: IncomingMessage): AsyncIterable<Uint8Array> {
  const unzipped = createGunzip();
  // a connection that breaks off must reach whoever reads the unzipped end
  response.on('error', (error) => unzipped.destroy(error));
  return response.pipe(unzipped);
}

function textOf(value: string | string[] | undefined): string | null {
  return Array.isArray(value) ? value.join(', ') : (value ?? null);
}
