import * as z from 'zod/mini';
import { HostIdSchema } from './hosts.ts';
import { AgentNameSchema, VersionSchema } from './names.ts';

const hosts = z.array(HostIdSchema);

/**
 * Usage events: Segment `track` names with their properties. Identity is a random installation id; no code, prompts or paths.
 * `Agent Active` is sent at most once a day for each agent installed in an opened workspace.
 */
export const USAGE_EVENTS = {
  'Agent Viewed': z.object({ agent: AgentNameSchema, surface: z.enum(['panel', 'web', 'cli']) }),
  'Agent Installed': z.object({ agent: AgentNameSchema, version: VersionSchema, hosts, durationMs: z.optional(z.number()) }),
  'Agent Updated': z.object({ agent: AgentNameSchema, version: VersionSchema, fromVersion: VersionSchema, hosts }),
  'Agent Removed': z.object({ agent: AgentNameSchema, version: VersionSchema, hosts }),
  'Agent Active': z.object({ agent: AgentNameSchema, version: VersionSchema, hosts }),
  'Search Performed': z.object({ query: z.string().check(z.maxLength(200)), results: z.int() }),
} as const;

export type UsageEventName = keyof typeof USAGE_EVENTS;
export type UsageEventProperties<Name extends UsageEventName> = z.infer<(typeof USAGE_EVENTS)[Name]>;
/** A usage event as code passes it on, before it has identity and time. */
export type UsageEvent = {
  [Name in UsageEventName]: { readonly name: Name; readonly properties: UsageEventProperties<Name> };
}[UsageEventName];

export function isUsageEventName(name: string): name is UsageEventName {
  return Object.hasOwn(USAGE_EVENTS, name);
}
