import { isAgentName } from '../../../contract/names.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ProtocolAnswer, ProtocolRequest, ProtocolRoute } from '../../http/route.ts';
import type { PageAnswers } from './page-answers.ts';
import type { PageDraft, PageModels } from './page-models.ts';

export interface PageRoutesOptions {
  readonly models: PageModels;
  readonly answers: PageAnswers;
  readonly originOf: (host: string) => string;
  readonly toHtml: (draft: PageDraft, origin: string) => string;
}

const FAVICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><style>path{stroke:#3b7dd8}circle{fill:#3b7dd8}</style>' +
  '<path d="M17.9 17.9a8.3 8.3 0 1 1 0-11.8" fill="none" stroke-width="2.6" stroke-linecap="round"/><circle cx="17.6" cy="12" r="2.7"/></svg>';
const ROBOTS = ['User-agent: *', 'Disallow: /api/', 'Disallow: /npm/', 'Disallow: /v1/', ''].join('\n');
const DAY = 'public, max-age=86400';

export function pageRoutes({ models, answers, originOf, toHtml }: PageRoutesOptions): readonly ProtocolRoute[] {
  async function answer(request: ProtocolRequest, draft: (origin: string) => Promise<PageDraft>): Promise<ProtocolAnswer> {
    const { host } = request.peer;
    const origin = originOf(host);
    const address = { host, url: request.url, acceptEncoding: request.headers['accept-encoding'] };
    const { body, etag, headers } = await answers.get(address, async () => toHtml(await draft(origin), origin));
    return { headers: { ...headers, etag }, body };
  }
  const page = { method: 'GET', tag: 'pages', auth: 'public', errorShape: 'html' } as const;
  return [
    {
      ...page,
      id: 'storefrontPage',
      paths: ['/'],
      summary: 'The storefront.',
      handle: (request) => answer(request, (origin) => models.storefront(origin)),
    },
    {
      ...page,
      id: 'searchPage',
      paths: ['/agents'],
      summary: 'Search results and lists.',
      handle: (request) => answer(request, (origin) => models.search(request.query, origin)),
    },
    {
      ...page,
      id: 'agentPage',
      paths: ['/agents/:scope/:slug'],
      summary: 'One agent.',
      handle: (request) => {
        const name = `${request.params.scope}/${request.params.slug}`;
        if (!isAgentName(name)) throw new DomainError('agent_not_found');
        return answer(request, (origin) => models.agent(name, origin));
      },
    },
    {
      ...page,
      id: 'favicon',
      paths: ['/favicon.svg', '/favicon.ico'],
      summary: 'The mark of the site.',
      handle: () => ({ headers: { 'content-type': 'image/svg+xml', 'cache-control': DAY }, body: FAVICON }),
    },
    {
      ...page,
      id: 'robots',
      paths: ['/robots.txt'],
      summary: 'What search engines may read.',
      handle: () => ({ headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': DAY }, body: ROBOTS }),
    },
  ];
}
