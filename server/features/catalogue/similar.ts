import type { AgentSummary } from '../../../contract/agents.ts';
import type { SearchIndex } from './search/search-index.ts';

const COUNT = 4;
const KEYWORDS = 6;
const PER_KEYWORD = 12;

/** Names of agents that share the most keywords with this one; the best of its category fill up. Never the agent itself. */
export function findSimilar(search: SearchIndex, agent: Pick<AgentSummary, 'name' | 'keywords' | 'categories'>): string[] {
  const scores = new Map<string, number>();
  const add = (names: readonly string[], points: number) => {
    for (const name of names) if (name !== agent.name) scores.set(name, (scores.get(name) ?? 0) + points);
  };
  for (const keyword of agent.keywords.slice(0, KEYWORDS)) {
    add(search.search({ query: keyword, filters: {}, sort: 'relevance', limit: PER_KEYWORD }).names, 2);
  }
  for (const category of agent.categories) {
    add(search.search({ query: '', filters: { category }, sort: 'installs', limit: PER_KEYWORD }).names, 1);
  }
  // a Map keeps the order of adding, and the sort is stable: better hits stay first among equals
  return [...scores]
    .sort(([, a], [, b]) => b - a)
    .slice(0, COUNT)
    .map(([name]) => name);
}
