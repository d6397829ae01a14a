import type { Finding } from '../../contract/findings.ts';
import { excerpt, lineAt } from '../text.ts';
import { type Check, findingAt } from './check.ts';
import type { ScannedText } from './texts.ts';

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

interface Comment {
  readonly text: string;
  readonly offset: number;
}

/** An unclosed comment reaches to the end of the file, as in a browser. */
function findComments(text: string): Comment[] {
  const comments: Comment[] = [];
  for (let start = text.indexOf('<!--'); start >= 0; ) {
    const close = text.indexOf('-->', start + 4);
    const end = close < 0 ? text.length : close;
    comments.push({ text: text.slice(start + 4, end), offset: start });
    start = text.indexOf('<!--', end);
  }
  return comments;
}

function scan({ path, text }: ScannedText): Finding[] {
  if (!text.includes('<!--')) return [];
  const visible = withoutFences(text);
  return findComments(visible)
    .filter((comment) => INSTRUCTION.test(comment.text) && !TOOLING.test(comment.text))
    .slice(0, 20)
    .map((comment) =>
      findingAt(
        'review',
        'instruction_in_comment',
        { path, line: lineAt(visible, comment.offset) },
        {
          message: `An HTML comment, which people do not see, holds instructions: ${excerpt(comment.text)}`,
          fix: 'Write it as visible text or remove it.',
        },
      ),
    );
}

export const htmlCommentsCheck: Check = {
  name: 'html-comments',
  run: ({ texts }) => texts.filter(({ kind }) => kind === 'instruction' || kind === 'prose').flatMap(scan),
};
