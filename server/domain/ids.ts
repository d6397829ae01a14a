import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Makes ids; injected so that tests can count instead. */
export type IdSource = () => string;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** 26 lowercase Crockford characters, 48 bits of time first: ids of later rows sort later (the ULID layout). */
export function createIdSource(clock: Clock): IdSource {
  return () => {
    let time = clock.now();
    let head = '';
    for (let index = 0; index < 10; index += 1) {
      head = ALPHABET.charAt(time % 32) + head;
      time = Math.floor(time / 32);
    }
    let tail = '';
    for (const byte of randomBytes(16)) tail += ALPHABET.charAt(byte & 31);
    return head + tail;
  };
}
