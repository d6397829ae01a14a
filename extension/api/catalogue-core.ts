import * as z from 'zod/mini';
import {
  type AgentDetail,
  AgentDetailSchema,
  type Readme,
  ReadmeSchema,
  type SearchPage,
  SearchPageSchema,
  type SearchQuery,
  type Statistics,
  StatisticsSchema,
  type Storefront,
  StorefrontSchema,
  type VersionDetail,
  VersionDetailSchema,
  type VersionSummary,
  VersionSummarySchema,
} from '../../contract/agents.ts';
import { ApiError, type Client } from '../../contract/client.ts';
import { splitAgentName } from '../../contract/names.ts';
import { pageOf } from '../../contract/pagination.ts';
import { type PublishedAgent, PublishedAgentSchema } from '../../contract/publishing.ts';
import { ROUTES } from '../../contract/routes.ts';
import { isCancellation, isOutOfReach } from '../platform/errors-core.ts';
import type { Connection } from './connection-core.ts';
import type { DiskCache } from './disk-cache-core.ts';

/** An answer, and whether it came from the disk because the service is out of reach. `savedAt` is ISO 8601 and only there when offline. */
export interface Answer<T> {
  readonly value: T;
  readonly isOffline: boolean;
  readonly savedAt?: string;
}

export interface CatalogueOptions {
  /** Asked before each call, since the address is a setting. */
  readonly client: () => Client;
  readonly connection: Connection;
  readonly cache: Pick<DiskCache, 'read' | 'write'>;
}

const VersionPageSchema = pageOf(VersionSummarySchema);
const MyAgentsSchema = z.object({ items: z.array(PublishedAgentSchema) });

/** What the service knows of agents. What a screen needs to make sense offline is kept on disk; searches and numbers are not. */
export class Catalogue {
  constructor(private readonly options: CatalogueOptions) {}

  storefront(signal?: AbortSignal): Promise<Answer<Storefront>> {
    return this.kept('storefront', StorefrontSchema, (client) => client.call(ROUTES.getStorefront, { ...withSignal(signal) }));
  }

  agent(name: string, signal?: AbortSignal): Promise<Answer<AgentDetail>> {
    const params = splitAgentName(name);
    return this.kept(`agent ${name}`, AgentDetailSchema, (client) =>
      client.call(ROUTES.getAgent, { params, ...withSignal(signal) }),
    );
  }

  readme(name: string, version: string, signal?: AbortSignal): Promise<Answer<Readme>> {
    const params = { ...splitAgentName(name), version };
    return this.kept(`readme ${name}@${version}`, ReadmeSchema, (client) =>
      client.call(ROUTES.getReadme, { params, ...withSignal(signal) }),
    );
  }

  async versions(name: string, signal?: AbortSignal): Promise<Answer<readonly VersionSummary[]>> {
    const params = splitAgentName(name);
    const answer = await this.kept(`versions ${name}`, VersionPageSchema, (client) =>
      client.call(ROUTES.listVersions, { params, query: { limit: 50 }, ...withSignal(signal) }),
    );
    return { ...answer, value: answer.value.items };
  }

  version(name: string, version: string, signal?: AbortSignal): Promise<Answer<VersionDetail>> {
    const params = { ...splitAgentName(name), version };
    return this.kept(`version ${name}@${version}`, VersionDetailSchema, (client) =>
      client.call(ROUTES.getVersion, { params, ...withSignal(signal) }),
    );
  }

  async search(query: Partial<SearchQuery>, signal?: AbortSignal): Promise<SearchPage> {
    return this.asked(SearchPageSchema, (client) => client.call(ROUTES.searchAgents, { query, ...withSignal(signal) }));
  }

  async statistics(name: string, days: number, signal?: AbortSignal): Promise<Statistics> {
    const params = splitAgentName(name);
    return this.asked(StatisticsSchema, (client) =>
      client.call(ROUTES.getStatistics, { params, query: { days }, ...withSignal(signal) }),
    );
  }

  /** Agents of the signed-in account's scopes, every version with its state and findings. */
  async myAgents(signal?: AbortSignal): Promise<readonly PublishedAgent[]> {
    const answer = await this.asked(MyAgentsSchema, (client) => client.call(ROUTES.listMyAgents, { ...withSignal(signal) }));
    return answer.items;
  }

  private async kept<S extends z.core.$ZodType>(
    what: string,
    schema: S,
    ask: (client: Client) => Promise<unknown>,
  ): Promise<Answer<z.output<S>>> {
    const { baseUrl } = this.options.client();
    const key = `${baseUrl} ${what}`;
    try {
      const value = await this.asked(schema, ask);
      void this.options.cache.write(key, value);
      return { value, isOffline: false };
    } catch (error) {
      if (!isOutOfReach(error)) throw error;
      const entry = await this.options.cache.read(key);
      // An older release may have kept another shape: then it counts as not kept.
      const parsed = entry === undefined ? undefined : z.safeParse(schema, entry.value);
      if (entry === undefined || parsed?.success !== true) throw error;
      return { value: parsed.data, isOffline: true, savedAt: entry.savedAt };
    }
  }

  private async asked<S extends z.core.$ZodType>(schema: S, ask: (client: Client) => Promise<unknown>): Promise<z.output<S>> {
    const client = this.options.client();
    let answer: unknown;
    try {
      answer = await ask(client);
    } catch (error) {
      // A cancelled call says nothing about the service.
      if (!isCancellation(error) && this.options.client() === client) this.options.connection.report(!isOutOfReach(error));
      throw error;
    }
    if (this.options.client() === client) this.options.connection.report(true);
    const parsed = z.safeParse(schema, answer);
    if (parsed.success) return parsed.data;
    throw new ApiError('unexpected_answer', 'the answer has another shape', { url: client.baseUrl, cause: parsed.error });
  }
}

function withSignal(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
