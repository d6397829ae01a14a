import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_CHARS = 36;
const CHECK_CHARS = 6;
const SHAPE = new RegExp(`^cdt_[0-9A-Za-z]{${RANDOM_CHARS + CHECK_CHARS}}$`);

function checksumOf(random: string): string {
  let value = crc32(random);
  let text = '';
  for (let index = 0; index < CHECK_CHARS; index += 1) {
    text = BASE62.charAt(value % 62) + text;
    value = Math.floor(value / 62);
  }
  return text;
}

function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    // 248 is the largest multiple of 62 in a byte: above it the remainder would favour some characters.
    for (const byte of randomBytes(length)) if (byte < 248 && text.length < length) text += BASE62.charAt(byte % 62);
  }
  return text;
}

/** `cdt_`, 36 random base62 characters (214 bits), 6 of CRC-32: the prefix and checksum let secret scanners know one without asking. */
export function createToken(): string {
  const random = randomBase62(RANDOM_CHARS);
  return `cdt_${random}${checksumOf(random)}`;
}

/** Whether a text can be a token of ours at all: saves the store from guesses. */
export function isTokenShaped(text: string): boolean {
  return SHAPE.test(text) && text.endsWith(checksumOf(text.slice(4, 4 + RANDOM_CHARS)));
}

/** What the store keeps. A plain hash suffices because the token is random, not chosen by a person. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'hex');
}
