import type { AgentSummary, Price, SearchQuery } from '../../contract/agents.ts';
import { LIMITS } from '../../contract/limits.ts';
import { ROUTES } from '../../contract/routes.ts';
import type { CommandContext, Outcome } from '../command.ts';
import { formatTable } from '../table.ts';

const FILTERS = ['category', 'host', 'kind', 'price', 'sort', 'limit'] as const;

export async function search(context: CommandContext): Promise<Outcome> {
  const q = context.args.join(' ').slice(0, LIMITS.queryChars);
  const filters = Object.fromEntries(
    FILTERS.flatMap((key) => (context.options[key] === undefined ? [] : [[key, context.options[key]]])),
  );
  const client = await context.client();
  // the service checks the filters and names the wrong one
  const page = await client.call(ROUTES.searchAgents, {
    query: { q, ...filters } as Partial<SearchQuery>,
    signal: context.io.signal,
  });
  return {
    json: page,
    lines: page.items.length === 0 ? nothingFound(q, page.didYouMean) : found(context, page.items, page.total),
    ...(q === '' ? {} : { events: [{ name: 'Search Performed', properties: { query: q, results: page.total } }] }),
  };
}

function found(context: CommandContext, items: readonly AgentSummary[], total: number): string[] {
  const rows = items.map((item) => [
    item.name,
    item.latestVersion,
    item.rating === undefined ? '' : item.rating.average.toFixed(1),
    priceText(item.price),
    `${item.summary}${item.isDeprecated ? ' (deprecated)' : ''}`,
  ]);
  const table = formatTable(['agent', 'version', '>rating', 'price', 'what it does'], rows, context.io.stdout.columns);
  return total > items.length ? [...table, `${items.length} of ${total}; more with --limit, fewer with other words.`] : table;
}

function nothingFound(q: string, didYouMean: string | undefined): string[] {
  return [`Nothing found for "${q}".`, ...(didYouMean === undefined ? [] : [`Did you mean: ${didYouMean}`])];
}

export function priceText(price: Price): string {
  if (price.kind === 'free') return 'free';
  const amount = new Intl.NumberFormat('en', { style: 'currency', currency: price.currency }).format(price.amountMinor / 100);
  return price.kind === 'one_time' ? amount : `${amount}/${price.interval === 'month' ? 'mo' : 'yr'}`;
}
