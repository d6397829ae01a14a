import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { DOWNLOADS } from '../contract/downloads.ts';
import { openFile } from './adapters/fs/file.fs.ts';
import { createFsPackageStore } from './adapters/fs/package-store.fs.ts';
import { loadSigningKey } from './adapters/fs/signing-key.fs.ts';
import { importPageRenderer, readWebFiles } from './adapters/fs/web-build.fs.ts';
import type { Stores } from './adapters/stores.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { type Clock, systemClock } from './domain/clock.ts';
import { DomainError } from './domain/errors.ts';
import { createIdSource, type IdSource } from './domain/ids.ts';
import { createSignal, type Signal } from './domain/signal.ts';
import { useEnglishMessages } from './domain/zod-messages.ts';
import { accountRoutes } from './features/accounts/accounts.routes.ts';
import { type AccountsService, createAccountsService } from './features/accounts/accounts.service.ts';
import { npmAccountRoutes } from './features/accounts/npm-account.routes.ts';
import { createCatalogueFeature } from './features/catalogue/catalogue.feature.ts';
import { downloadRoutes } from './features/operations/download.routes.ts';
import { operationsRoutes } from './features/operations/operations.routes.ts';
import { createPagesFeature } from './features/pages/pages.feature.ts';
import { originOf } from './features/publishing/npm/npm-paths.ts';
import type { PackageStore } from './features/publishing/package-store.ts';
import { createPublishingFeature } from './features/publishing/publishing.feature.ts';
import { createSigner } from './features/publishing/signing.ts';
import { createStatisticsReadModel } from './features/statistics/statistics.read-model.ts';
import { statisticsRoutes } from './features/statistics/statistics.routes.ts';
import { readSalt } from './features/usage/identity.ts';
import { createUsageFeature } from './features/usage/usage.feature.ts';
import { createEdge } from './http/edge.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { createOpenApiFeature } from './http/openapi/feature.ts';
import { createRateLimit, takeOne } from './http/rate-limit.ts';
import type { Feature } from './http/route.ts';
import { SERVICE_VERSION } from './version.ts';

export interface ComposeOptions {
  readonly config: Config;
  readonly stores: Stores;
  readonly log: Logger;
  /** Where the service listens: part of the addresses it hands out when neither PUBLIC_URL nor a Host is known. */
  readonly port: number;
  /** Folder of the build: seed packages, web files, the packed extension. */
  readonly distFolder: string;
  /** Absent in production; tests put their own in. */
  readonly clock?: Clock;
  readonly newId?: IdSource;
  readonly packages?: PackageStore;
}

export interface Service {
  readonly listener: RequestListener;
  /** Everything that answers requests, for the completeness tests. */
  readonly features: readonly Feature[];
  /** Sweeps, seeds and starts the features' jobs; the service is ready afterwards. */
  start(): Promise<void>;
  /** Stops the jobs and closes the stores; call it when no request runs any more. */
  close(): Promise<void>;
}

/** How soon a change made by another node is seen here. */
const CHANGE_POLL_MS = 1_000;
const SYSTEM_USER = 'coditect';
/** File names in the dist folder. */
const VSIX = 'coditect-agents.vsix';
const CLI = 'cli.tgz';

/** The only place that knows every part: builds the features over their ports and puts them into one listener. */
export function compose(options: ComposeOptions): Service {
  useEnglishMessages();
  const { config, stores, log, distFolder } = options;
  const clock = options.clock ?? systemClock;
  const newId = options.newId ?? createIdSource(clock);
  const metrics = createMetrics({ hasProcessMetrics: config.NODE_ENV !== 'test' });
  const catalogueChanged = createSignal();
  const blobs = config.PACKAGE_STORE.slice('file:'.length);
  const accounts = createAccountsService({ store: stores.accounts, clock, newId });
  const packages = options.packages ?? createFsPackageStore(blobs);
  const pictures = createFsPackageStore(join(blobs, 'pictures'));
  const fallbackOrigin = `http://127.0.0.1:${options.port}`;
  let isStarted = false;

  const { catalogue, usage, statistics } = readSide({ config, stores, log, clock, packages, pictures, catalogueChanged });
  const publishing = createPublishingFeature({
    store: stores.publishing,
    packages,
    pictures,
    search: catalogue.readModel,
    names: catalogue.readModel,
    signer: createSigner(loadSigningKey(config.SIGNING_KEY_FILE, config.DATA_DIR)),
    clock,
    log,
    catalogueChanged,
    pollMs: CHANGE_POLL_MS,
    publicUrl: config.PUBLIC_URL,
    fallbackOrigin,
    ...seedOf(config, distFolder, accounts),
  });

  const pages = createPagesFeature({
    catalogue: catalogue.readModel,
    onCatalogueChanged: catalogue.onChanged,
    readFiles: () => readWebFiles(join(distFolder, 'webview')),
    importRenderer: () => importPageRenderer(join(distFolder, 'webview', 'ssr.mjs')),
    site: async (origin) => ({
      apiDocsPath: '/api/docs',
      ...((await openFile(join(distFolder, VSIX))) === undefined ? {} : { extensionPath: DOWNLOADS.extension }),
      ...((await openFile(join(distFolder, CLI))) === undefined ? {} : { cliServiceUrl: origin }),
    }),
    originOf: (host) => originOf(config.PUBLIC_URL, host, fallbackOrigin),
    log,
  });

  // Protocol routes are tried in this order: npm's account paths before the packages, whose paths are wider.
  const documented: readonly Feature[] = [
    operationsFeature({ config, stores, metrics, distFolder, isStarted: () => isStarted }),
    accountsFeature(config, accounts),
    publishing,
    catalogue,
    usage,
    { routes: statisticsRoutes(statistics) },
    pages,
  ];
  const features = [createOpenApiFeature(documented, SERVICE_VERSION), ...documented];
  const edge = createEdge({
    log,
    metrics,
    rateLimit: createRateLimit({ perMinute: config.RATE_LIMIT_PER_MINUTE, includesLoopback: config.RATE_LIMIT_LOOPBACK }),
    authenticate: (token) => accounts.authenticate(token),
    isProxyTrusted: config.TRUST_PROXY,
  });

  return {
    features,
    listener: createApp({ edge, features, renderErrorPage: pages.renderErrorPage }),
    async start() {
      for (const feature of features) await feature.start?.();
      isStarted = true;
    },
    async close() {
      for (const feature of features) await feature.stop?.();
      await stores.close();
    },
  };
}

interface ReadSideParts extends Pick<ComposeOptions, 'config' | 'stores' | 'log'> {
  readonly clock: Clock;
  readonly packages: PackageStore;
  readonly pictures: PackageStore;
  readonly catalogueChanged: Signal;
}

/** What people look at: the catalogue with its search, usage, and the numbers made from it. */
function readSide({ config, stores, log, clock, packages, pictures, catalogueChanged }: ReadSideParts) {
  const totalsChanged = createSignal();
  const catalogue = createCatalogueFeature({
    store: stores.catalogue,
    publishing: stores.publishing,
    usage: stores.usage,
    packages,
    pictures,
    isVerifiedScope: (scope) => scope === `@${SYSTEM_USER}`,
    catalogueChanged,
    totalsChanged,
    onError: (err) => log.error({ err }, 'catalogue not refreshed'),
  });
  const usage = createUsageFeature({
    store: stores.usage,
    leases: stores.leases,
    clock,
    salt: readSalt(config.DATA_DIR),
    totalsChanged,
    onError: (err) => log.error({ err }, 'usage not folded'),
  });
  const statistics = createStatisticsReadModel({
    usage: stores.usage,
    releases: (name) => catalogue.readModel.releases(name),
    freshAt: () => usage.freshAt(),
    clock,
  });
  return { catalogue, usage, statistics };
}

function seedOf(config: Config, distFolder: string, accounts: AccountsService) {
  const folder = config.SEED_DIR ?? join(distFolder, 'agents');
  return folder === '' ? {} : { seed: { folder, systemActor: () => accounts.ensureSystemActor(SYSTEM_USER) } };
}

function accountsFeature(config: Config, accounts: AccountsService): Feature {
  const signIns = new RateLimiterMemory({ points: config.SIGNIN_LIMIT_PER_MINUTE, duration: 60 });
  return {
    routes: accountRoutes({
      accounts,
      devSignIn: { isEnabled: config.DEV_SIGNIN, isProduction: config.isProduction, listenHost: config.HOST },
      takeSignIn: (peer) => takeOne(signIns, peer.address),
    }),
    protocolRoutes: npmAccountRoutes(accounts),
  };
}

interface OperationsParts {
  readonly config: Config;
  readonly stores: Stores;
  readonly metrics: Metrics;
  readonly distFolder: string;
  readonly isStarted: () => boolean;
}

function operationsFeature({ config, stores, metrics, distFolder, isStarted }: OperationsParts): Feature {
  async function checkReady(): Promise<void> {
    if (!isStarted()) throw new DomainError('unavailable', { detail: 'The service is still starting.' });
    await stores.ping().catch((cause: unknown) => {
      throw new DomainError('unavailable', { detail: 'The database does not answer.', cause });
    });
  }
  return {
    protocolRoutes: [
      ...operationsRoutes({
        checkReady,
        renderMetrics: async () => ({ type: metrics.registry.contentType, text: await metrics.registry.metrics() }),
        metricsToken: config.METRICS_TOKEN,
      }),
      ...downloadRoutes({
        openExtension: () => openFile(join(distFolder, VSIX)),
        openCli: () => openFile(join(distFolder, CLI)),
      }),
    ],
  };
}
