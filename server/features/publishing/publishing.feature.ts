import type { Actor } from '../../domain/actor.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../domain/log.ts';
import type { Signal } from '../../domain/signal.ts';
import { parseJson } from '../../http/body.ts';
import type { Feature } from '../../http/route.ts';
import type { AgentSearch } from '../catalogue/catalogue.search.ts';
import { createAgentSaver } from './agent-saver.ts';
import { createChangeFeed } from './change-feed.ts';
import type { PopularNames } from './confusable-name.ts';
import { myAgentsRoute } from './my-agents.ts';
import { npmAuditRoutes } from './npm/audit.routes.ts';
import { npmReadRoutes } from './npm/read.routes.ts';
import { createRegistryReader } from './npm/registry-reader.ts';
import { npmSearchRoute } from './npm/search.routes.ts';
import { npmWriteRoutes } from './npm/write.routes.ts';
import type { PackageStore } from './package-store.ts';
import { createPublishingService } from './publishing.service.ts';
import type { PublishingStore } from './publishing.store.ts';
import { publishSeed } from './seed.ts';
import type { Signer } from './signing.ts';

export interface PublishingFeatureOptions {
  readonly store: PublishingStore;
  readonly packages: PackageStore;
  readonly pictures: PackageStore;
  readonly signer: Signer;
  readonly names: PopularNames;
  readonly clock: Clock;
  readonly log: Log;
  /** Absent: no `npm search`. */
  readonly search?: AgentSearch;
  /** Rings after each save of an agent on this node. */
  readonly catalogueChanged: Signal;
  readonly pollMs: number;
  readonly publicUrl: string | undefined;
  readonly fallbackOrigin: string;
  /** Absent: no first-party packages. */
  readonly seed?: { readonly folder: string; readonly systemActor: () => Promise<Actor> };
}

/** Publishing and the npm registry protocol over it. */
export function createPublishingFeature(options: PublishingFeatureOptions): Feature {
  const { store, packages, signer, clock, log, catalogueChanged } = options;
  const reader = createRegistryReader({ store, packages });
  const saver = createAgentSaver(store, (name) => {
    reader.forget(name);
    catalogueChanged.emit();
  });
  const publishing = createPublishingService({ ...options, saver });
  // For changes of other nodes: own saves have dropped their entries already.
  const feed = createChangeFeed({
    store,
    bell: catalogueChanged,
    log,
    pollMs: options.pollMs,
    from: 'now',
    handle: (changes) => {
      for (const { name } of changes) reader.forget(name);
    },
  });
  const read = npmReadRoutes({ reader, signer, publicUrl: options.publicUrl, fallbackOrigin: options.fallbackOrigin });
  return {
    routes: [myAgentsRoute(store)],
    protocolRoutes: [
      ...(options.search === undefined ? [] : [npmSearchRoute(options.search)]),
      ...npmAuditRoutes(),
      ...npmWriteRoutes({ publishing, saver, clock, parseJson }),
      ...read.protocolRoutes,
    ],
    hotRoutes: read.hotRoutes,
    async start() {
      const { finished, removed } = await publishing.recover();
      if (finished + removed > 0) log.warn({ finished, removed }, 'publishes of a crash cleaned up');
      if (options.seed !== undefined) {
        const { published, total } = await publishSeed({ ...options.seed, publishing, store, log });
        log.info({ published, total }, 'first-party packages');
      }
      await feed.start();
    },
    stop: () => feed.stop(),
  };
}
