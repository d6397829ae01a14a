import type { Finding } from '../../contract/findings.ts';
import { excerpt, lineAt } from '../text.ts';
import { type Check, findingAt } from './check.ts';
import type { ScannedText } from './texts.ts';

const COMMENT = /<!--([\s\S]{0,5000}?)(?:-->|$)/g;
const INSTRUCTION =
  /\b(?:ignore|disregard|execute|run|send|upload|post to|fetch|curl|wget|reveal|exfiltrate|delete|install|override|download|you (?:must|should|are|will)|assistant|claude|copilot|system prompt|(?:do not|don['’]t|never) (?:tell|mention|show|reveal|ask|inform))\b/i;
/** Comments that tools read: lint switches, generated blocks, licence lines. */
const TOOLING =
  /^\s*\/?(?:markdownlint|prettier|eslint|biome|vale|cspell|textlint|remark|toc|doctoc|all-contributors|badges?|begin|end|start|stop|prettier-ignore|copyright|spdx)\b/i;

/** Replaces fenced code by blanks: a comment shown there is not hidden. */
function withoutFences(text: string): string {
  return text.replace(/^( {0,3})(```+|~~~+)[^\n]*\n[\s\S]*?(?:^ {0,3}\2[^\n]*$|$(?![\s\S]))/gm, (block) =>
    block.replace(/[^\n]/g, ' '),
  );
}

function scan({ path, text }: ScannedText): Finding[] {
  if (!text.includes('<!--')) return [];
  const visible = withoutFences(text);
  return [...visible.matchAll(COMMENT)]
    .filter((match) => INSTRUCTION.test(match[1] ?? '') && !TOOLING.test(match[1] ?? ''))
    .map((match) =>
      findingAt(
        'review',
        'instruction_in_comment',
        { path, line: lineAt(visible, match.index) },
        {
          message: `An HTML comment, which people do not see, holds instructions: ${excerpt(match[1] ?? '')}`,
          fix: 'Write it as visible text or remove it.',
        },
      ),
    );
}

export const htmlCommentsCheck: Check = {
  name: 'html-comments',
  run: ({ texts }) => texts.filter(({ kind }) => kind === 'instruction' || kind === 'prose').flatMap(scan),
};
