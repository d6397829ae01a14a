import type { CatalogueFeature } from '../features/catalogue/catalogue.feature.ts';
import type { UsageFeature } from '../features/usage/usage.feature.ts';
import type { TestService } from './test-service.ts';

/** Folds what came in and takes it over into the catalogue, instead of waiting a second for both. */
export async function settle({ service }: TestService): Promise<void> {
  const all = service.features as readonly (Partial<UsageFeature> & Partial<CatalogueFeature>)[];
  for (const feature of all) await feature.foldNow?.();
  for (const feature of all) await feature.refreshNow?.();
}
