import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createIdentityHash, readSalt } from './identity.ts';

const folder = mkdtempSync(join(tmpdir(), 'salt-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the salt', () => {
  it('is made once and the same afterwards', () => {
    const salt = readSalt(folder);
    expect(salt).toHaveLength(32);
    expect(readSalt(folder)).toEqual(salt);
    expect(readdirSync(folder)).toEqual(['usage-salt']);
  });

  it('refuses a damaged file instead of splitting every installation', () => {
    readSalt(folder);
    writeFileSync(join(folder, 'usage-salt'), 'short');
    expect(() => readSalt(folder)).toThrow('does not hold');
  });
});

describe('the identity hash', () => {
  it('depends on the salt', () => {
    const one = createIdentityHash(Buffer.alloc(32, 1))('ann');
    expect(one).toHaveLength(16);
    expect(one).not.toEqual(createIdentityHash(Buffer.alloc(32, 2))('ann'));
    expect(one).toEqual(createIdentityHash(Buffer.alloc(32, 1))('ann'));
  });
});
