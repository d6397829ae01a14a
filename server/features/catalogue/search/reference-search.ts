import { compareRank, nameKeys, wordsOf } from './build-segment.ts';
import { FACET_IDS, FIELD, type SearchDocument, type SearchFilters } from './document.ts';
import { MATCH_VALUES, PARTIAL_WORD_POINTS, POINT_MASK, TIER } from './rank.ts';
import type { SearchHits } from './search-index.ts';
import { compareText } from './sort-sliced.ts';
import { otherNumber, parseQuery, tokenize } from './tokenize.ts';
import { isOneEditApart } from './typo-index.ts';

/**
 * The same search written as plainly as possible, over all documents, for tests: what docs/search.md says and nothing more.
 */
export function searchPlainly(
  documents: readonly SearchDocument[],
  request: { query: string; filters: SearchFilters; sort: string; limit: number },
): Pick<SearchHits, 'names' | 'total' | 'facets'> {
  const query = parseQuery(request.query);
  const sort = query.words.length === 0 && request.sort === 'relevance' ? 'installs' : request.sort;
  const scored = query.words.length === 0 ? documents.map((document) => ({ document, score: 0 })) : scoreAll(documents, query);
  const hits = scored.filter(({ document }) => misses(document, request.filters).length === 0);
  hits.sort((a, b) => compareHits(sort, a, b));
  return {
    names: hits.slice(0, request.limit).map(({ document }) => document.name),
    total: hits.length,
    facets: countFacets(
      scored.map(({ document }) => document),
      request.filters,
    ),
  };
}

interface Scored {
  readonly document: SearchDocument;
  readonly score: number;
}

function scoreAll(documents: readonly SearchDocument[], query: ReturnType<typeof parseQuery>): Scored[] {
  const words = documents.map(wordsOf);
  const values = query.words.map((word, index) => {
    const isOpen = query.isLastOpen && index === query.words.length - 1;
    const written = words.map((each) => bestValue(each, (term) => writtenKind(word, term, isOpen), isOpen && word.length < 3));
    if (written.filter((value) => value > 0).length >= 3) return written;
    return words.map((each, at) => {
      const typo = bestValue(each, (term) => (isTypo(word, term) ? 'fuzzy' : undefined), false);
      return Math.max(written[at] ?? 0, typo);
    });
  });
  const all: Scored[] = [];
  const any: Scored[] = [];
  documents.forEach((document, at) => {
    const each = values.map((list) => list[at] ?? 0);
    const met = each.filter((value) => value > 0);
    const points = met.reduce((sum, value) => sum + (value & POINT_MASK), 0);
    if (met.length === each.length) all.push({ document, score: scoreOf(document, tierOf(document, query.key, each), points) });
    if (met.length > 0) any.push({ document, score: scoreOf(document, TIER.partial, points + PARTIAL_WORD_POINTS * met.length) });
  });
  return all.length > 0 || query.words.length < 2 ? all : any;
}

function tierOf(document: SearchDocument, key: string, values: readonly number[]): number {
  const keys = nameKeys(document);
  if (keys.includes(key)) return TIER.exact;
  if (keys.some((each) => each.startsWith(key))) return TIER.prefix;
  return values.some((value) => value < 32) ? TIER.fuzzy : TIER.word;
}

function scoreOf(document: SearchDocument, tier: number, points: number): number {
  return tier * 256 + (document.isSunk ? 0 : Math.min(255, points));
}

function writtenKind(word: string, term: string, isOpen: boolean): 'whole' | 'prefix' | undefined {
  if (term === word) return 'whole';
  if (term === otherNumber(word)) return 'prefix';
  return term.startsWith(word) && (word.length >= 3 || isOpen) ? 'prefix' : undefined;
}

function isTypo(word: string, term: string): boolean {
  return word.length >= 4 && word.length <= 25 && term.length >= 4 && term.length <= 24 && isOneEditApart(word, term);
}

function bestValue(
  words: ReadonlyMap<string, number>,
  kindOf: (term: string) => 'whole' | 'prefix' | 'fuzzy' | undefined,
  withoutSummaryPrefix: boolean,
): number {
  let best = 0;
  for (const [term, bits] of words) {
    const kind = kindOf(term);
    if (kind === undefined) continue;
    const counted = kind === 'prefix' && withoutSummaryPrefix ? bits & ~FIELD.summary : bits;
    best = Math.max(best, MATCH_VALUES[kind][counted] ?? 0);
  }
  return best;
}

function compareHits(sort: string, a: Scored, b: Scored): number {
  const sunk = Number(a.document.isSunk) - Number(b.document.isSunk);
  const byName = compareText(a.document.name, b.document.name);
  if (sort === 'relevance') return b.score - a.score || compareRank(a.document, b.document);
  if (sort === 'installs') return sunk || b.document.installs - a.document.installs || byName;
  if (sort === 'trending') return sunk || b.document.trending - a.document.trending || byName;
  if (sort === 'updated') return b.document.updatedAt - a.document.updatedAt || byName;
  return compareText(titleOf(a.document), titleOf(b.document)) || byName;
}

function titleOf(document: SearchDocument): string {
  return tokenize(document.displayName).join(' ');
}

/** Names of the filters a document fails. */
function misses(document: SearchDocument, filters: SearchFilters): string[] {
  const failed: string[] = [];
  if (filters.category !== undefined && !document.categories.includes(filters.category)) failed.push('categories');
  if (filters.host !== undefined && !document.hosts.includes(filters.host)) failed.push('hosts');
  if (filters.kind !== undefined && !document.kinds.includes(filters.kind)) failed.push('kinds');
  if (filters.price !== undefined && document.isPaid !== (filters.price === 'paid')) failed.push('prices');
  if (filters.capability !== undefined && !document.capabilities.includes(filters.capability)) failed.push('capability');
  if (filters.scope !== undefined && !document.name.startsWith(`${filters.scope}/`)) failed.push('scope');
  return failed;
}

function countFacets(documents: readonly SearchDocument[], filters: SearchFilters): SearchHits['facets'] {
  const count = (facet: string, ids: readonly string[], idsOf: (document: SearchDocument) => readonly string[]) =>
    ids.map((id) => ({
      id,
      count: documents.filter(
        (document) => misses(document, filters).every((miss) => miss === facet) && idsOf(document).includes(id),
      ).length,
    }));
  return {
    categories: count('categories', FACET_IDS.categories, (document) => document.categories),
    hosts: count('hosts', FACET_IDS.hosts, (document) => document.hosts),
    kinds: count('kinds', FACET_IDS.kinds, (document) => document.kinds),
    prices: count('prices', ['free', 'paid'], (document) => [document.isPaid ? 'paid' : 'free']),
  };
}
