import { isAgentName, VersionSchema } from '../../contract/names.ts';
import type { AgentRef } from '../platform/ids.ts';

/** What a command was called on: a tree row, a panel, a name. Anything else (the palette, another extension's nonsense) is undefined. */
export function agentRefOf(argument: unknown): AgentRef | undefined {
  if (typeof argument === 'string') return isAgentName(argument) ? { agent: argument } : undefined;
  if (typeof argument !== 'object' || argument === null || !('agent' in argument)) return undefined;
  const { agent } = argument;
  if (typeof agent !== 'string' || !isAgentName(agent)) return undefined;
  return { agent, ...textOf(argument, 'displayName'), ...textOf(argument, 'folder'), ...versionOf(argument) };
}

function textOf<Key extends string>(value: object, key: Key): { [K in Key]?: string } {
  const text = (value as Record<string, unknown>)[key];
  return (typeof text === 'string' ? { [key]: text } : {}) as { [K in Key]?: string };
}

function versionOf(value: object): { version?: string } {
  const { version } = value as { version?: unknown };
  return typeof version === 'string' && VersionSchema.safeParse(version).success ? { version } : {};
}
