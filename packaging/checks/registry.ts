import type { Check } from './check.ts';
import { readableCheck } from './readable.ts';

/** Every check that runs over a package, at publish and at install. */
export const CHECKS: readonly Check[] = [readableCheck];
