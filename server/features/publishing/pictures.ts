import { hash } from 'node:crypto';
import { LIMITS } from '../../../contract/limits.ts';
import type { AgentPackage } from '../../../packaging/model.ts';
import type { AssetRef } from './publishing.store.ts';

export interface Picture {
  readonly ref: AssetRef;
  readonly bytes: Uint8Array;
}

const MAX_SCREENSHOTS = 10;

function startsWith(bytes: Uint8Array, ...prefix: number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

/** The kind by the bytes: what a browser would see, whatever the file is called. Undefined for everything else. */
export function pictureKind(bytes: Uint8Array): AssetRef['extension'] | undefined {
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpg';
  if (startsWith(bytes, 0x47, 0x49, 0x46, 0x38)) return 'gif';
  if (startsWith(bytes, 0x52, 0x49, 0x46, 0x46) && startsWith(bytes.subarray(8), 0x57, 0x45, 0x42, 0x50)) return 'webp';
  const head = Buffer.from(bytes.subarray(0, 1_000)).toString('utf8').trimStart();
  return /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(head) ? 'svg' : undefined;
}

function pictureAt(pkg: AgentPackage, path: string): Picture | undefined {
  const file = pkg.files.get(path.replace(/^\.\//, ''));
  if (file === undefined || file.bytes.length > LIMITS.iconBytes) return undefined;
  const extension = pictureKind(file.bytes);
  return extension === undefined
    ? undefined
    : { ref: { sha512: hash('sha512', file.bytes, 'hex'), extension }, bytes: file.bytes };
}

/** The icon that the manifest names, else `icon.png` or `icon.svg` at the root. What is no picture is left out. */
export function iconOf(pkg: AgentPackage): Picture | undefined {
  const named = pkg.manifest.agent.icon;
  const paths = named === undefined ? ['icon.png', 'icon.svg'] : [named];
  return paths.map((path) => pictureAt(pkg, path)).find((picture) => picture !== undefined);
}

/** Screenshots that lie in the package, in the author's order. */
export function screenshotsOf(pkg: AgentPackage): Picture[] {
  const pictures = pkg.manifest.agent.screenshots.slice(0, MAX_SCREENSHOTS).map((path) => pictureAt(pkg, path));
  return pictures.filter((picture) => picture !== undefined);
}
