import { createSignal, type Signal } from '../../domain/signal.ts';
import type { Feature } from '../../http/route.ts';
import { startTicker, type Ticker } from '../../jobs/ticker.ts';
import type { PackageStore } from '../publishing/package-store.ts';
import type { PublishingStore } from '../publishing/publishing.store.ts';
import type { UsageStore } from '../usage/usage.store.ts';
import { identiconRoute, pictureRoute } from './assets.routes.ts';
import { createCatalogueAnswers } from './catalogue.hot.ts';
import { type CatalogueReadModel, createCatalogueReadModel } from './catalogue.read-model.ts';
import { catalogueRoutes } from './catalogue.routes.ts';
import type { CatalogueStore } from './catalogue.store.ts';
import { createCatalogueIndex } from './catalogue-index.ts';
import { SEED_COLLECTIONS } from './collections.ts';
import { createReadmes } from './readme/readmes.ts';

export interface CatalogueFeatureOptions {
  readonly store: CatalogueStore;
  readonly publishing: PublishingStore;
  readonly usage: Pick<UsageStore, 'listTotals'>;
  /** Tarballs, for the pictures that only a README shows. */
  readonly packages: PackageStore;
  readonly pictures: PackageStore;
  readonly isVerifiedScope: (scope: string) => boolean;
  /** Rings after an agent was saved on this node. */
  readonly catalogueChanged: Signal;
  /** Rings after usage totals have changed on this node. */
  readonly totalsChanged: Signal;
  readonly onError: (error: unknown) => void;
}

export interface CatalogueFeature extends Feature {
  readonly readModel: CatalogueReadModel;
  /** Calls back after an agent or its numbers have changed: whoever keeps answers drops them. */
  onChanged(listener: () => void): void;
  /** Takes over at once what is new in the stores; the service does it by itself within a second. */
  refreshNow(): Promise<void>;
}

const POLL_MS = 1_000;
const POKE_MS = 5;

export function createCatalogueFeature(options: CatalogueFeatureOptions): CatalogueFeature {
  const { store, publishing, isVerifiedScope } = options;
  const answers = createCatalogueAnswers();
  const changed = createSignal();
  changed.subscribe(answers.drop);
  const index = createCatalogueIndex({
    publishing,
    store,
    usage: options.usage,
    isVerifiedScope,
    onChanged: changed.emit,
  });
  const readmes = createReadmes({ packages: options.packages, pictures: options.pictures });
  const readModel = createCatalogueReadModel({ index, store, publishing, readmes, isVerifiedScope });
  let ticker: Ticker | undefined;
  const stopListening: (() => void)[] = [];

  return {
    readModel,
    onChanged: (listener) => void changed.subscribe(listener),
    routes: catalogueRoutes(readModel, answers),
    protocolRoutes: [identiconRoute(), pictureRoute(options.pictures)],
    hotRoutes: answers.hotRoutes,
    refreshNow: async () => {
      await (ticker?.runNow() ?? index.refresh());
    },
    async start() {
      for (const collection of SEED_COLLECTIONS) await store.addCollection(collection);
      await index.load();
      ticker = startTicker({ work: () => index.refresh(), everyMs: POLL_MS, pokeMs: POKE_MS, onError: options.onError });
      const changed = options.catalogueChanged.subscribe(() => {
        // an agent's own page must show a publish at once, before the index has followed
        answers.drop();
        ticker?.poke();
      });
      stopListening.push(
        changed,
        options.totalsChanged.subscribe(() => ticker?.poke()),
      );
      ticker.poke();
    },
    async stop() {
      for (const stop of stopListening) stop();
      await ticker?.stop();
    },
  };
}
