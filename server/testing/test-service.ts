import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openSqliteStores } from '../adapters/sqlite/stores.ts';
import type { Stores } from '../adapters/stores.ts';
import { type ComposeOptions, compose, type Service } from '../compose.ts';
import { readConfig } from '../config.ts';
import { type HttpServer, serve } from '../http/serve.ts';
import { type AgentTarballOptions, agentTarball, publishDocument } from './agent-tarball.ts';

export interface TestServiceOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Default: SQLite in memory. */
  readonly stores?: Stores;
  readonly packages?: ComposeOptions['packages'];
  readonly distFolder?: string;
  readonly log?: ComposeOptions['log'];
}

export interface TestService {
  readonly url: string;
  readonly stores: Stores;
  readonly service: Service;
  readonly dataDir: string;
  /** Signs in and returns the token. */
  signIn(name: string): Promise<string>;
  /** A request to a path of the service; JSON bodies are written out. */
  request(path: string, init?: RequestInit & { token?: string; json?: unknown }): Promise<Response>;
  /** Packs and publishes a small agent over the npm protocol. */
  publish(token: string, options?: AgentTarballOptions & { tag?: string }): Promise<Response>;
  close(): Promise<void>;
}

/** The whole service on a free port of this machine, with its own folder; no first-party packages unless `env` says so. */
export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const dataDir = await mkdtemp(join(tmpdir(), 'coditect-test-'));
  const config = readConfig({
    DATA_DIR: dataDir,
    NODE_ENV: 'test',
    PORT: '0',
    SEED_DIR: '',
    LOG_LEVEL: 'silent',
    ...options.env,
  });
  const stores = options.stores ?? openSqliteStores(':memory:');
  const http: HttpServer = await serve(config.HOST, config.PORT);
  const service = compose({
    config,
    stores,
    log: options.log ?? pino({ level: 'silent' }),
    port: http.port,
    distFolder: options.distFolder ?? join(dataDir, 'dist'),
    ...(options.packages === undefined ? {} : { packages: options.packages }),
  });
  http.use(service.listener);
  await service.start();
  const url = `http://127.0.0.1:${http.port}`;

  const request: TestService['request'] = (path, { token, json, headers, ...init } = {}) => {
    const all = new Headers(headers);
    if (token !== undefined) all.set('authorization', `Bearer ${token}`);
    if (json !== undefined) all.set('content-type', 'application/json');
    return fetch(`${url}${path}`, { ...init, headers: all, ...(json === undefined ? {} : { body: JSON.stringify(json) }) });
  };
  return {
    url,
    stores,
    service,
    dataDir,
    request,
    async signIn(name) {
      const response = await request('/api/v1/auth/dev', { method: 'POST', json: { name } });
      return ((await response.json()) as { token: string }).token;
    },
    async publish(token, { tag, ...agent } = {}) {
      const document = publishDocument(await agentTarball(agent), { ...agent, ...(tag === undefined ? {} : { tag }) });
      return request(`/npm/${encodeURIComponent(agent.name ?? '@ada/helper')}`, { method: 'PUT', token, json: document });
    },
    async close() {
      await http.stop(1_000);
      await service.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
