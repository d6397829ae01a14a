import { DomainError } from '../../domain/errors.ts';
import type { ProtocolRoute } from '../../http/route.ts';
import type { PackageStore } from './package-store.ts';
import type { AssetRef } from './publishing.store.ts';

const TYPES: Record<AssetRef['extension'], string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
};
const FILE = /^([0-9a-f]{128})\.(png|jpg|gif|webp|svg)$/;

/** Address of a picture: named by its content, so it may be kept forever. */
export function picturePath(ref: AssetRef): string {
  return `/assets/${ref.sha512}.${ref.extension}`;
}

/** Publishers' pictures. The policy keeps an SVG that is opened by itself from running anything. */
export function pictureRoute(pictures: PackageStore): ProtocolRoute {
  return {
    id: 'picture',
    method: 'GET',
    paths: ['/assets/:file'],
    summary: 'Icon or screenshot of an agent, immutable.',
    tag: 'pages',
    auth: 'public',
    handle: async ({ params }) => {
      const [, key, extension] = FILE.exec(params.file ?? '') ?? [];
      const blob = key === undefined ? undefined : await pictures.get(key);
      if (key === undefined || blob === undefined) throw new DomainError('not_found');
      return {
        headers: {
          'content-type': TYPES[extension as AssetRef['extension']],
          'content-length': String(blob.sizeBytes),
          'cache-control': 'public, max-age=31536000, immutable',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
          etag: `"${key.slice(0, 40)}"`,
        },
        body: blob.stream(),
      };
    },
  };
}
