import type { Finding } from '../../contract/findings.ts';
import { lineAt } from '../text.ts';
import { type Check, findingAt } from './check.ts';
import { applyRules, type TextRule } from './rules.ts';
import type { ScannedText } from './texts.ts';

const LONG_LINE = 2000;
const BLOB = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{160,}={0,2}/g;
const MAX_BLOB = 200_000;
const COMMAND_TEXT =
  /\b(?:curl|wget|\/bin\/(?:ba)?sh|powershell|Invoke-|eval\(|child_process|os\.system|subprocess|\/dev\/tcp|chmod \+x|IEX)\b/;

const RULES: readonly TextRule[] = [
  {
    code: 'obfuscated_code',
    pattern:
      /\b(?:eval|Function|exec|execSync|spawn|spawnSync|runInThisContext|runInNewContext|compile)\s{0,3}\(\s{0,3}(?:new\s{1,3}\w{1,20}\s{0,3}\(\s{0,3})?(?:atob|unescape|decodeURIComponent|Buffer\.from|base64\.b64decode|bytes\.fromhex|codecs\.decode|zlib\.decompress|marshal\.loads|String\.fromCharCode)\b[^\n]{0,100}/g,
    kinds: ['program', 'config', 'instruction'],
    level: 'review',
    message: 'Decoded text is run as code',
    canBeMention: true,
  },
  {
    code: 'obfuscated_code',
    pattern:
      /(?:\\x[0-9a-fA-F]{2}){24,}|(?:\\u00[0-9a-fA-F]{2}){24,}|String\.fromCharCode\((?:\s{0,3}(?:0x)?[0-9a-fA-F]{1,4}\s{0,3},){16,}|(?:\b_0x[0-9a-f]{4,6}\b[^\n]{1,40}){6,}/g,
    kinds: ['program', 'config', 'instruction'],
    level: 'review',
    message: 'The code is written so that people cannot read it',
    canBeMention: false,
  },
];

const GAP_COLUMNS = 200;
const GAP_LINES = 60;

function* linesOf(text: string): Generator<string> {
  for (let start = 0; start <= text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    yield text.slice(start, end);
    start = end + 1;
  }
}

/** Whether a line goes on after so many blanks that an editor shows only its beginning. */
function hasWideGap(line: string): boolean {
  if (line.length < GAP_COLUMNS) return false;
  let blanks = 0;
  for (const character of line) {
    const isBlank = character === ' ' || character === '\t' || character === '\u00a0';
    if (!isBlank && blanks >= GAP_COLUMNS) return true;
    blanks = isBlank ? blanks + 1 : 0;
  }
  return false;
}

function shapeFindings({ path, kind, text }: ScannedText): Finding[] {
  if (kind === 'data' || kind === 'config') return [];
  const isProgram = kind === 'program';
  const findings: Finding[] = [];
  let line = 0;
  let blankLines = 0;
  for (const content of linesOf(text)) {
    line += 1;
    const isBlank = content.trim() === '';
    if (hasWideGap(content) || (!isBlank && blankLines >= GAP_LINES)) {
      const message = 'Text stands after a gap so long that a reader misses it.';
      findings.push(findingAt('review', 'text_after_gap', { path, line }, { message, fix: 'Close the gap.' }));
    }
    blankLines = isBlank ? blankLines + 1 : 0;
    if (content.length > LONG_LINE && kind !== 'prose' && !findings.some(({ code }) => code === 'long_line')) {
      const message = `Line ${line} has ${content.length} characters; ${isProgram ? 'nobody can review minified code' : 'readers will not see its end'}.`;
      const fix = isProgram ? 'Ship readable source.' : 'Break the line.';
      findings.push(findingAt(isProgram ? 'review' : 'notice', 'long_line', { path, line }, { message, fix }));
    }
    if (findings.length >= 10) break;
  }
  return findings;
}

function encodedCommands({ path, kind, text }: ScannedText): Finding[] {
  if (kind === 'data') return [];
  for (const match of text.matchAll(BLOB)) {
    const decoded = Buffer.from(match[0].slice(0, MAX_BLOB), 'base64').toString('latin1');
    if (COMMAND_TEXT.test(decoded)) {
      return [
        findingAt(
          'review',
          'encoded_payload',
          { path, line: lineAt(text, match.index) },
          { message: 'A base64 block decodes to commands.', fix: 'Write the commands in the open.' },
        ),
      ];
    }
  }
  return [];
}

/** Code and text that are written so that a reader cannot follow. */
export const obfuscationCheck: Check = {
  name: 'obfuscation',
  run: ({ texts }) => [...applyRules(RULES, texts), ...texts.flatMap(shapeFindings), ...texts.flatMap(encodedCommands)],
};
