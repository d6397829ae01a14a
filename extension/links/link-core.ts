import * as z from 'zod/mini';
import { AgentNameSchema, VersionSchema } from '../../contract/names.ts';
import type { CommandKey } from '../platform/ids.ts';

const InstallSchema = z.object({ agent: AgentNameSchema, version: z.optional(VersionSchema) });
const OpenSchema = z.object({ agent: AgentNameSchema });

/**
 * What a link from outside may start: `<editor>://coditect.coditect-agents/install?agent=@acme/tool`. Nothing else.
 * A link only begins what the user could begin, with the same questions; it never carries an address, a token or a path.
 */
export const LINKS = {
  '/install': { schema: InstallSchema, command: 'installAgent' },
  '/open': { schema: OpenSchema, command: 'openAgent' },
} as const satisfies Record<string, { readonly schema: z.core.$ZodType; readonly command: CommandKey }>;

/** Commands that no link may start, and why a reader of this list need not wonder about them. A test keeps both lists complete. */
export const NOT_LINKED: readonly CommandKey[] = [
  'searchAgents',
  'filterMarketplace',
  'clearFilter',
  'refreshMarketplace',
  'runRow',
  'openOnWeb',
  'copyInstallCommand',
  'updateAgent',
  'removeAgent',
  'compareAgent',
  'checkForUpdates',
  'verifyAgents',
  'restoreAgents',
  'recoverInstall',
  'refreshInstalled',
  'refreshPublishing',
  'publishFolder',
  'openFinding',
  'signIn',
  'signOut',
  'openSettings',
  'openLog',
];

export interface ParsedLink {
  readonly command: (typeof LINKS)[keyof typeof LINKS]['command'];
  readonly agent: string;
  readonly version?: string;
}

/** The link as a command, or undefined when it is not on the list or has other parameters than it may. */
export function parseLink(path: string, query: string): ParsedLink | undefined {
  if (!isLink(path)) return undefined;
  const { schema, command } = LINKS[path];
  const params = new URLSearchParams(query);
  const given = Object.fromEntries(params);
  // A repeated parameter could mean one thing to a reader and another to us.
  if (Object.keys(given).length !== [...params].length) return undefined;
  const parsed = schema.safeParse(given);
  if (!parsed.success) return undefined;
  return { command, ...(parsed.data as { agent: string; version?: string }) };
}

function isLink(path: string): path is keyof typeof LINKS {
  return Object.hasOwn(LINKS, path);
}
