import type { Subject } from './subject.ts';

/** Characters per token: the usual rule of thumb for English text; good enough to compare agents, not to bill. */
const CHARS_PER_TOKEN = 4;

/**
 * Rough tokens that the agent adds to every request: names and descriptions of subagents, skills and commands, which hosts list all
 * the time, and the whole text of rules without a path gate.
 */
export function estimateContextTokens(subject: Pick<Subject, 'subagents' | 'skills' | 'commands' | 'rules'>): number {
  const listed = [...subject.subagents, ...subject.skills, ...subject.commands].filter(
    (component) => component.kind === 'subagent' || component.source.frontMatter['disable-model-invocation'] !== true,
  );
  const descriptions = listed.map((component) => component.name.length + component.description.length);
  const rules = subject.rules.filter((rule) => rule.paths.length === 0).map((rule) => rule.source.body.length);
  return Math.ceil([...descriptions, ...rules].reduce((sum, chars) => sum + chars, 0) / CHARS_PER_TOKEN);
}
