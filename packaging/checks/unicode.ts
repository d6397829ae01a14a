import type { Finding } from '../../contract/findings.ts';
import { lineAt } from '../text.ts';
import { type Check, findingAt } from './check.ts';
import type { ScannedText } from './texts.ts';

type Range = readonly [first: number, last: number];

/** A character class from code points: written as numbers, because the characters themselves cannot be seen or told apart. */
function classOf(ranges: readonly Range[]): string {
  const pointOf = (point: number) => `\\u{${point.toString(16)}}`;
  return `[${ranges.map(([first, last]) => `${pointOf(first)}-${pointOf(last)}`).join('')}]`;
}

const TAGS: Range = [0xe0001, 0xe007f];
const SELECTORS: Range = [0xfe00, 0xfe0f];
const MORE_SELECTORS: Range = [0xe0100, 0xe01ef];
const BIDI: readonly Range[] = [
  [0x202a, 0x202e],
  [0x2066, 0x2069],
];
/** Invisible but sometimes meant: zero width, text variants, marks, soft hyphen, a BOM in the middle. */
const INVISIBLE: readonly Range[] = [
  [0x200b, 0x200c],
  [0xfe00, 0xfe0e],
  [0x200e, 0x200f],
  [0x061c, 0x061c],
  [0x2060, 0x2064],
  [0xfff9, 0xfffb],
  [0x206a, 0x206f],
  [0x00ad, 0x00ad],
  [0xfeff, 0xfeff],
];
const EMOJI = '\\p{Extended_Pictographic}';

/**
 * Code points that carry text a person cannot see: tag characters, bidirectional embeddings and isolates, variation selectors 17-256
 * (the GlassWorm carrier), and runs of the other selectors.
 */
const CRITICAL = new RegExp(`${classOf([TAGS, MORE_SELECTORS, ...BIDI])}|${classOf([SELECTORS])}{4,}`, 'gu');
/** A joiner between emoji is how emoji are built; anywhere else it is doubtful. */
const DOUBTFUL = new RegExp(
  `${classOf(INVISIBLE)}|(?<!${EMOJI}|\\ufe0f|[\\u{1f3fb}-\\u{1f3ff}])\\u200d|\\u200d(?!${EMOJI})`,
  'gu',
);
const ANY = new RegExp(classOf([TAGS, SELECTORS, MORE_SELECTORS, ...BIDI, ...INVISIBLE, [0x200d, 0x200d]]), 'u');
/** England, Scotland, Wales: the three flags that are written with tag characters. */
const FLAGS =
  /\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}/gu;

function codePoint(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Counting every one of millions would itself take seconds. */
const MAX_COUNTED = 1_000;

/** The first match, where it stands, and how many there are, in words. */
function summarize(text: string, pattern: RegExp): { line: number; what: string } | undefined {
  const first = text.matchAll(pattern).next().value;
  if (first === undefined) return undefined;
  let count = 0;
  for (const _match of text.matchAll(pattern)) {
    count += 1;
    if (count >= MAX_COUNTED) break;
  }
  const total = count >= MAX_COUNTED ? `${MAX_COUNTED} or more` : String(count);
  return { line: lineAt(text, first.index), what: `${codePoint(first[0])}, ${total} in all` };
}

function scan({ path, text }: ScannedText): Finding[] {
  if (!ANY.test(text)) return [];
  const plain = text.replace(FLAGS, (flag) => ' '.repeat(flag.length));
  const critical = summarize(plain, CRITICAL);
  if (critical !== undefined) {
    const message = `The file hides text in invisible characters (${critical.what}).`;
    return [findingAt('refused', 'hidden_unicode', { path, line: critical.line }, { message, fix: 'Remove the characters.' })];
  }
  const doubtful = summarize(plain, DOUBTFUL);
  if (doubtful === undefined) return [];
  const message = `The file contains invisible characters (${doubtful.what}).`;
  const fix = 'Remove them unless the script needs them.';
  return [findingAt('notice', 'invisible_unicode', { path, line: doubtful.line }, { message, fix })];
}

export const unicodeCheck: Check = { name: 'hidden-unicode', run: ({ texts }) => texts.flatMap(scan) };
