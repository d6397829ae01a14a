import type { AgentSummary } from '../../../../contract/agents.ts';
import { LIMITS } from '../../../../contract/limits.ts';
import { splitAgentName } from '../../../../contract/names.ts';
import type { ProtocolRoute } from '../../../http/route.ts';
import type { AgentSearch } from '../../catalogue/catalogue.search.ts';
import { FULL_TYPE } from './registry-reader.ts';

const MAX_SIZE = 250;
const MAX_FROM = 10_000;

function numberOf(text: string | null, fallback: number, max: number): number {
  const value = Number(text ?? fallback);
  return Number.isSafeInteger(value) && value >= 0 ? Math.min(value, max) : fallback;
}

function toObject(agent: AgentSummary, score: number) {
  const { scope } = splitAgentName(agent.name);
  return {
    package: {
      name: agent.name,
      scope: scope.slice(1),
      version: agent.latestVersion,
      description: agent.summary,
      keywords: agent.keywords,
      date: agent.updatedAt,
      license: agent.license,
      links: {},
      publisher: { username: scope.slice(1) },
      maintainers: [{ username: scope.slice(1) }],
    },
    score: { final: score, detail: { quality: score, popularity: score, maintenance: score } },
    searchScore: score,
  };
}

/** `npm search`: our own ranking in npm's form. The scores only repeat the order, as clients sort by them. */
export function npmSearchRoute(search: AgentSearch): ProtocolRoute {
  return {
    id: 'npmSearch',
    method: 'GET',
    paths: ['/npm/-/v1/search'],
    summary: 'Search in npm’s form.',
    tag: 'npm',
    auth: 'public',
    errorShape: 'npm',
    handle: async ({ query }) => {
      const text = (query.get('text') ?? '').slice(0, LIMITS.queryChars);
      const from = numberOf(query.get('from'), 0, MAX_FROM);
      const size = numberOf(query.get('size'), 20, MAX_SIZE);
      const { total, agents } = await search.searchByOffset(text, from, size);
      const objects = agents.map((agent, index) => toObject(agent, 1 / (1 + from + index)));
      return {
        headers: { 'content-type': FULL_TYPE, 'cache-control': 'public, max-age=0, must-revalidate' },
        body: JSON.stringify({ objects, total, time: new Date().toISOString() }),
      };
    },
  };
}
