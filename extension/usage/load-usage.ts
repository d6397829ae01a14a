import { lazy } from '../platform/lazy-core.ts';
import type * as Chunk from './chunk.ts';

/** See install/engine-chunk.ts for the cast. */
const chunk = lazy(() => import('./usage.cjs' as string) as Promise<typeof Chunk>);

export function loadUsageChunk(): Promise<typeof Chunk> {
  return chunk.get();
}
