import type { Readable } from 'node:stream';

export interface StoredBlob {
  readonly sizeBytes: number;
  stream(): Readable;
}

/**
 * Bytes by content: tarballs and pictures under the lowercase hex of their SHA-512. A blob is written whole or not at all and
 * never changes, so whoever knows the key may cache it forever.
 */
export interface PackageStore {
  /** Storing the same bytes again does nothing. Throws storage_full and leaves nothing behind when the disk is full. */
  put(sha512Hex: string, bytes: Uint8Array): Promise<void>;
  /** Undefined when there is no such blob. */
  get(sha512Hex: string): Promise<StoredBlob | undefined>;
  has(sha512Hex: string): Promise<boolean>;
  /** Removes unfinished writes of a crash; for the start of the service. */
  removeLeftovers(): Promise<void>;
}
