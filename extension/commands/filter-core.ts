import { type SearchQuery, SORTS, type Sort } from '../../contract/agents.ts';
import { CATEGORIES } from '../../contract/categories.ts';
import { COMPONENT_KINDS } from '../../contract/components.ts';
import { HOSTS } from '../../contract/hosts.ts';
import { LIMITS } from '../../contract/limits.ts';
import { t } from '../platform/text-core.ts';

/** Filters as text: `@category:testing @price:free @host:cursor @sort:trending words to find`. */
export const FILTER_NAMES = ['category', 'price', 'host', 'kind', 'sort', 'publisher'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

interface Choice {
  readonly id: string;
  readonly name: string;
}

const SORT_NAMES: Record<Sort, string> = {
  relevance: 'Relevance',
  trending: 'Trending',
  installs: 'Most installed',
  updated: 'Recently updated',
  name: 'Name',
};

/** Values a filter can take; publishers are not listed because only the service knows them. */
export function choicesOf(filter: FilterName): readonly Choice[] {
  switch (filter) {
    case 'category':
      return CATEGORIES;
    case 'host':
      return HOSTS;
    case 'price':
      return [
        { id: 'free', name: t('Free') },
        { id: 'paid', name: t('Paid') },
      ];
    case 'kind':
      return COMPONENT_KINDS.map((id) => ({ id, name: id === 'mcp' ? 'MCP server' : id }));
    case 'sort':
      return SORTS.map((id) => ({ id, name: t(SORT_NAMES[id]) }));
    case 'publisher':
      return [];
  }
}

export interface ParsedSearch {
  /** What goes to the service. */
  readonly query: Partial<SearchQuery>;
  /** The token being typed at the end, when it is a filter that is not complete: offer completions instead of results. */
  readonly open?: { readonly text: string; readonly filter?: FilterName; readonly value: string };
  /** Filters that mean nothing, in words. */
  readonly problems: readonly string[];
}

/** Reads a search text. Never fails: what is not understood is reported and otherwise left out. */
export function parseSearch(text: string): ParsedSearch {
  const tokens = text.split(/\s+/).filter((token) => token !== '');
  const isTyping = text !== '' && !/\s$/.test(text);
  const words: string[] = [];
  const query: Record<string, string> = {};
  const problems: string[] = [];
  let open: ParsedSearch['open'];

  tokens.forEach((token, index) => {
    if (!token.startsWith('@')) {
      words.push(token);
      return;
    }
    const [name, value] = splitFilter(token);
    const filter = FILTER_NAMES.find((each) => each === name);
    const isLast = isTyping && index === tokens.length - 1;
    if (filter === undefined) {
      // `@acme` or `@acme/tool` is a name to search for, unless it is the start of a filter.
      if (isLast && value === undefined && FILTER_NAMES.some((each) => each.startsWith(name)))
        open = { text: token, value: name };
      else if (value === undefined) words.push(token);
      else problems.push(t('There is no filter @{0}.', name));
      return;
    }
    const resolved = resolve(filter, value ?? '');
    if (resolved !== undefined) query[filter === 'publisher' ? 'scope' : filter] = resolved;
    else if (isLast) open = { text: token, filter, value: value ?? '' };
    else problems.push(unknownValue(filter, value ?? ''));
  });

  const q = words.join(' ').slice(0, LIMITS.queryChars);
  return {
    query: { ...(q === '' ? {} : { q }), ...(query as Partial<SearchQuery>) },
    ...(open === undefined ? {} : { open }),
    problems,
  };
}

export interface Completion {
  /** The whole search text after choosing this. */
  readonly text: string;
  readonly label: string;
  readonly description: string;
}

/** What can stand where the open token is; best first. */
export function completionsOf(text: string, open: NonNullable<ParsedSearch['open']>): Completion[] {
  const before = text.slice(0, text.length - open.text.length);
  const { filter, value } = open;
  if (filter === undefined) {
    return FILTER_NAMES.filter((name) => name.startsWith(value.toLowerCase())).map((name) => ({
      text: `${before}@${name}:`,
      label: `@${name}:`,
      description: describeFilter(name),
    }));
  }
  const fitting = choicesOf(filter).filter((choice) => fits(choice, value));
  return [...fitting]
    .sort((a, b) => Number(begins(b, value)) - Number(begins(a, value)))
    .map((choice) => ({ text: `${before}@${filter}:${choice.id} `, label: `@${filter}:${choice.id}`, description: choice.name }));
}

function describeFilter(filter: FilterName): string {
  if (filter === 'publisher') return t('a publisher’s scope, such as @publisher:@coditect');
  return choicesOf(filter)
    .slice(0, 4)
    .map((choice) => choice.name)
    .join(', ');
}

function splitFilter(token: string): [string, string | undefined] {
  const colon = token.indexOf(':');
  if (colon < 0) return [token.slice(1).toLowerCase(), undefined];
  return [token.slice(1, colon).toLowerCase(), token.slice(colon + 1)];
}

/** An id, a name, or the start of exactly one of them. */
function resolve(filter: FilterName, value: string): string | undefined {
  const wanted = value.toLowerCase();
  if (wanted === '') return undefined;
  if (filter === 'publisher') return /^@?[a-z0-9](?:-?[a-z0-9])*$/.test(wanted) ? `@${wanted.replace(/^@/, '')}` : undefined;
  const choices = choicesOf(filter);
  const exact = choices.find((choice) => choice.id === wanted || choice.name.toLowerCase() === wanted);
  if (exact !== undefined) return exact.id;
  const starting = choices.filter((choice) => choice.id.split('-').includes(wanted));
  return starting.length === 1 ? starting[0]?.id : undefined;
}

function fits(choice: Choice, value: string): boolean {
  const wanted = value.toLowerCase();
  return choice.id.includes(wanted) || choice.name.toLowerCase().includes(wanted);
}

/** A word of it begins with what was typed: such values stand first. */
function begins(choice: Choice, value: string): boolean {
  return choice.id.split('-').some((word) => word.startsWith(value.toLowerCase()));
}

function unknownValue(filter: FilterName, value: string): string {
  const known = choicesOf(filter).map((choice) => choice.id);
  return known.length === 0
    ? t('@{0}:{1} is not known.', filter, value)
    : t('@{0}:{1} is not known. Known: {2}.', filter, value, known.join(', '));
}

/** The filters of a query in words, for the tree's heading: "Testing & QA · Free · by trending". */
export function describeQuery(query: Partial<SearchQuery>): string {
  const nameOf = (filter: FilterName, id: string) => choicesOf(filter).find((choice) => choice.id === id)?.name ?? id;
  return [
    ...(query.category === undefined ? [] : [nameOf('category', query.category)]),
    ...(query.host === undefined ? [] : [nameOf('host', query.host)]),
    ...(query.price === undefined ? [] : [nameOf('price', query.price)]),
    ...(query.kind === undefined ? [] : [nameOf('kind', query.kind)]),
    ...(query.scope === undefined ? [] : [query.scope]),
    ...(query.sort === undefined ? [] : [nameOf('sort', query.sort)]),
  ].join(' · ');
}
