import * as z from 'zod/mini';
import { CapabilityIdSchema } from './capabilities.ts';
import { HostIdSchema } from './hosts.ts';
import { LIMITS } from './limits.ts';
import { AgentNameSchema, VersionSchema } from './names.ts';

/** A value the agent needs from its user: becomes Claude's userConfig, VS Code's inputs, an environment variable elsewhere. */
export const ConfigurationOptionSchema = z.object({
  key: z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/)),
  title: z.string().check(z.minLength(1), z.maxLength(100)),
  description: z.string().check(z.maxLength(500)),
  type: z._default(z.enum(['string', 'number', 'boolean', 'directory', 'file']), 'string'),
  required: z._default(z.boolean(), false),
  sensitive: z._default(z.boolean(), false),
  default: z.optional(z.union([z.string(), z.number(), z.boolean()])),
});

export const PermissionsSchema = z.object({
  capabilities: z._default(z.array(CapabilityIdSchema), []),
  hosts: z._default(z.array(z.string()), []),
  env: z._default(z.array(z.string()), []),
  files: z._default(z.array(z.string()), []),
});

/** The `agent` block of package.json: everything npm has no field for (DESIGN section 6). */
export const AgentBlockSchema = z.object({
  displayName: z.string().check(z.minLength(1), z.maxLength(LIMITS.displayNameChars)),
  /** Ids or names of contract/categories; resolved by the package reader, which refuses unknown ones with the list of known ones. */
  categories: z.array(z.string()).check(z.minLength(1), z.maxLength(LIMITS.categoriesPerAgent)),
  /** Long form shown on the agent's page above the README; `description` of package.json is the summary. */
  description: z.optional(z.string().check(z.maxLength(LIMITS.descriptionChars))),
  icon: z.optional(z.string()),
  screenshots: z._default(z.array(z.string()), []),
  /** Absent: every host the components can be translated for. */
  targets: z.optional(z.array(HostIdSchema)),
  configuration: z._default(z.array(ConfigurationOptionSchema), []),
  permissions: z._default(PermissionsSchema, { capabilities: [], hosts: [], env: [], files: [] }),
  /** Paths of scripts and binaries in the package. An executable file that is not listed is refused. */
  executables: z._default(z.array(z.string()), []),
  dependencies: z._default(
    z.array(z.object({ id: AgentNameSchema, range: z.string(), optional: z._default(z.boolean(), false) })),
    [],
  ),
});
export type AgentBlock = z.infer<typeof AgentBlockSchema>;

const PersonSchema = z.union([
  z.string(),
  z.object({ name: z.string(), email: z.optional(z.string()), url: z.optional(z.string()) }),
]);

/** What we read of an agent package's package.json; other npm fields are kept as they are and ignored. */
export const PackageManifestSchema = z.looseObject({
  name: AgentNameSchema,
  version: VersionSchema,
  description: z.string().check(z.minLength(1), z.maxLength(LIMITS.summaryChars)),
  license: z.string().check(z.minLength(1), z.maxLength(100)),
  keywords: z._default(z.array(z.string().check(z.maxLength(LIMITS.keywordChars))).check(z.maxLength(LIMITS.keywords)), []),
  author: z.optional(PersonSchema),
  homepage: z.optional(z.string()),
  repository: z.optional(z.union([z.string(), z.looseObject({ url: z.string() })])),
  bugs: z.optional(z.union([z.string(), z.looseObject({ url: z.optional(z.string()) })])),
  agent: AgentBlockSchema,
});
export type PackageManifest = z.infer<typeof PackageManifestSchema>;
