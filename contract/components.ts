import * as z from 'zod/mini';

export const COMPONENT_KINDS = ['subagent', 'skill', 'command', 'rule', 'hook', 'mcp'] as const;
export type ComponentKind = (typeof COMPONENT_KINDS)[number];
export const ComponentKindSchema = z.enum(COMPONENT_KINDS);

/** One component of a package as the catalogue shows it. For hooks `name` is the event, for MCP the server's name. */
export const ComponentSchema = z.object({
  kind: ComponentKindSchema,
  name: z.string(),
  description: z.string(),
  path: z.string(),
});
export type Component = z.infer<typeof ComponentSchema>;

const NOUNS: Record<ComponentKind, readonly [string, string]> = {
  subagent: ['subagent', 'subagents'],
  skill: ['skill', 'skills'],
  command: ['command', 'commands'],
  rule: ['rule', 'rules'],
  hook: ['hook', 'hooks'],
  mcp: ['MCP server', 'MCP servers'],
};

/** "2 subagents, 1 skill": counts in the fixed order of kinds; empty text for no components. */
export function summarizeComponents(components: readonly { kind: ComponentKind }[]): string {
  return COMPONENT_KINDS.map((kind) => ({ kind, count: components.filter((component) => component.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${NOUNS[kind][count === 1 ? 0 : 1]}`)
    .join(', ');
}
