// Entry of dist/api.cjs: the client of the service with all schemas of its answers, loaded by the first question.
import { type Client, createClient } from '../../contract/client.ts';
import { Catalogue } from './catalogue-core.ts';
import type { Connection } from './connection-core.ts';
import { DiskCache } from './disk-cache-core.ts';

export interface CatalogueAccess {
  /** Origin of the service; asked before each call, since it is a setting. */
  readonly serviceUrl: () => string;
  readonly token: (serviceUrl: string) => Promise<string | undefined>;
  readonly userAgent: string;
  readonly cacheDirectory: string;
  readonly connection: Connection;
}

/** The catalogue at the current address. */
export function openCatalogue(access: CatalogueAccess): Catalogue {
  const { userAgent, token, connection } = access;
  let current: Client | undefined;
  const client = () => {
    const baseUrl = access.serviceUrl();
    if (current?.baseUrl !== baseUrl) current = createClient({ baseUrl, userAgent, token: () => token(baseUrl) });
    return current;
  };
  return new Catalogue({ client, connection, cache: new DiskCache(access.cacheDirectory) });
}

export { askToSignIn, revokeToken } from '../account/sign-in-calls.ts';
export { useTranslator } from '../platform/text-core.ts';
