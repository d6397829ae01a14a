import * as z from 'zod/mini';
import { LIMITS } from './limits.ts';

/** Query text to a whole number within bounds; used for every `limit`, `days` and the like. */
export function integerParam(minimum: number, maximum: number, fallback: number) {
  return z._default(z.coerce.number().check(z.int(), z.minimum(minimum), z.maximum(maximum)), fallback);
}

export const PageQuery = {
  cursor: z.optional(z.string().check(z.maxLength(500))),
  limit: integerParam(1, LIMITS.pageMax, LIMITS.pageDefault),
};

/** A page of a list: `nextCursor` is opaque and absent on the last page. */
export function pageOf<Item extends z.core.$ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.optional(z.string()) });
}
