import { lazy } from '../platform/lazy-core.ts';
import { translator } from '../platform/text-core.ts';
import type * as Chunk from './chunk.ts';

/** See install/engine-chunk.ts for the cast. */
const chunk = lazy(async () => {
  const loaded = (await import('./api.cjs' as string)) as typeof Chunk;
  loaded.useTranslator(translator());
  return loaded;
});

export function loadApiChunk(): Promise<typeof Chunk> {
  return chunk.get();
}
