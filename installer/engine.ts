import type { Engine, EngineSettings } from './engine-types.ts';
import { InstallError } from './errors.ts';

/** Builds the engine for one workspace. Cheap: nothing is read before the first call. */
export function createEngine(_settings: EngineSettings): Engine {
  throw new InstallError('io_failed');
}
