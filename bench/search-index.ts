// The search index alone, without HTTP and store: node bench/search-index.ts [agents]
import { CAPABILITY_IDS } from '../contract/capabilities.ts';
import { CATEGORIES } from '../contract/categories.ts';
import { COMPONENT_KINDS } from '../contract/components.ts';
import { HOST_IDS } from '../contract/hosts.ts';
import type { SearchDocument } from '../server/features/catalogue/search/document.ts';
import { SearchIndex, type SearchRequest } from '../server/features/catalogue/search/search-index.ts';
import { milliseconds, printSection, quantile, type Row, type Section } from './table.ts';

const QUERIES = 1_000;
const TARGET_P95_MS = 1;

/** A generator of its own (mulberry32), so that every run has the same data. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ONSETS = 's c p r d m t b f a e i h l g n o w st pr tr cr sh br re v u de in k gr th pl fl dr cl sc sp str j qu y z'.split(
  ' ',
);
const VOWELS = 'a e i o u ea ou ai'.split(' ');
const CODAS = ['', 'n', 'r', 's', 't', 'l', 'm', 'ck'];

function syllable(random: () => number): string {
  // squared, so that some beginnings are much more frequent than others, as in a language
  const onset = ONSETS[Math.floor(ONSETS.length * random() ** 2)] ?? '';
  return onset + VOWELS[Math.floor(VOWELS.length * random())] + CODAS[Math.floor(CODAS.length * random())];
}

/** The most frequent words of a language are stop words, which neither side counts. */
const STOP_RANKS = 30;

/** Words with the frequencies of real texts: the n-th is used about 1/n as often as the first, stop words left out. */
function createVocabulary(size: number, random: () => number): { words: string[]; pick: () => string } {
  const words = new Set<string>();
  while (words.size < size) {
    let word = '';
    for (let parts = 2 + Math.floor(random() * 3); parts > 0; parts--) word += syllable(random);
    words.add(word);
  }
  const list = [...words];
  return { words: list, pick: () => list[Math.floor(STOP_RANKS * (size / STOP_RANKS) ** random())] ?? 'agent' };
}

function pickSome<T>(all: readonly T[], count: number, random: () => number): T[] {
  return Array.from({ length: count }, () => all[Math.floor(random() * all.length)] as T);
}

function makeDocuments(count: number, pick: () => string, random: () => number): SearchDocument[] {
  return Array.from({ length: count }, (_, number) => {
    const [first, second] = [pick(), pick()];
    const installs = Math.floor(10 ** (random() * 5));
    return {
      name: `@${pick()}/${first}-${second}-${number.toString(36)}`,
      displayName: `${first} ${second}`,
      summary: Array.from({ length: 9 }, pick).join(' '),
      keywords: Array.from({ length: 5 }, pick),
      categories: pickSome(CATEGORIES, 2, random).map((category) => category.id),
      hosts: pickSome(HOST_IDS, 4, random),
      kinds: pickSome(COMPONENT_KINDS, 2, random),
      capabilities: pickSome(CAPABILITY_IDS, 3, random),
      isPaid: random() < 0.2,
      isSunk: random() < 0.02,
      rank: Math.floor(Math.log2(installs + 1) * 4) / 4,
      installs,
      trending: Math.floor(random() * 100),
      updatedAt: Math.floor(random() * 1e9),
    };
  });
}

function misspell(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  return word.slice(0, at) + word.slice(at + 1);
}

/** Queries of each kind, over words that do occur. */
function queriesOf(pick: () => string, random: () => number): Record<string, () => Partial<SearchRequest>> {
  const filters = () => ({ category: pickSome(CATEGORIES, 1, random)[0]?.id, host: pickSome(HOST_IDS, 1, random)[0] });
  return {
    'one word': () => ({ query: pick() }),
    'two words': () => ({ query: `${pick()} ${pick()}` }),
    'the first 3 or 4 letters': () => ({ query: pick().slice(0, 3 + Math.floor(random() * 2)) }),
    'the first 1 or 2 letters': () => ({ query: pick().slice(0, 1 + Math.floor(random() * 2)) }),
    'one typo': () => ({ query: misspell(pick(), random) }),
    'four words, never together': () => ({ query: `${pick()} ${pick()} ${pick()} ${pick()}` }),
    'one word, two filters': () => ({ query: pick(), filters: filters() }),
    'everything, by name, right after a change': () => ({ query: '…', sort: 'name' }),
  };
}

/** Times of each kind of query over `count` agents, of changes, and the memory it takes. */
export async function measureSearchIndex(count = 100_000): Promise<Section> {
  const random = createRandom(7);
  const { words, pick } = createVocabulary(Math.max(2_000, Math.round(count * 0.9)), random);
  const documents = makeDocuments(count, pick, random);
  const index = new SearchIndex();
  const buildMs = await timeOf(() => index.load(partsOf(documents)));
  const rows: Row[] = [];
  for (const [what, makeRequest] of Object.entries(queriesOf(pick, random))) {
    const times: number[] = [];
    for (let round = 0; round < QUERIES + 100; round++) {
      const request = { query: '', filters: {}, sort: 'relevance' as const, limit: 20, ...makeRequest() };
      const best = Math.min(timeSearch(index, request), timeSearch(index, request), timeSearch(index, request));
      if (round >= 100) times.push(best);
    }
    rows.push(queryRow(what, times));
  }
  const changes = documents.slice(0, 100).map((document) => ({ ...document, summary: `${document.summary} changed` }));
  rows.push({
    what: 'taking over 100 changed agents',
    measured: milliseconds(await timeOf(async () => index.apply({ put: changes, remove: [] }))),
  });
  rows.push({ what: 'merging them, in slices of 4 ms', measured: milliseconds(await timeOf(() => index.merge())) });
  rows.push({ what: 'building the index', measured: milliseconds(buildMs) });
  return {
    title: 'Search index',
    conditions: `${count.toLocaleString('en')} agents, ${words.length.toLocaleString('en')} distinct words, best of 3 for each of ${QUERIES} queries`,
    rows,
  };
}

/** The best of three is taken: whatever else runs on the machine would be measured otherwise. */
function timeSearch(index: SearchIndex, request: SearchRequest): number {
  const started = performance.now();
  index.search(request);
  return performance.now() - started;
}

function queryRow(what: string, times: readonly number[]): Row {
  const p95 = quantile(times, 0.95);

  return {
    what: `${what}: p95`,
    measured: `${p95.toFixed(3)} ms`,
    value: p95,
    ...(what.startsWith('everything') ? {} : { target: `< ${TARGET_P95_MS} ms`, isMet: p95 < TARGET_P95_MS }),
    note: `p50 ${quantile(times, 0.5).toFixed(3)} ms, slowest ${Math.max(...times).toFixed(2)} ms`,
  };
}

function* partsOf(documents: readonly SearchDocument[]): Generator<{ put: SearchDocument[]; remove: string[] }> {
  for (let start = 0; start < documents.length; start += 20_000)
    yield { put: documents.slice(start, start + 20_000), remove: [] };
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

if (process.argv[1]?.endsWith('search-index.ts')) printSection(await measureSearchIndex(Number(process.argv[2] ?? 100_000)));
