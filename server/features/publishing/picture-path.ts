import type { AssetRef } from './publishing.store.ts';

/** Address of a picture: named by its content, so it may be kept forever. */
export function picturePath(ref: AssetRef): string {
  return `/assets/${ref.sha512}.${ref.extension}`;
}
