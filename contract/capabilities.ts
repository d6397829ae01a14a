import * as z from 'zod/mini';

/** What an installed agent may do. Neutral over hosts; the table per host is in the installer. */
export const CAPABILITY_IDS = ['read', 'search', 'edit', 'execute', 'web', 'agent', 'mcp'] as const;
export type CapabilityId = (typeof CAPABILITY_IDS)[number];
export const CapabilityIdSchema = z.enum(CAPABILITY_IDS);

/** The file and line of the package that proves a capability. `line` counts from 1. */
export const EvidenceSchema = z.object({
  path: z.string(),
  line: z.int().check(z.minimum(1)),
});
export type Evidence = z.infer<typeof EvidenceSchema>;

export const CapabilityUseSchema = z.object({
  id: CapabilityIdSchema,
  /** Narrows the capability where the package does, such as `npm test` for execute; empty means without limits. */
  details: z.array(z.string()),
  evidence: z.array(EvidenceSchema),
});

export const CommandUseSchema = z.object({
  /** What starts it: a hook, an MCP server, or inline shell in a command or skill. */
  kind: z.enum(['hook', 'mcp', 'inline-shell']),
  command: z.string(),
  /** Hook event in Claude's spelling, or the MCP server's name. */
  trigger: z.string(),
  evidence: EvidenceSchema,
});

/**
 * The capability manifest: derived from the package's files, never taken from the author's word.
 * `undeclared` lists what was derived but is missing in `agent.permissions`.
 */
export const CapabilityManifestSchema = z.object({
  capabilities: z.array(CapabilityUseSchema),
  commands: z.array(CommandUseSchema),
  mcpServers: z.array(
    z.object({ name: z.string(), transport: z.enum(['stdio', 'http', 'sse']), target: z.string(), evidence: EvidenceSchema }),
  ),
  networkHosts: z.array(z.object({ host: z.string(), evidence: EvidenceSchema })),
  secrets: z.array(z.object({ name: z.string(), evidence: EvidenceSchema })),
  models: z.array(z.string()),
  executables: z.array(z.string()),
  undeclared: z.array(z.string()),
});
export type CapabilityManifest = z.infer<typeof CapabilityManifestSchema>;

const SENTENCES: Record<CapabilityId, string> = {
  read: 'read files in the workspace',
  search: 'search file names and contents',
  edit: 'create and change files',
  execute: 'run commands',
  web: 'fetch pages and search the web',
  agent: 'start other agents',
  mcp: 'call MCP tools',
};

/** "run commands: npm test": one capability in the words of the consent screen. */
export function describeCapability(use: { id: CapabilityId; details: readonly string[] }): string {
  const sentence = SENTENCES[use.id];
  return use.details.length === 0 ? sentence : `${sentence}: ${use.details.join(', ')}`;
}
