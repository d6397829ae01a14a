import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import type { SearchQuery } from '../../../contract/agents.ts';
import { DomainError } from '../../domain/errors.ts';
import type { PlaceKey } from './search/page-order.ts';

const CursorSchema = z.tuple([z.string(), z.number(), z.int(), z.number(), z.string(), z.string()]);

/** What a cursor belongs to: a cursor of one search means nothing in another. The page size may change. */
function fingerprint({ limit: _limit, cursor: _cursor, ...query }: SearchQuery): string {
  const parts = Object.entries(query).filter(([, value]) => value !== undefined);
  return hash('sha1', JSON.stringify(parts.sort(([a], [b]) => (a < b ? -1 : 1))), 'base64url').slice(0, 8);
}

/** The place behind which the next page begins. It names values, not row numbers, so the index may change in between. */
export function encodeSearchCursor(query: SearchQuery, place: PlaceKey): string {
  const title = query.sort === 'name' ? place.title : '';
  const parts = [fingerprint(query), place.first, place.isSunk ? 1 : 0, place.rank, place.name, title];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Throws invalid_cursor for anything that `encodeSearchCursor` did not make for this very search. */
export function decodeSearchCursor(query: SearchQuery): PlaceKey | undefined {
  if (query.cursor === undefined) return undefined;
  const parsed = CursorSchema.safeParse(parseJson(query.cursor));
  if (!parsed.success || parsed.data[0] !== fingerprint(query)) {
    throw new DomainError('invalid_cursor', { detail: 'The cursor does not belong to this search. Start again without it.' });
  }
  const [, first, isSunk, rank, name, title] = parsed.data;
  return { first, isSunk: isSunk === 1, rank, name, title };
}

function parseJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
