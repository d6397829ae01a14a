import type { AgentSummary, Price } from '../../contract/agents.ts';
import { describeCapability } from '../../contract/capabilities.ts';
import type { CategoryId } from '../../contract/categories.ts';
import { type HostId, hostName } from '../../contract/hosts.ts';
import { t } from '../platform/text-core.ts';

/** What this workspace knows of an agent, for the one fact that a row has room for. */
export interface InstalledFact {
  readonly version: string;
  /** Newer version, when an update is known. */
  readonly latest?: string;
}

const CATEGORY_ICONS: Record<CategoryId, string> = {
  'business-intelligence': 'graph',
  'code-analysis-review': 'code-review',
  documentation: 'book',
  'devops-deployment': 'rocket',
  'testing-qa': 'beaker',
  'security-compliance': 'shield',
  'database-data': 'database',
  'frontend-ui': 'browser',
  'backend-api': 'server',
  'research-analysis': 'telescope',
};

export function categoryIcon(id: string | undefined): string {
  return CATEGORY_ICONS[id as CategoryId] ?? 'extensions';
}

/** "$9/mo", "Free": short enough for a row. Minor units become the currency's own form. */
export function priceText(price: Price): string {
  if (price.kind === 'free') return t('Free');
  const amount = moneyText(price.amountMinor, price.currency);
  if (price.kind === 'one_time') return amount;
  return price.interval === 'month' ? t('{0}/mo', amount) : t('{0}/yr', amount);
}

function moneyText(amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat(undefined, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const isWhole = amountMinor % 10 ** digits === 0;
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(isWhole ? { maximumFractionDigits: 0 } : {}),
  }).format(amountMinor / 10 ** digits);
}

/** The one most useful fact: update, installed, withdrawn, price, rating, else who made it. */
export function rowDescription(agent: AgentSummary, installed: InstalledFact | undefined): string {
  if (installed?.latest !== undefined) return t('update {0}', installed.latest);
  if (installed !== undefined) return t('installed');
  if (agent.isDeprecated) return t('deprecated');
  if (agent.price.kind !== 'free') return priceText(agent.price);
  if (agent.rating !== undefined) return ratingText(agent.rating);
  return agent.publisher.scope;
}

export function ratingText(rating: { readonly average: number }): string {
  return `★ ${rating.average.toFixed(1)}`;
}

export function compactNumber(count: number): string {
  return new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 }).format(count);
}

/** "Claude Code, VS Code and 3 more". */
export function hostsText(hosts: readonly HostId[], atMost = 3): string {
  const names = hosts.map(hostName);
  if (names.length <= atMost) return names.join(', ');
  return t('{0} and {1} more', names.slice(0, atMost).join(', '), names.length - atMost);
}

/** "Claude Code and VS Code". */
export function listText(names: readonly string[]): string {
  return new Intl.ListFormat(undefined, { type: 'conjunction' }).format(names);
}

/** Second line of a search result: publisher, rating, installs, price, hosts. */
export function detailLine(agent: AgentSummary): string {
  return [
    `${agent.publisher.scope}${agent.publisher.isVerified ? ' $(verified-filled)' : ''}`,
    ...(agent.rating === undefined ? [] : [ratingText(agent.rating)]),
    ...(agent.installs === 0 ? [] : [t('{0} installs', compactNumber(agent.installs))]),
    priceText(agent.price),
    hostsText(agent.hosts),
  ].join(' · ');
}

/** Tooltip as Markdown with theme icons. Every text of the publisher is escaped: it may hold links, pictures or icons. */
export function tooltipMarkdown(agent: AgentSummary): string {
  const verified = agent.publisher.isVerified ? ' $(verified-filled)' : '';
  const numbers = [
    ...(agent.rating === undefined ? [] : [`${ratingText(agent.rating)} (${agent.rating.count.toLocaleString()})`]),
    t('{0} installs', compactNumber(agent.installs)),
    priceText(agent.price),
    escapeMarkdown(agent.license),
  ];
  const abilities = agent.capabilities.map((id) => describeCapability({ id, details: [] }));
  return [
    `**${escapeMarkdown(agent.displayName)}** ${escapeMarkdown(agent.latestVersion)}  \n${escapeMarkdown(agent.publisher.scope)}${verified}`,
    escapeMarkdown(agent.summary),
    numbers.join(' · '),
    ...(agent.hosts.length === 0 ? [] : [t('Works in {0}', listText(agent.hosts.map(hostName)))]),
    ...(abilities.length === 0 ? [] : [t('Can {0}', listText(abilities))]),
  ].join('\n\n');
}

export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\s+/g, ' ');
}
