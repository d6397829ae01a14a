import { lazy } from '../platform/lazy-core.ts';
import { translator } from '../platform/text-core.ts';
import type * as Chunk from './chunk.ts';

/** Panels, the Insights session and the search picker: loaded when one of them is first shown. See install/engine-chunk.ts for the cast. */
const chunk = lazy(async () => {
  const loaded = (await import('./panels.cjs' as string)) as typeof Chunk;
  loaded.useTranslator(translator());
  return loaded;
});

export function loadPanelsChunk(): Promise<typeof Chunk> {
  return chunk.get();
}
