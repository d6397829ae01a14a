/** Characters that people take for one another, in names of lowercase letters, digits and hyphens. */
const LOOKALIKES: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/[1i|]/g, 'l'],
  [/0/g, 'o'],
  [/5/g, 's'],
  [/3/g, 'e'],
  [/4/g, 'a'],
  [/7/g, 't'],
];
/** Below this length one letter is too large a part of the name to speak of imitation: `lint` and `lens`. */
const MIN_EDIT_LENGTH = 5;

function fold(slug: string): string {
  const plain = slug
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  return LOOKALIKES.reduce((text, [pattern, letter]) => text.replace(pattern, letter), plain);
}

/** Whether one insertion, deletion, substitution or swap of neighbours turns `a` into `b` (Damerau-Levenshtein distance of at most 1). */
export function isOneEditApart(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}

/**
 * Whether a new name could be taken for a popular one: equal after folding look-alikes, hyphens and order of words, or one edit away.
 * Both are slugs (`review-board`) or full names, of which only the slug counts. Equal names are confusable too; the caller knows whose they are.
 */
export function isConfusable(candidate: string, popular: string): boolean {
  const [a, b] = [candidate, popular].map((name) => name.slice(name.indexOf('/') + 1).toLowerCase());
  if (a === undefined || b === undefined) return false;
  const [foldedA, foldedB] = [fold(a), fold(b)];
  if (foldedA === foldedB) return true;
  const sorted = (slug: string) => slug.split('-').sort().join('-');
  if (a.includes('-') && sorted(a) === sorted(b)) return true;
  if (Math.min(foldedA.length, foldedB.length) < MIN_EDIT_LENGTH) return false;
  return isOneEditApart(a, b) || isOneEditApart(foldedA, foldedB);
}
