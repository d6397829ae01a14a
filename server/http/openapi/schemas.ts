import * as z from 'zod/mini';
import * as accounts from '../../../contract/accounts.ts';
import * as agents from '../../../contract/agents.ts';
import { CapabilityManifestSchema } from '../../../contract/capabilities.ts';
import { ComponentSchema } from '../../../contract/components.ts';
import { ProblemSchema } from '../../../contract/errors.ts';
import { FindingSchema } from '../../../contract/findings.ts';
import { ConfigurationOptionSchema } from '../../../contract/manifest.ts';
import { PublishedAgentSchema } from '../../../contract/publishing.ts';
import { SegmentBatchSchema, UsageReceiptSchema } from '../../../contract/usage.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Shapes that get a name of their own in the document; everything else is written out where it is used. */
const NAMED = {
  AgentDetail: agents.AgentDetailSchema,
  AgentSummary: agents.AgentSummarySchema,
  CapabilityManifest: CapabilityManifestSchema,
  Component: ComponentSchema,
  ConfigurationOption: ConfigurationOptionSchema,
  DevSignIn: accounts.DevSignInSchema,
  Facet: agents.FacetSchema,
  Finding: FindingSchema,
  Me: accounts.MeSchema,
  Price: agents.PriceSchema,
  Problem: ProblemSchema,
  PublishedAgent: PublishedAgentSchema,
  Publisher: agents.PublisherSchema,
  Readme: agents.ReadmeSchema,
  SearchPage: agents.SearchPageSchema,
  SegmentBatch: SegmentBatchSchema,
  SignInResult: accounts.SignInResultSchema,
  Statistics: agents.StatisticsSchema,
  Storefront: agents.StorefrontSchema,
  Token: accounts.TokenSchema,
  UsageReceipt: UsageReceiptSchema,
  User: accounts.UserSchema,
  VersionDetail: agents.VersionDetailSchema,
  VersionSummary: agents.VersionSummarySchema,
} as const;

const names = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(NAMED)) names.add(schema, { id });

/** Turns zod schemas into JSON Schema with references into `components`, and collects the named ones that were met. */
export class SchemaWriter {
  readonly components: Record<string, JsonSchema> = {};

  /** `input`: what a caller may send (defaults are optional). `output`: what we answer. */
  write(schema: z.core.$ZodType, io: 'input' | 'output'): JsonSchema {
    const written = z.toJSONSchema(schema, { io, metadata: names, target: 'draft-2020-12', unrepresentable: 'any' });
    const { $schema: _, $defs, ...body } = relink(written) as JsonSchema & { $defs?: Record<string, JsonSchema> };
    for (const [name, definition] of Object.entries($defs ?? {})) this.components[name] ??= definition;
    const own = names.get(schema)?.id;
    if (own === undefined) return body;
    const { id: _id, ...named } = body;
    this.components[own] ??= named;
    return { $ref: `#/components/schemas/${own}` };
  }
}

function relink(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relink);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === '$ref' && typeof inner === 'string') return [key, inner.replace('#/$defs/', '#/components/schemas/')];
      return [key, relink(inner)];
    }),
  );
}
