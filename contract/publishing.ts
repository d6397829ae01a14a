import * as z from 'zod/mini';
import { VersionSummarySchema } from './agents.ts';
import { FindingSchema } from './findings.ts';
import { AgentNameSchema, VersionSchema } from './names.ts';

/** An agent in the eyes of its publisher: every version with its review state and findings. */
export const PublishedAgentSchema = z.object({
  name: AgentNameSchema,
  displayName: z.string(),
  latestVersion: VersionSchema,
  versions: z.array(z.extend(VersionSummarySchema, { findings: z.array(FindingSchema) })),
});
export type PublishedAgent = z.infer<typeof PublishedAgentSchema>;

/** Answer to a publish over the JSON API: `reviewState` says whether people see it already. */
export const PublishResultSchema = z.object({
  name: AgentNameSchema,
  version: VersionSchema,
  integrity: z.string(),
  reviewState: z.string(),
  findings: z.array(FindingSchema),
});
export type PublishResult = z.infer<typeof PublishResultSchema>;
