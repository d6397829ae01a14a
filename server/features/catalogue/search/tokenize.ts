/** Words too common to tell agents apart. They count in names and keywords, never in summaries. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at be by can do for from has have how i in into is it its my of on or our so that the their them then these this to up use using via want was we what when which will with you your'.split(
    ' ',
  ),
);

const WORD = /[\p{L}\p{N}]+[+#]*/gu;
const MARKS = /\p{M}+/gu;

/** Longest word that is kept; longer ones are cut, on both sides alike. */
const MAX_WORD_CHARS = 40;
const MAX_QUERY_WORDS = 8;

/** Words of a text: compatibility-normalised, without accents, lower case; `c++` and `c#` stay whole. */
export function tokenize(text: string): string[] {
  const plain = text.normalize('NFKD').replace(MARKS, '').toLowerCase();
  const words = plain.match(WORD);
  return words === null ? [] : words.map((word) => (word.length > MAX_WORD_CHARS ? word.slice(0, MAX_WORD_CHARS) : word));
}

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

export interface QueryText {
  /** Words that must match. The last one may be unfinished, except when it was dropped as a stop word. */
  readonly words: readonly string[];
  readonly isLastOpen: boolean;
  /** All words joined by one space: compared with whole names for the tiers exact and prefix. */
  readonly key: string;
}

/** Splits a query. Stop words are dropped unless there is nothing else; words beyond the eighth are ignored. */
export function parseQuery(query: string): QueryText {
  const all = tokenize(query).slice(0, MAX_QUERY_WORDS);
  const meaning = all.filter((word) => !isStopWord(word));
  const words = meaning.length === 0 ? all : meaning;
  return { words: [...new Set(words)], isLastOpen: words.at(-1) === all.at(-1), key: all.join(' ') };
}

/** The other grammatical number, by the plainest rule: `reviews` for `review` and back; undefined for short words. */
export function otherNumber(word: string): string | undefined {
  if (word.length < 4) return undefined;
  return word.endsWith('s') ? word.slice(0, -1) : `${word}s`;
}
