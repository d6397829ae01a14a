import { describe, expect, it } from 'vitest';
import { createClient } from '../../contract/client.ts';
import { Catalogue } from './catalogue-core.ts';
import { Connection } from './connection-core.ts';
import type { CacheEntry } from './disk-cache-core.ts';

const storefront = { featured: [], trending: [], recent: [], categories: [], collections: [], totalAgents: 0 };
function arrange(respond: () => Response | Promise<Response>) {
  const client = createClient({ baseUrl: 'http://service', fetch: (async () => respond()) as unknown as typeof fetch });
  const connection = new Connection({ probe: async () => true });
  const kept = new Map<string, CacheEntry>();
  const cache = {
    read: async (key: string) => kept.get(key),
    write: async (key: string, value: unknown) => {
      kept.set(key, { value, savedAt: '2026-11-01T00:00:00.000Z' });
      return true;
    },
  };
  const catalogue = new Catalogue({ client: () => client, connection, cache });
  return { catalogue, connection };
}

describe('Catalogue', () => {
  it('answers from the disk, and says so, when the service is out of reach', async () => {
    let isDown = false;
    const { catalogue, connection } = arrange(() => {
      if (isDown) throw new TypeError('fetch failed');
      return Response.json(storefront);
    });
    expect(await catalogue.storefront()).toEqual({ value: storefront, isOffline: false });
    isDown = true;
    expect(await catalogue.storefront()).toMatchObject({ value: storefront, isOffline: true });
    expect(connection.state).toBe('unreachable');
  });

  it('fails as unreachable when nothing was kept', async () => {
    const { catalogue } = arrange(() => {
      throw new TypeError('fetch failed');
    });
    await expect(catalogue.storefront()).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('does not hide a refusal behind an old answer', async () => {
    let answer = Response.json(storefront);
    const { catalogue } = arrange(() => answer);
    await catalogue.storefront();
    const problem = { type: 'about:blank', title: 'x', status: 500, code: 'internal' };
    answer = Response.json(problem, { status: 500 });
    await expect(catalogue.storefront()).rejects.toMatchObject({ code: 'internal' });
  });

  it('refuses an answer of another shape', async () => {
    const { catalogue, connection } = arrange(() => Response.json({ hello: 'world' }));
    await expect(catalogue.storefront()).rejects.toMatchObject({ code: 'unexpected_answer' });
    expect(connection.state).toBe('online');
  });

  it('learns nothing about the service from a cancelled call', async () => {
    const controller = new AbortController();
    controller.abort();
    const { catalogue, connection } = arrange(() => {
      throw new DOMException('stop', 'AbortError');
    });
    await expect(catalogue.storefront(controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(connection.state).toBe('unknown');
  });
});
