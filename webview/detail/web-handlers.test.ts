import { describe, expect, it } from 'vitest';
import { createClient } from '../../contract/client.ts';
import type { DetailSnapshot } from '../../contract/webview/detail.ts';
import { AGENT, DETAIL, README, VERSIONS } from '../gallery/fixtures.ts';
import { statisticsOf } from '../gallery/statistics.ts';
import { createWebHandlers } from './web-handlers.ts';

const LOADING = { kind: 'loading' } as const;
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

function service(answer: (path: string) => Response | Promise<Response>, embedded?: DetailSnapshot) {
  const asked: string[] = [];
  const gone: string[] = [];
  const snapshots: DetailSnapshot[] = [];
  let settle: () => void = () => {};
  const done = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const handlers = createWebHandlers({
    client: createClient({
      baseUrl: 'http://service',
      fetch: async (input) => {
        const path = new URL(String(input)).pathname;
        asked.push(path);
        return answer(path);
      },
    }),
    agent: '@coditect/review-board',
    embedded,
    send(snapshot) {
      snapshots.push(snapshot);
      const { agent, readme, versions, statistics } = snapshot;
      if (agent.kind === 'error' || [readme, versions, statistics].every(({ kind }) => kind !== 'loading')) settle();
    },
    go: (href) => gone.push(href),
    openTab: (url) => gone.push(url),
  });
  return { handlers, asked, gone, done, last: () => snapshots.at(-1)! };
}
const signal = new AbortController().signal;

function everything(path: string): Response {
  if (path.endsWith('/readme')) return json(README);
  if (path.endsWith('/versions')) return json({ items: VERSIONS });
  if (path.endsWith('/statistics')) return json(statisticsOf(30));
  return json(AGENT);
}

describe('the detail protocol on the web', () => {
  it('fetches nothing when the service embedded everything', async () => {
    const { handlers, asked } = service(everything, DETAIL);
    const snapshot = await handlers.ready(undefined, signal);
    expect(snapshot).toMatchObject({ install: { kind: 'web' }, serviceUrl: 'http://service' });
    await Promise.resolve();
    expect(asked).toEqual([]);
  });
  it('fills in what is still loading', async () => {
    const { handlers, done, last } = service(everything, { ...DETAIL, statistics: LOADING, versions: LOADING });
    await handlers.ready(undefined, signal);
    await done;
    expect([last().agent.kind, last().versions.kind, last().statistics.kind]).toEqual(['ready', 'ready', 'ready']);
  });
  it('keeps the page when one part fails, and asks only for that part again', async () => {
    let isBroken = true;
    const { handlers, done, last, asked } = service(
      (path) =>
        path.endsWith('/versions') && isBroken
          ? json({ type: 'x', title: 'x', status: 503, code: 'unavailable' }, 503)
          : everything(path),
      { ...DETAIL, versions: LOADING },
    );
    await handlers.ready(undefined, signal);
    await done;
    expect(last().versions).toMatchObject({ kind: 'error', code: 'unavailable' });
    isBroken = false;
    await handlers.retry(undefined, signal);
    expect(last().versions.kind).toBe('ready');
    expect(new Set(asked)).toEqual(new Set(['/api/v1/agents/@coditect/review-board/versions']));
  });
  it('says that the service does not answer', async () => {
    const { handlers, done, last } = service(() => Promise.reject(new TypeError('failed to fetch')));
    await handlers.ready(undefined, signal);
    await done;
    expect(last().agent).toMatchObject({ kind: 'error', code: 'unreachable' });
  });
  it('installs by the deep link and opens agents by their page', async () => {
    const { handlers, gone } = service(everything, DETAIL);
    await handlers.install(undefined, signal);
    await handlers.openAgent({ name: '@acme/sql-tuner' }, signal);
    await handlers.openLink({ url: 'https://example.com' }, signal);
    expect(gone).toEqual([
      'vscode://coditect.coditect-agents/install?agent=%40coditect%2Freview-board',
      '/agents/@acme/sql-tuner',
      'https://example.com',
    ]);
  });
});
