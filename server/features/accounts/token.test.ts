import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createToken, hashToken, isTokenShaped } from './token.ts';

describe('tokens', () => {
  it('are known by prefix, length and checksum', () => {
    const token = createToken();
    expect(token).toMatch(/^cdt_[0-9A-Za-z]{42}$/);
    expect(isTokenShaped(token)).toBe(true);
    expect(hashToken(token)).toMatch(/^[0-9a-f]{64}$/);
    expect(createToken()).not.toBe(token);
  });

  it('are not recognised with any one character changed', () => {
    const token = createToken();
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'0aZ_-'), (at, character) => {
        fc.pre(token[at] !== character);
        expect(isTokenShaped(token.slice(0, at) + character + token.slice(at + 1))).toBe(false);
      }),
    );
  });

  it('are not recognised in other texts', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isTokenShaped(text)).toBe(false);
      }),
    );
  });
});
