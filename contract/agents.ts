import * as z from 'zod/mini';
import { CapabilityIdSchema, CapabilityManifestSchema } from './capabilities.ts';
import { CategoryIdSchema } from './categories.ts';
import { ComponentKindSchema, ComponentSchema } from './components.ts';
import { FindingSchema } from './findings.ts';
import { HostIdSchema } from './hosts.ts';
import { LIMITS } from './limits.ts';
import { ConfigurationOptionSchema } from './manifest.ts';
import { AgentNameSchema, VersionSchema } from './names.ts';
import { integerParam, PageQuery, pageOf } from './pagination.ts';

/** `pending -> passed | needs_review -> passed | blocked`; later `deprecated` or `yanked` (DESIGN section 5). */
export const ReviewStateSchema = z.enum(['pending', 'passed', 'needs_review', 'blocked', 'yanked']);
export type ReviewState = z.infer<typeof ReviewStateSchema>;

/** What a buyer pays, as one line needs it. Amounts in minor units of `currency` (ISO 4217). */
export const PriceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('free') }),
  z.object({ kind: z.literal('one_time'), amountMinor: z.int(), currency: z.string() }),
  z.object({ kind: z.literal('subscription'), amountMinor: z.int(), currency: z.string(), interval: z.enum(['month', 'year']) }),
]);
export type Price = z.infer<typeof PriceSchema>;

export const PublisherSchema = z.object({
  scope: z.string(),
  displayName: z.string(),
  isVerified: z.boolean(),
});

/** One row of a list, card or search result. */
export const AgentSummarySchema = z.object({
  name: AgentNameSchema,
  displayName: z.string(),
  summary: z.string(),
  publisher: PublisherSchema,
  latestVersion: VersionSchema,
  categories: z.array(CategoryIdSchema),
  keywords: z.array(z.string()),
  componentKinds: z.array(ComponentKindSchema),
  capabilities: z.array(CapabilityIdSchema),
  /** Hosts the agent works in without losing a restriction. */
  hosts: z.array(HostIdSchema),
  price: PriceSchema,
  license: z.string(),
  /** Absolute path on this service, immutable; absent when the package has no picture. */
  iconPath: z.optional(z.string()),
  installs: z.int(),
  activeInstalls: z.int(),
  /** Mean of 1 to 5 stars with its count; absent while nobody has reviewed it. */
  rating: z.optional(z.object({ average: z.number(), count: z.int() })),
  isDeprecated: z.boolean(),
  publishedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type AgentSummary = z.infer<typeof AgentSummarySchema>;

export const VersionSummarySchema = z.object({
  version: VersionSchema,
  publishedAt: z.iso.datetime(),
  reviewState: ReviewStateSchema,
  deprecation: z.optional(z.string()),
  /** Packed and unpacked size in bytes. */
  sizeBytes: z.int(),
  unpackedBytes: z.int(),
  fileCount: z.int(),
  /** Subresource Integrity (sha512) of the tarball. */
  integrity: z.string(),
  distTags: z.array(z.string()),
  /** Changelog section of this version as Markdown, when CHANGELOG.md has one. */
  changes: z.optional(z.string()),
});
export type VersionSummary = z.infer<typeof VersionSummarySchema>;

export const VersionDetailSchema = z.extend(VersionSummarySchema, {
  name: AgentNameSchema,
  tarballPath: z.string(),
  components: z.array(ComponentSchema),
  capabilityManifest: CapabilityManifestSchema,
  configuration: z.array(ConfigurationOptionSchema),
  dependencies: z.array(z.object({ id: AgentNameSchema, range: z.string(), optional: z.boolean() })),
  /** Findings a person should know; a `refused` finding never reaches the catalogue. */
  findings: z.array(FindingSchema),
  /** How many named checks ran over the package. */
  checkCount: z.int(),
  files: z.array(z.object({ path: z.string(), sizeBytes: z.int() })),
  /** Rough token cost that the agent adds to each request (descriptions that hosts always load). */
  contextTokens: z.int(),
});
export type VersionDetail = z.infer<typeof VersionDetailSchema>;

export const LinkSchema = z.object({ label: z.string(), url: z.string() });

export const AgentDetailSchema = z.extend(AgentSummarySchema, {
  description: z.string(),
  latest: VersionDetailSchema,
  versionCount: z.int(),
  links: z.array(LinkSchema),
  screenshots: z.array(z.string()),
  similar: z.array(AgentSummarySchema),
});
export type AgentDetail = z.infer<typeof AgentDetailSchema>;

/** README of one version: sanitised HTML, safe to show in a page and in a webview. Empty text when there is none. */
export const ReadmeSchema = z.object({ version: VersionSchema, html: z.string(), markdown: z.string() });
export type Readme = z.infer<typeof ReadmeSchema>;

export const SORTS = ['relevance', 'trending', 'installs', 'updated', 'name'] as const;
export const SortSchema = z.enum(SORTS);
export type Sort = z.infer<typeof SortSchema>;

export const SearchQuerySchema = z.object({
  q: z._default(z.string().check(z.maxLength(LIMITS.queryChars)), ''),
  category: z.optional(CategoryIdSchema),
  host: z.optional(HostIdSchema),
  kind: z.optional(ComponentKindSchema),
  capability: z.optional(CapabilityIdSchema),
  price: z.optional(z.enum(['free', 'paid'])),
  scope: z.optional(z.string().check(z.maxLength(65))),
  /** `relevance` without a query means installs. */
  sort: z._default(SortSchema, 'relevance'),
  ...PageQuery,
});
export type SearchQuery = z.infer<typeof SearchQuerySchema>;

export const FacetSchema = z.object({ id: z.string(), name: z.string(), count: z.int() });
export type Facet = z.infer<typeof FacetSchema>;

export const SearchPageSchema = z.extend(pageOf(AgentSummarySchema), {
  total: z.int(),
  facets: z.object({
    categories: z.array(FacetSchema),
    hosts: z.array(FacetSchema),
    kinds: z.array(FacetSchema),
    prices: z.array(FacetSchema),
  }),
  /** A better spelling when nothing was found as written. */
  didYouMean: z.optional(z.string()),
});
export type SearchPage = z.infer<typeof SearchPageSchema>;

/** Everything the storefront and the Marketplace tree show first, in one answer. */
export const StorefrontSchema = z.object({
  featured: z.array(AgentSummarySchema),
  trending: z.array(AgentSummarySchema),
  recent: z.array(AgentSummarySchema),
  categories: z.array(FacetSchema),
  collections: z.array(
    z.object({ id: z.string(), name: z.string(), description: z.string(), agents: z.array(AgentSummarySchema) }),
  ),
  totalAgents: z.int(),
});
export type Storefront = z.infer<typeof StorefrontSchema>;

export const StatisticsQuerySchema = z.object({ days: integerParam(1, 365, 30) });

/**
 * Daily statistics of one agent, oldest day first, one entry per UTC day without gaps.
 * `views` and `installs` count events; `activeInstalls` counts distinct installations that reported the agent present or used that day.
 */
export const StatisticsSchema = z.object({
  name: AgentNameSchema,
  days: z.array(z.object({ day: z.iso.date(), views: z.int(), installs: z.int(), removes: z.int(), activeInstalls: z.int() })),
  totals: z.object({ views: z.int(), installs: z.int(), removes: z.int(), activeInstalls: z.int() }),
  /** The same totals over the period of equal length before. */
  previous: z.object({ views: z.int(), installs: z.int(), removes: z.int(), activeInstalls: z.int() }),
  releases: z.array(z.object({ day: z.iso.date(), version: VersionSchema })),
  /** When the last fold that touched this agent finished; the numbers hold everything received before. */
  freshAt: z.iso.datetime(),
});
export type Statistics = z.infer<typeof StatisticsSchema>;
