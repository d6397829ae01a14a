import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AgentDetailSchema,
  ReadmeSchema,
  type SearchPage,
  SearchPageSchema,
  StorefrontSchema,
  VersionDetailSchema,
} from '../../../contract/agents.ts';
import { settle } from '../../testing/settle.ts';
import { startTestService, type TestService } from '../../testing/test-service.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let service: TestService;
let ada: string;

async function publish(slug: string, options: Parameters<TestService['publish']>[1] & { displayName?: string } = {}) {
  const { displayName = slug, manifest, ...rest } = options;
  const response = await service.publish(ada, {
    name: `@ada/${slug}`,
    manifest: { agent: { displayName, categories: ['documentation'], permissions: { capabilities: ['read'] } }, ...manifest },
    ...rest,
  });
  expect(response.status).toBeLessThan(300);
}

async function search(query: string): Promise<SearchPage> {
  const response = await service.request(`/api/v1/agents?${query}`);
  expect(response.status).toBe(200);
  return SearchPageSchema.parse(await response.json());
}
const namesOf = (page: SearchPage) => page.items.map((agent) => agent.name);

beforeAll(async () => {
  service = await startTestService();
  ada = await service.signIn('ada');
  await publish('linter', {
    displayName: 'Linter',
    files: {
      'README.md': '# Linter\n\n![shot](docs/shot.png) <script>alert(1)</script> [more](docs/more.md)\n',
      'docs/shot.png': PIXEL,
      'icon.png': PIXEL,
    },
    manifest: {
      keywords: ['quality'],
      repository: 'github:ada/linter',
      agent: { displayName: 'Linter', categories: ['code-analysis-review'], permissions: { capabilities: ['read'] } },
    },
  });
  await publish('doc-writer', { displayName: 'Doc Writer' });
  await publish('doc-reader', { displayName: 'Doc Reader' });
  await publish('doc-reader', { displayName: 'Doc Reader', version: '1.1.0' });
  await settle(service);
});
afterAll(() => service.close());

describe('search', () => {
  it('finds, counts and filters', async () => {
    const all = await search('');
    expect(all.total).toBe(3);
    expect(all.facets.categories).toEqual([
      { id: 'code-analysis-review', name: 'Code Analysis & Review', count: 1 },
      { id: 'documentation', name: 'Documentation', count: 2 },
    ]);
    expect(namesOf(await search('q=linter'))).toEqual(['@ada/linter']);
    expect(namesOf(await search('category=documentation&sort=name'))).toEqual(['@ada/doc-reader', '@ada/doc-writer']);
    expect((await search('q=lintre')).didYouMean).toBe('linter');
  });

  it('pages by cursor and refuses cursors that are not its own', async () => {
    const first = await search('sort=name&limit=2');
    const second = await search(`sort=name&limit=2&cursor=${first.nextCursor}`);
    expect([...namesOf(first), ...namesOf(second)]).toEqual(['@ada/doc-reader', '@ada/doc-writer', '@ada/linter']);
    expect(second.nextCursor).toBeUndefined();
    for (const cursor of ['x', 'bnVsbA', 'W10', first.nextCursor?.slice(2)]) {
      const response = await service.request(`/api/v1/agents?sort=name&cursor=${cursor}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'invalid_cursor' });
    }
    const other = await service.request(`/api/v1/agents?sort=updated&cursor=${first.nextCursor}`);
    expect(await other.json()).toMatchObject({ code: 'invalid_cursor' });
  });

  it('refuses unknown filters with the place of the mistake', async () => {
    const response = await service.request('/api/v1/agents?category=nonsense');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_request', issues: [{ path: 'query.category' }] });
  });

  it('answers a repeated address from the hot lane with the same bytes, and 304 for its ETag', async () => {
    const first = await service.request('/api/v1/agents?q=doc&sort=relevance');
    const text = await first.text();
    const again = await service.request('/api/v1/agents?sort=relevance&q=doc');
    expect(await again.text()).toBe(text);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    const etag = first.headers.get('etag') ?? '';
    for (let round = 0; round < 2; round += 1) {
      const response = await service.request('/api/v1/agents?q=doc&sort=relevance', { headers: { 'if-none-match': etag } });
      expect(response.status).toBe(304);
      expect(response.headers.get('cache-control')).toContain('must-revalidate');
    }
  });
});

describe('one agent', () => {
  it('shows its latest version, picture, links and similar agents', async () => {
    const detail = AgentDetailSchema.parse(await (await service.request('/api/v1/agents/@ada/linter')).json());
    expect(detail).toMatchObject({
      displayName: 'Linter',
      latestVersion: '1.0.0',
      categories: ['code-analysis-review'],
      componentKinds: ['subagent'],
      versionCount: 1,
      links: [{ label: 'Repository', url: 'https://github.com/ada/linter' }],
      latest: { tarballPath: '/npm/@ada/linter/-/linter-1.0.0.tgz', reviewState: 'passed', distTags: ['latest'] },
    });
    expect(detail.similar.map((agent) => agent.name)).not.toContain('@ada/linter');
    const icon = await service.request(detail.iconPath ?? '');
    expect(icon.headers.get('content-type')).toBe('image/png');
    expect(icon.headers.get('cache-control')).toContain('immutable');
    expect(Buffer.from(await icon.arrayBuffer())).toEqual(PIXEL);
  });

  it('draws a picture for an agent without one', async () => {
    const detail = AgentDetailSchema.parse(await (await service.request('/api/v1/agents/@ada/doc-writer')).json());
    expect(detail.iconPath).toBe('/assets/identicon/1/@ada/doc-writer.svg');
    const icon = await service.request(detail.iconPath ?? '');
    expect(icon.headers.get('content-type')).toBe('image/svg+xml');
    expect(icon.headers.get('content-security-policy')).toContain('sandbox');
    expect((await service.request('/assets/identicon/1/@ada/<script>.svg')).status).toBe(404);
    expect((await service.request('/assets/..%2f..%2fetc%2fpasswd')).status).toBe(404);
  });

  it('lists versions newest first, in pages', async () => {
    const path = '/api/v1/agents/@ada/doc-reader/versions';
    const first = (await (await service.request(`${path}?limit=1`)).json()) as {
      items: { version: string }[];
      nextCursor: string;
    };
    expect(first.items.map((item) => item.version)).toEqual(['1.1.0']);
    const second = (await (await service.request(`${path}?limit=1&cursor=${first.nextCursor}`)).json()) as typeof first;
    expect(second.items.map((item) => item.version)).toEqual(['1.0.0']);
    expect(second.nextCursor).toBeUndefined();
    expect((await service.request(`${path}?cursor=nonsense`)).status).toBe(400);
    const version = VersionDetailSchema.parse(await (await service.request(`${path}/1.0.0`)).json());
    expect(version.changes).toContain('First of its kind');
  });

  it('hands out the README as safe HTML with the package’s own pictures', async () => {
    const response = await service.request('/api/v1/agents/@ada/linter/versions/1.0.0/readme');
    const { html, markdown } = ReadmeSchema.parse(await response.json());
    expect(markdown).toContain('<script>');
    expect(html).not.toContain('<script');
    expect(html).toContain('href="https://github.com/ada/linter/blob/HEAD/docs/more.md"');
    const picture = /src="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(Buffer.from(await (await service.request(picture)).arrayBuffer())).toEqual(PIXEL);
  });

  it('says what is missing', async () => {
    for (const [path, code] of [
      ['/api/v1/agents/@ada/none', 'agent_not_found'],
      ['/api/v1/agents/@ada/none/versions', 'agent_not_found'],
      ['/api/v1/agents/@ada/linter/versions/9.9.9', 'version_not_found'],
      ['/api/v1/agents/@ada/linter/versions/9.9.9/readme', 'version_not_found'],
      ['/api/v1/agents/@ada/none/statistics', 'agent_not_found'],
    ] as const) {
      const response = await service.request(path);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code });
    }
  });

  it('shows a new version at once, also where an answer was kept', async () => {
    const path = '/api/v1/agents/@ada/doc-writer';
    await (await service.request(path)).text();
    await (await service.request(path)).text();
    await publish('doc-writer', { displayName: 'Doc Writer', version: '2.0.0' });
    expect(await (await service.request(path)).json()).toMatchObject({ latestVersion: '2.0.0' });
  });

  it('sinks a deprecated agent and shows it so', async () => {
    const packument = (await (await service.request('/npm/@ada/doc-reader')).json()) as {
      versions: Record<string, { deprecated?: string }>;
    };
    for (const version of Object.values(packument.versions)) version.deprecated = 'Use doc-writer.';
    const response = await service.request('/npm/@ada%2fdoc-reader', { method: 'PUT', token: ada, json: packument });
    expect(response.status).toBeLessThan(300);
    await settle(service);
    const page = await search('q=doc');
    expect(page.items.at(-1)).toMatchObject({ name: '@ada/doc-reader', isDeprecated: true });
  });
});

describe('the storefront', () => {
  it('has shelves, categories with counts and the whole number', async () => {
    const response = await service.request('/api/v1/storefront');
    const storefront = StorefrontSchema.parse(await response.json());
    expect(storefront.totalAgents).toBe(3);
    expect(storefront.recent.map((agent) => agent.name)).toContain('@ada/doc-writer');
    expect(storefront.featured.length).toBeGreaterThan(0);
    expect(storefront.categories).toHaveLength(10);
    expect(storefront.categories.find((category) => category.id === 'documentation')?.count).toBe(2);
  });
});

describe('a second start', () => {
  it('has the whole catalogue again, without reading the packages', async () => {
    const copy = await startTestService({ stores: { ...service.stores, close: async () => {} } });
    const page = (await (await copy.request('/api/v1/agents')).json()) as SearchPage;
    expect(page.total).toBe(3);
    await copy.close();
  });
});
