import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runNow } from './slices.ts';
import { buildTypoIndex, findTypos, isOneEditApart } from './typo-index.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

/** Every word one edit away, written out. */
function editsOf(word: string): Set<string> {
  const edits = new Set<string>();
  const alphabet = ['a', 'b', 'c'];
  for (let at = 0; at <= word.length; at++) {
    const [left, right] = [word.slice(0, at), word.slice(at)];
    for (const letter of alphabet) {
      edits.add(left + letter + right);
      if (right !== '') edits.add(left + letter + right.slice(1));
    }
    if (right !== '') edits.add(left + right.slice(1));
    if (right.length > 1) edits.add(left + right[1] + right[0] + right.slice(2));
  }
  edits.delete(word);
  return edits;
}

describe('isOneEditApart', () => {
  it('is true exactly for one insertion, deletion, substitution or swap', () => {
    fc.assert(
      fc.property(letters, letters, (a, b) => isOneEditApart(a, b) === editsOf(a).has(b)),
      { numRuns: 2000 },
    );
  });
});

describe('findTypos', () => {
  it('finds every term one edit away and no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(letters, { maxLength: 40 }), letters, (words, query) => {
        const terms = words.sort();
        const index = runNow(buildTypoIndex(terms));
        const found = findTypos(index, terms, query).map((term) => terms[term]);
        const expected = query.length < 4 ? [] : terms.filter((term) => term.length >= 4 && isOneEditApart(query, term));
        expect(found).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
