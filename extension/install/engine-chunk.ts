import { lazy } from '../platform/lazy-core.ts';
import { translator } from '../platform/text-core.ts';
import type * as Chunk from './chunk.ts';

/**
 * The installer engine, packaging, and the questions around a change of the workspace: a bundle of its own, since activation must
 * not pay for them. The cast keeps the compiler from resolving a file that only the build makes; esbuild leaves the import alone.
 */
const chunk = lazy(async () => {
  const loaded = (await import('./install.cjs' as string)) as typeof Chunk;
  loaded.useTranslator(translator());
  return loaded;
});

export function loadEngineChunk(): Promise<typeof Chunk> {
  return chunk.get();
}
