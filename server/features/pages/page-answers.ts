import { ReadyCache } from '../../domain/ready-cache.ts';
import { etagOf } from '../../http/etag.ts';
import type { HotAnswer, HotRoute } from '../../http/route.ts';
import { chooseCoding, encode } from './content-coding.ts';

const CACHE_BYTES = 24 * 1024 * 1024;
const BROTLI_QUALITY = 5;
const GROUP = 'pages';
const MAX_ADDRESS_CHARS = 600;

export interface PageAddress {
  readonly host: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly acceptEncoding: string | string[] | undefined;
}

/** Rendered and compressed pages by address, all of the same state of the catalogue. */
export interface PageAnswers {
  get(address: PageAddress, makeHtml: () => Promise<string>): Promise<HotAnswer>;
  drop(): void;
  readonly hotRoute: HotRoute;
}

export function createPageAnswers(): PageAnswers {
  const cache = new ReadyCache<HotAnswer>(CACHE_BYTES);
  return {
    async get(address, makeHtml) {
      const ticket = cache.begin(GROUP);
      const html = Buffer.from(await makeHtml());
      const coding = chooseCoding(address.acceptEncoding);
      const body = await encode(html, coding, BROTLI_QUALITY);
      const answer: HotAnswer = {
        body,
        etag: etagOf(body),
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'public, max-age=0, must-revalidate',
          vary: 'accept-encoding',
          ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
        },
      };
      if (address.url.length <= MAX_ADDRESS_CHARS)
        cache.set(ticket, keyOf(address.host, address.url, coding), answer, body.length + 1_000);
      return answer;
    },
    drop: () => cache.drop(GROUP),
    hotRoute: {
      id: 'page',
      find(path, query, headers) {
        if (path !== '/' && !path.startsWith('/agents')) return undefined;
        const url = query === '' ? path : `${path}?${query}`;
        return cache.get(keyOf(headers.host ?? '', url, chooseCoding(headers['accept-encoding'])));
      },
    },
  };
}

function keyOf(host: string, url: string, coding: string): string {
  return `${coding} ${host} ${url}`;
}
