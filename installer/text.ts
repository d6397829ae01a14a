import { Buffer } from 'node:buffer';

// Buffer instead of TextDecoder and TextEncoder: loading those costs a short-lived process about 6 ms.

/** UTF-8 to text, a byte order mark included. */
export function decodeText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** JSON in UTF-8 to its value, with or without a byte order mark. Throws a SyntaxError. */
export function decodeJson(bytes: Uint8Array): unknown {
  return JSON.parse(decodeText(bytes).replace(/^\uFEFF/, ''));
}

export function encodeText(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}
