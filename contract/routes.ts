import * as z from 'zod/mini';
import { DevSignInSchema, MeSchema, SignInMethodsSchema, SignInResultSchema, TokenSchema } from './accounts.ts';
import {
  AgentDetailSchema,
  ReadmeSchema,
  SearchPageSchema,
  SearchQuerySchema,
  StatisticsQuerySchema,
  StatisticsSchema,
  StorefrontSchema,
  VersionDetailSchema,
  VersionSummarySchema,
} from './agents.ts';
import type { ErrorCode } from './errors.ts';
import { ScopeSchema, SlugSchema, VersionSchema } from './names.ts';
import { PageQuery, pageOf } from './pagination.ts';
import { PublishedAgentSchema } from './publishing.ts';
import { SegmentBatchSchema, SegmentCallSchema, UsageReceiptSchema } from './usage.ts';

type Schema = z.core.$ZodType;

/**
 * One JSON route. The server parses and authorises by it, the client calls by it, the OpenAPI document is made from it.
 * `path` has Express parameters (`:scope`); `auth` is the least a caller needs; `response` absent means 204 without a body.
 */
export interface RouteDefinition {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly tag: 'catalogue' | 'publishing' | 'accounts' | 'usage';
  readonly auth: 'public' | 'read' | 'publish' | 'admin';
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly bodyLimit?: 'usage';
  readonly response?: Schema;
  /** Codes beyond those every route may answer (invalid_request, rate_limited, internal, unavailable and, with auth, unauthenticated, forbidden). */
  readonly errors?: readonly ErrorCode[];
}

function route<const Definition extends RouteDefinition>(definition: Definition): Definition {
  return definition;
}

/** Segment's calls for one item; only `track` calls with the names of contract/events.ts are counted, the others are acknowledged. */
function segmentCall<const Id extends string, const Path extends string>(id: Id, path: Path) {
  return route({
    id,
    method: 'POST',
    path,
    tag: 'usage',
    auth: 'public',
    summary: 'One usage event in Segment’s format, handled like an item of a batch.',
    body: SegmentCallSchema,
    bodyLimit: 'usage',
    response: UsageReceiptSchema,
    errors: ['payload_too_large', 'invalid_json', 'storage_full'],
  });
}

const agentParams = z.object({ scope: ScopeSchema, slug: SlugSchema });
const versionParams = z.object({ scope: ScopeSchema, slug: SlugSchema, version: VersionSchema });
const agents = '/api/v1/agents';

export const ROUTES = {
  getStorefront: route({
    id: 'getStorefront',
    method: 'GET',
    path: '/api/v1/storefront',
    tag: 'catalogue',
    auth: 'public',
    summary: 'Featured, trending and recent agents, categories with counts, collections.',
    response: StorefrontSchema,
  }),
  searchAgents: route({
    id: 'searchAgents',
    method: 'GET',
    path: agents,
    tag: 'catalogue',
    auth: 'public',
    summary: 'Lists and searches agents, with facets.',
    query: SearchQuerySchema,
    response: SearchPageSchema,
    errors: ['invalid_cursor'],
  }),
  getAgent: route({
    id: 'getAgent',
    method: 'GET',
    path: `${agents}/:scope/:slug`,
    tag: 'catalogue',
    auth: 'public',
    summary: 'One agent with its latest version, capabilities and similar agents.',
    params: agentParams,
    response: AgentDetailSchema,
    errors: ['agent_not_found'],
  }),
  listVersions: route({
    id: 'listVersions',
    method: 'GET',
    path: `${agents}/:scope/:slug/versions`,
    tag: 'catalogue',
    auth: 'public',
    summary: 'Versions of an agent, newest first.',
    params: agentParams,
    query: z.object(PageQuery),
    response: pageOf(VersionSummarySchema),
    errors: ['agent_not_found', 'invalid_cursor'],
  }),
  getVersion: route({
    id: 'getVersion',
    method: 'GET',
    path: `${agents}/:scope/:slug/versions/:version`,
    tag: 'catalogue',
    auth: 'public',
    summary: 'One version: components, capabilities with evidence, findings, files.',
    params: versionParams,
    response: VersionDetailSchema,
    errors: ['agent_not_found', 'version_not_found'],
  }),
  getReadme: route({
    id: 'getReadme',
    method: 'GET',
    path: `${agents}/:scope/:slug/versions/:version/readme`,
    tag: 'catalogue',
    auth: 'public',
    summary: 'README of a version as sanitised HTML and as Markdown.',
    params: versionParams,
    response: ReadmeSchema,
    errors: ['agent_not_found', 'version_not_found'],
  }),
  getStatistics: route({
    id: 'getStatistics',
    method: 'GET',
    path: `${agents}/:scope/:slug/statistics`,
    tag: 'usage',
    auth: 'public',
    summary: 'Views, installs and active installs per day.',
    params: agentParams,
    query: StatisticsQuerySchema,
    response: StatisticsSchema,
    errors: ['agent_not_found'],
  }),
  listSignInMethods: route({
    id: 'listSignInMethods',
    method: 'GET',
    path: '/api/v1/auth/methods',
    tag: 'accounts',
    auth: 'public',
    summary: 'How people can sign in here.',
    response: SignInMethodsSchema,
  }),
  signInForDevelopment: route({
    id: 'signInForDevelopment',
    method: 'POST',
    path: '/api/v1/auth/dev',
    tag: 'accounts',
    auth: 'public',
    summary: 'Development sign-in: loopback only, never in production.',
    body: DevSignInSchema,
    response: SignInResultSchema,
    errors: ['dev_signin_disabled'],
  }),
  getMe: route({
    id: 'getMe',
    method: 'GET',
    path: '/api/v1/me',
    tag: 'accounts',
    auth: 'read',
    summary: 'Who the token belongs to.',
    response: MeSchema,
  }),
  listTokens: route({
    id: 'listTokens',
    method: 'GET',
    path: '/api/v1/me/tokens',
    tag: 'accounts',
    auth: 'read',
    summary: 'My tokens, without their secrets.',
    response: z.object({ items: z.array(TokenSchema) }),
  }),
  revokeToken: route({
    id: 'revokeToken',
    method: 'DELETE',
    path: '/api/v1/me/tokens/:id',
    tag: 'accounts',
    auth: 'read',
    summary: 'Revokes one of my tokens.',
    params: z.object({ id: z.string().check(z.maxLength(64)) }),
    errors: ['not_found'],
  }),
  listMyAgents: route({
    id: 'listMyAgents',
    method: 'GET',
    path: '/api/v1/me/agents',
    tag: 'publishing',
    auth: 'read',
    summary: 'Agents of my scopes with every version, its review state and findings.',
    response: z.object({ items: z.array(PublishedAgentSchema) }),
  }),
  recordUsageBatch: route({
    id: 'recordUsageBatch',
    method: 'POST',
    path: '/v1/batch',
    tag: 'usage',
    auth: 'public',
    summary: 'Usage events in Segment’s batch format; each is counted once by its messageId.',
    body: SegmentBatchSchema,
    bodyLimit: 'usage',
    response: UsageReceiptSchema,
    errors: ['payload_too_large', 'invalid_json', 'storage_full'],
  }),
  recordTrack: segmentCall('recordTrack', '/v1/track'),
  recordIdentify: segmentCall('recordIdentify', '/v1/identify'),
  recordPage: segmentCall('recordPage', '/v1/page'),
  recordScreen: segmentCall('recordScreen', '/v1/screen'),
  recordGroup: segmentCall('recordGroup', '/v1/group'),
  recordAlias: segmentCall('recordAlias', '/v1/alias'),
} as const satisfies Record<string, RouteDefinition>;

export type Routes = typeof ROUTES;
export type RouteId = keyof Routes;

type Input<S> = S extends Schema ? z.input<S> : never;
type Parsed<S> = S extends Schema ? z.output<S> : undefined;
type Field<R, K extends string> = R extends { readonly [P in K]: infer S } ? S : undefined;

/** What a caller of the route passes, by the parts the route has. */
export type RouteRequest<R extends RouteDefinition> = (Field<R, 'params'> extends Schema
  ? { params: Input<Field<R, 'params'>> }
  : unknown) &
  (Field<R, 'query'> extends Schema ? { query?: Partial<Input<Field<R, 'query'>>> } : unknown) &
  (Field<R, 'body'> extends Schema ? { body: Input<Field<R, 'body'>> } : unknown);
/** What a handler of the route gets, parsed. */
export interface ParsedRequest<R extends RouteDefinition> {
  readonly params: Parsed<Field<R, 'params'>>;
  readonly query: Parsed<Field<R, 'query'>>;
  readonly body: Parsed<Field<R, 'body'>>;
}
/** What the route answers. */
export type RouteResponse<R extends RouteDefinition> =
  Field<R, 'response'> extends Schema ? z.output<Field<R, 'response'>> : undefined;
