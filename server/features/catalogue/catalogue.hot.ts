import * as z from 'zod/mini';
import { type SearchQuery, SearchQuerySchema } from '../../../contract/agents.ts';
import { ROUTES } from '../../../contract/routes.ts';
import { ReadyCache } from '../../domain/ready-cache.ts';
import { etagOf } from '../../http/etag.ts';
import type { HotAnswer, HotRoute } from '../../http/route.ts';
import { LIVE } from './catalogue.routes.ts';

export type AnswerKey =
  | { readonly id: 'getStorefront' }
  | { readonly id: 'searchAgents'; readonly query: SearchQuery }
  | { readonly id: 'getAgent'; readonly name: string };

/** Ready answers of the hottest routes, all of the same state of the catalogue. */
export interface CatalogueAnswers {
  /** Makes a body, leaves its bytes for the hot lane, and hands it on. */
  keep<Body>(key: AnswerKey, make: () => Promise<Body>): Promise<Body>;
  /** Forgets everything: call it whenever an agent or its numbers have changed. */
  drop(): void;
  readonly hotRoutes: readonly HotRoute[];
}

const CACHE_BYTES = 32 * 1024 * 1024;
/** Addresses that were seen and the key they stand for: spares parsing the query again. */
const MAX_ADDRESSES = 5_000;
const GROUP = 'catalogue';
const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': LIVE };
const DETAIL_PREFIX = ROUTES.getAgent.path.split(':', 1)[0] ?? '';

export function createCatalogueAnswers(): CatalogueAnswers {
  const cache = new ReadyCache<HotAnswer>(CACHE_BYTES);
  const addresses = new Map<string, string>();

  function searchKey(query: string): string | undefined {
    const known = addresses.get(query);
    if (known !== undefined) return known;
    const parsed = z.safeParse(SearchQuerySchema, Object.fromEntries(new URLSearchParams(query)));
    if (!parsed.success) return undefined;
    const key = keyOf({ id: 'searchAgents', query: parsed.data });
    if (addresses.size >= MAX_ADDRESSES) addresses.clear();
    addresses.set(query, key);
    return key;
  }

  return {
    async keep(key, make) {
      const ticket = cache.begin(GROUP);
      const body = await make();
      const bytes = Buffer.from(JSON.stringify(body));
      const answer = { body: bytes, etag: etagOf(bytes), headers: HEADERS };
      cache.set(ticket, keyOf(key), answer, bytes.length + 500);
      return body;
    },
    drop: () => cache.drop(GROUP),
    hotRoutes: [
      {
        id: 'getAgent',
        find(path) {
          if (!path.startsWith(DETAIL_PREFIX)) return undefined;
          const rest = path.slice(DETAIL_PREFIX.length);
          return cache.get(`getAgent ${rest.startsWith('%40') ? `@${rest.slice(3)}` : rest}`);
        },
      },
      {
        id: 'searchAgents',
        find(path, query) {
          if (path !== ROUTES.searchAgents.path) return undefined;
          const key = searchKey(query);
          return key === undefined ? undefined : cache.get(key);
        },
      },
      {
        id: 'getStorefront',
        find: (path) => (path === ROUTES.getStorefront.path ? cache.get('getStorefront') : undefined),
      },
    ],
  };
}

function keyOf(key: AnswerKey): string {
  if (key.id === 'getStorefront') return key.id;
  if (key.id === 'getAgent') return `${key.id} ${key.name}`;
  const parts = Object.entries(key.query).filter(([, value]) => value !== undefined);
  return `${key.id} ${JSON.stringify(parts.sort(([a], [b]) => (a < b ? -1 : 1)))}`;
}
