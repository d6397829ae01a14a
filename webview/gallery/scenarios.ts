import type { DetailSnapshot } from '../../contract/webview/detail.ts';
import type { InsightsSnapshot } from '../../contract/webview/insights.ts';
import type { PageModel } from '../../contract/webview/pages.ts';
import { AGENT, DETAIL, INSIGHTS, RESULTS, STOREFRONT } from './fixtures.ts';
import { statisticsOf } from './statistics.ts';

const loading = { kind: 'loading' } as const;
const failed = (code: string, message: string) => ({ kind: 'error', code, message }) as const;
const { rating: _, ...UNRATED } = AGENT;

/** Panels and views, by name: what the extension host would answer to `ready`. */
export const IDE_SCENARIOS: Readonly<
  Record<string, { screen: 'detail'; snapshot: DetailSnapshot } | { screen: 'insights'; snapshot: InsightsSnapshot }>
> = {
  detail: { screen: 'detail', snapshot: DETAIL },
  'detail-installed': {
    screen: 'detail',
    snapshot: { ...DETAIL, install: { kind: 'installed', version: '1.5.0', hosts: ['claude-code', 'vscode'], edited: 2 } },
  },
  'detail-update': {
    screen: 'detail',
    snapshot: {
      ...DETAIL,
      isOffline: true,
      install: { kind: 'update', version: '1.4.0', latest: '1.5.0', hosts: ['claude-code'] },
    },
  },
  'detail-working': { screen: 'detail', snapshot: { ...DETAIL, install: { kind: 'working', step: 'Checking the download' } } },
  'detail-no-folder': { screen: 'detail', snapshot: { ...DETAIL, install: { kind: 'no_folder' } } },
  'detail-untrusted': {
    screen: 'detail',
    snapshot: {
      ...DETAIL,
      install: { kind: 'untrusted' },
      agent: {
        kind: 'ready',
        value: {
          ...UNRATED,
          isDeprecated: true,
          installs: 0,
          similar: [],
          links: [],
          latest: { ...AGENT.latest, findings: [], deprecation: 'Use @coditect/review-circle.' },
        },
      },
      readme: { kind: 'ready', value: { version: '1.5.0', html: '', markdown: '' } },
      versions: failed('unavailable', 'The service is not ready.'),
      statistics: { kind: 'ready', value: { ...statisticsOf(30, 0), releases: [] } },
    },
  },
  'detail-loading': {
    screen: 'detail',
    snapshot: { ...DETAIL, agent: loading, readme: loading, versions: loading, statistics: loading },
  },
  'detail-unreachable': { screen: 'detail', snapshot: { ...DETAIL, agent: failed('unreachable', 'no answer') } },
  'detail-not-found': { screen: 'detail', snapshot: { ...DETAIL, agent: failed('agent_not_found', 'There is no such agent.') } },
  insights: { screen: 'insights', snapshot: INSIGHTS },
  'insights-week': {
    screen: 'insights',
    snapshot: { ...INSIGHTS, days: 7, statistics: { kind: 'ready', value: statisticsOf(7, 0.03) } },
  },
  'insights-quarter': {
    screen: 'insights',
    snapshot: { ...INSIGHTS, days: 90, statistics: { kind: 'ready', value: statisticsOf(90, 12) } },
  },
  'insights-zero': {
    screen: 'insights',
    snapshot: {
      ...INSIGHTS,
      isTelemetryOn: false,
      statistics: { kind: 'ready', value: { ...statisticsOf(30, 0), releases: [] } },
    },
  },
  'insights-empty': { screen: 'insights', snapshot: { ...INSIGHTS, agents: [], isSignedIn: false } },
  'insights-loading': { screen: 'insights', snapshot: { ...INSIGHTS, statistics: loading } },
  'insights-signed-out': {
    screen: 'insights',
    snapshot: { ...INSIGHTS, isSignedIn: false, agents: INSIGHTS.agents.slice(1), selected: '@coditect/test-author' },
  },
  'insights-unreachable': { screen: 'insights', snapshot: { ...INSIGHTS, statistics: failed('unreachable', 'no answer') } },
};

const site = {
  extensionPath: '/download/coditect-agents.vsix',
  cliServiceUrl: 'http://127.0.0.1:3900',
  apiDocsPath: '/api/docs',
};

/** Web pages by address. */
export const WEB_SCENARIOS: Readonly<Record<string, PageModel>> = {
  '/': { kind: 'storefront', storefront: STOREFRONT, site },
  '/?empty': {
    kind: 'storefront',
    storefront: { featured: [], trending: [], recent: [], categories: [], collections: [], totalAgents: 0 },
    site,
  },
  '/agents?q=review&category=code-analysis-review': {
    kind: 'storefront',
    storefront: STOREFRONT,
    query: { q: 'review', category: 'code-analysis-review' },
    results: RESULTS,
    site,
  },
  '/agents?q=reveiw&price=paid': {
    kind: 'storefront',
    storefront: STOREFRONT,
    query: { q: 'reveiw', price: 'paid' },
    results: { items: [], total: 0, facets: { ...RESULTS.facets, hosts: [], kinds: [], categories: [] }, didYouMean: 'review' },
    site,
  },
  '/agents/@coditect/review-board': { kind: 'agent', snapshot: { ...DETAIL, serviceUrl: '', install: { kind: 'web' } }, site },
  '/agents/@coditect/nobody': {
    kind: 'agent',
    snapshot: {
      ...DETAIL,
      serviceUrl: '',
      agent: failed('agent_not_found', 'There is no such agent.'),
      install: { kind: 'web' },
    },
    site,
  },
  '/nowhere': { kind: 'not_found', path: '/nowhere', site },
  '/broken': {
    kind: 'error',
    code: 'unavailable',
    message: 'The service is not ready. Nothing was lost.',
    requestId: '01JD3ZK8',
    site,
  },
};

/** Answers of the JSON API for the live pages. */
export function apiAnswer(path: string): unknown {
  if (path === '/api/v1/agents') return RESULTS;
  if (path === '/api/v1/storefront') return STOREFRONT;
  if (path.endsWith('/versions')) return { items: DETAIL.versions.kind === 'ready' ? DETAIL.versions.value : [] };
  if (path.endsWith('/statistics')) return statisticsOf(30);
  return AGENT;
}
