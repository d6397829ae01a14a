import type { Finding } from '../../../contract/findings.ts';
import { splitAgentName } from '../../../contract/names.ts';
import { isConfusable } from '../../../packaging/names.ts';

/** Names worth imitating: asked when an agent is published for the first time. */
export interface PopularNames {
  popularNames(): readonly string[];
}

/** The finding for a new name that people could take for a popular agent of another scope; undefined when there is none. */
export function confusableName(name: string, { popularNames }: PopularNames): Finding | undefined {
  const { scope } = splitAgentName(name);
  const popular = popularNames().find((other) => splitAgentName(other).scope !== scope && isConfusable(name, other));
  if (popular === undefined) return undefined;
  return {
    code: 'name_confusable',
    level: 'refused',
    path: 'package.json',
    message: `${name} can be taken for ${popular}, which many people use.`,
    fix: 'Choose a name that says what is different about this agent.',
  };
}
