import type { MarkdownSource } from './model.ts';

export interface InlineShell {
  readonly command: string;
  /** Line in the file, from 1. */
  readonly line: number;
}

/** `` !`command` `` at the start of a line or after white space: Claude Code runs it before the prompt is sent. */
const INLINE = /(?:^|\s)!`([^`\n]+)`/g;
const FENCE = /^```!\s*$/;

/** Finds shell that a command or skill runs by itself: bang blocks inline and fenced. */
export function findInlineShell(source: MarkdownSource): InlineShell[] {
  if (!source.body.includes('!')) return [];
  const found: InlineShell[] = [];
  let fence: string[] | undefined;
  source.body.split('\n').forEach((text, index) => {
    const line = source.bodyLine + index;
    if (fence !== undefined) {
      if (/^```\s*$/.test(text)) {
        if (fence.length > 0) found.push({ command: fence.join('\n'), line: line - fence.length });
        fence = undefined;
      } else fence.push(text);
      return;
    }
    if (FENCE.test(text)) fence = [];
    else for (const match of text.matchAll(INLINE)) found.push({ command: (match[1] ?? '').trim(), line });
  });
  return found;
}
