import * as z from 'zod/mini';

/** `@scope`, without the slug. A scope belongs to one publisher. */
export type Scope = string & { readonly __brand: 'Scope' };
/** `@scope/slug`: the npm package name of an agent. */
export type AgentName = string & { readonly __brand: 'AgentName' };

const PART = '[a-z0-9](?:-?[a-z0-9])*';
const SCOPE_PATTERN = new RegExp(`^@${PART}$`);
const SLUG_PATTERN = new RegExp(`^${PART}$`);
const AGENT_NAME_PATTERN = new RegExp(`^@${PART}/${PART}$`);
const EXACT_VERSION_PATTERN =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Strictest rule of all consumers: Agent Skills and Agent Plugins allow 64 characters, no `--`, no leading or trailing hyphen. */
export const ScopeSchema = z.string().check(z.maxLength(65), z.regex(SCOPE_PATTERN, 'must look like @acme'));
export const SlugSchema = z.string().check(z.maxLength(64), z.regex(SLUG_PATTERN, 'must look like review-board'));
export const AgentNameSchema = z
  .string()
  .check(z.maxLength(130), z.regex(AGENT_NAME_PATTERN, 'must look like @acme/review-board'));
export const VersionSchema = z
  .string()
  .check(z.maxLength(128), z.regex(EXACT_VERSION_PATTERN, 'must be an exact version such as 1.4.0'));

export interface AgentNameParts {
  readonly scope: Scope;
  readonly slug: string;
}

export function isAgentName(text: string): text is AgentName {
  return text.length <= 130 && AGENT_NAME_PATTERN.test(text);
}

/** Splits `@acme/review-board`. Throws a TypeError for anything else: callers check foreign text with `isAgentName` first. */
export function splitAgentName(name: string): AgentNameParts {
  const slash = name.indexOf('/');
  if (!isAgentName(name) || slash < 0) throw new TypeError(`not an agent name: ${name}`);
  return { scope: name.slice(0, slash) as Scope, slug: name.slice(slash + 1) };
}

export function joinAgentName(scope: string, slug: string): AgentName {
  return `${scope}/${slug}` as AgentName;
}
