import type { ScannedText } from './texts.ts';

/** Words that announce that what follows is described, looked for or forbidden rather than asked for. */
const ABOUT =
  /\b(?:never|not|don['’]t|cannot|without|refuse[sd]?|reject(?:s|ed)?|block(?:s|ed)?|den(?:y|ies)|flag(?:s|ged)?|detect(?:s|ed|ing)?|report(?:s|ed)?|find(?:s|ings?)?|look(?:s|ing)? (?:for|like)|search(?:es)? for|scan(?:s|ned)? for|watch(?:es)? for|grep|such as|for example|examples?|e\.g\.|patterns?|suspicious|malicious|dangerous|unsafe|attack(?:s|er)?|injections?|warn(?:s|ing)?|avoid|forbid(?:den)?|bad|wrong|instead of|treat|claims?|says?|tells?|asks?|contains?|red flags?|smells?|anti-?patterns?|risk(?:s|y)?|severity|critical|check(?:s|ed)? (?:for|that|whether)|if (?:a|an|the|it|any))\b/i;
/** What a heading or a lead-in line must say to cover the list below it: narrower, since it covers more. */
const ABOUT_BELOW =
  /\b(?:never|do not|don['’]t|must not|refuse|reject|block(?:s|ed)|flag(?:s|ged)?|detect(?:s|ed|ing|ion)?|look(?:s|ing)? (?:for|like)|search(?:es)? for|scan(?:s|ned)? for|watch(?:es)? for|suspicious|malicious|dangerous|unsafe|attacks?|injections?|avoid|forbidden|red flags?|smells?|anti-?patterns?|threats?|findings?)\b/i;
const COMMENT_LINE = /^\s*(?:\/\/|\/\*|\*|#(?!!)|--\s|REM\b)/i;
/** An unclosed `/` in front, where JavaScript would start a regular expression. */
const IN_REGEX = /(?:^|[\s(,=:[!&|?])\/(?![/*])(?:[^/\\\n]|\\.)*$/;
const LEAD_IN_LINES = 15;

function leadIn(text: string, lineStart: number): string {
  const before = text
    .slice(Math.max(0, lineStart - 3000), lineStart)
    .split('\n')
    .slice(-LEAD_IN_LINES - 1, -1)
    .reverse();
  const heading = before.find((line) => /^\s*#{1,6}\s/.test(line));
  const opener = before.find((line) => /:\s*(?:\*\*)?$/.test(line));
  return `${heading ?? ''}\n${opener ?? ''}`;
}

/**
 * Whether a match is talked about rather than done: forbidden, listed as something to detect, or shown in a comment or a regular
 * expression. A heuristic: it lowers a finding to a notice and never removes it.
 */
export function isMention(scanned: ScannedText, start: number, end: number): boolean {
  const { text, kind } = scanned;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const prefix = text.slice(Math.max(lineStart, start - 400), start);
  if (kind === 'program' || kind === 'config') return COMMENT_LINE.test(prefix) || IN_REGEX.test(prefix);
  if (ABOUT.test(prefix)) return true;
  const lineEnd = text.indexOf('\n', end);
  const isTableRow = /^\s*\|/.test(text.slice(lineStart, lineStart + 20));
  if (isTableRow && ABOUT.test(text.slice(end, lineEnd < 0 ? end + 400 : Math.min(lineEnd, end + 400)))) return true;
  return ABOUT_BELOW.test(leadIn(text, lineStart));
}
