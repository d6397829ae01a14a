import { lazy } from '../platform/lazy-core.ts';
import type * as Chunk from './chunk.ts';

/**
 * The installer engine and the packaging code, a bundle of its own: activation must not pay for them.
 * The cast keeps the compiler from resolving a file that only the build makes; esbuild leaves the import alone.
 */
const chunk = lazy(() => import('./install.cjs' as string) as Promise<typeof Chunk>);

export function loadEngineChunk(): Promise<typeof Chunk> {
  return chunk.get();
}
