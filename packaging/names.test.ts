import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isConfusable, isOneEditApart } from './names.ts';

describe('isConfusable', () => {
  it.each([
    ['review-board', 'reviewboard'],
    ['reveiw-board', 'review-board'],
    ['review-boards', 'review-board'],
    ['revlew-board', 'review-board'],
    ['rev1ew-b0ard', 'review-board'],
    ['board-review', 'review-board'],
    ['forrnatter', 'formatter'],
    ['@evil/review-board', '@acme/review-board'],
  ])('takes %s for %s', (candidate, popular) => {
    expect(isConfusable(candidate, popular)).toBe(true);
    expect(isConfusable(popular, candidate)).toBe(true);
  });

  it.each([
    ['lint', 'lens'],
    ['test-author', 'test-runner'],
    ['sql-tuner', 'csv-lens'],
    ['doc', 'dot'],
    ['review-board', 'review-bench'],
  ])('tells %s from %s', (candidate, popular) => {
    expect(isConfusable(candidate, popular)).toBe(false);
  });

  it('finds every single edit', () => {
    const slug = fc.stringMatching(/^[a-z]{6,12}$/);
    fc.assert(
      fc.property(
        slug,
        fc.nat(11),
        fc.constantFrom('x', 'q'),
        fc.constantFrom('insert', 'delete', 'replace', 'swap'),
        (word, place, letter, edit) => {
          const at = place % (word.length - 1);
          const edited = {
            insert: word.slice(0, at) + letter + word.slice(at),
            delete: word.slice(0, at) + word.slice(at + 1),
            replace: word.slice(0, at) + letter + word.slice(at + 1),
            swap: word.slice(0, at) + word.slice(at + 1, at + 2) + word.slice(at, at + 1) + word.slice(at + 2),
          }[edit];
          expect(isOneEditApart(edited, word)).toBe(true);
          expect(isOneEditApart(word, edited)).toBe(true);
        },
      ),
    );
  });
});
