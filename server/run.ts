import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStores } from './adapters/open-stores.ts';
import type { Stores } from './adapters/stores.ts';
import { compose, type Service } from './compose.ts';
import type { Config } from './config.ts';
import { createLogger } from './http/log.ts';
import { type HttpServer, serve } from './http/serve.ts';
import { explainDataFailure, explainListenFailure, StartError } from './start-error.ts';

/**
 * Runs the service until a signal stops it: listens first (alive, not ready), then opens the stores, then seeds. Throws
 * StartError when a start is impossible; resolves as soon as it is ready.
 */
export async function runService(config: Config): Promise<void> {
  const log = createLogger({ level: config.LOG_LEVEL });
  prepareDataDir(config.DATA_DIR);
  const http = await listen(config);
  const stores = await open(config);
  const service = compose({ config, stores, log, port: http.port, distFolder: dirname(fileURLToPath(import.meta.url)) });
  stopOnSignals(config, http, service);
  // Until here the address says "starting": a half-read catalogue would look like an empty one.
  await service.start();
  http.use(service.listener);
  announce(config, http.port);
}

function prepareDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw explainDataFailure(error, dataDir) ?? error;
  }
}

async function listen(config: Config): Promise<HttpServer> {
  try {
    return await serve(config.HOST, config.PORT);
  } catch (error) {
    throw explainListenFailure(error, config.HOST, config.PORT) ?? error;
  }
}

async function open(config: Config): Promise<Stores> {
  try {
    return await openStores(config.DATABASE_URL);
  } catch (error) {
    const { protocol, host } = new URL(config.DATABASE_URL);
    if (protocol.startsWith('mongodb')) throw new StartError(`DATABASE_URL: no MongoDB answers at ${host}`, { cause: error });
    throw explainDataFailure(error, config.DATA_DIR) ?? error;
  }
}

/** The first signal drains, the second one ends at once. */
function stopOnSignals(config: Config, http: HttpServer, service: Service): void {
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, async () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      const isWhole = await http.stop(config.SHUTDOWN_TIMEOUT_MS);
      await service.close();
      if (!isWhole) process.stderr.write('stopped; some requests were cut at the deadline\n');
      process.exit(0);
    });
  }
}

function announce(config: Config, port: number): void {
  const shown = config.HOST === '0.0.0.0' || config.HOST === '::' ? '127.0.0.1' : config.HOST;
  const url = config.PUBLIC_URL ?? `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
  console.log(`CODITECT Agents is ready

  Storefront      ${url}
  For the editor  ${url}/download/coditect-agents.vsix   then: code --install-extension coditect-agents.vsix
  API             ${url}/api/docs
  npm registry    ${url}/npm/

Next: open the storefront. Ctrl+C stops the service; data is kept in ${config.DATA_DIR}.`);
}
