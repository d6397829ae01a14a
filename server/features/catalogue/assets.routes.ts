import { isAgentName } from '../../../contract/names.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ProtocolRoute } from '../../http/route.ts';
import type { PackageStore } from '../publishing/package-store.ts';
import type { AssetRef } from '../publishing/publishing.store.ts';
import { drawIdenticon } from './identicon.ts';

const TYPES: Record<AssetRef['extension'], string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
};
const FILE = /^([0-9a-f]{128})\.(png|jpg|gif|webp|svg)$/;

/** Address of a picture: named by its content, so it may be kept forever. */
export function picturePath({ sha512, extension }: AssetRef): string {
  return `/assets/${sha512}.${extension}`;
}

/** An SVG opened by itself is a document: nothing in it may run or load. */
function headersOf(extension: AssetRef['extension'], etag: string): Record<string, string> {
  return {
    'content-type': TYPES[extension],
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    etag: `"${etag}"`,
  };
}

/** Icons, screenshots and README pictures of packages, by the hash of their bytes. */
export function pictureRoute(pictures: PackageStore): ProtocolRoute {
  return {
    id: 'getPicture',
    method: 'GET',
    paths: ['/assets/:file'],
    summary: 'A picture of a package, immutable.',
    tag: 'pages',
    auth: 'public',
    async handle({ params }) {
      const [, key, extension] = FILE.exec(params.file ?? '') ?? [];
      const blob = key === undefined ? undefined : await pictures.get(key);
      if (key === undefined || blob === undefined) throw new DomainError('not_found');
      const headers = headersOf(extension as AssetRef['extension'], key.slice(0, 40));
      return { headers: { ...headers, 'content-length': String(blob.sizeBytes) }, body: blob.stream() };
    },
  };
}

/** Drawn pictures for agents without one of their own. */
export function identiconRoute(): ProtocolRoute {
  return {
    id: 'getIdenticon',
    method: 'GET',
    paths: ['/assets/identicon/:drawing/:scope/:file'],
    summary: 'The picture of an agent that has none of its own.',
    tag: 'pages',
    auth: 'public',
    handle({ params: { drawing = '', scope = '', file = '' } }) {
      const name = `${scope}/${file.replace(/\.svg$/, '')}`;
      if (!file.endsWith('.svg') || !isAgentName(name) || !/^\d{1,3}$/.test(drawing)) throw new DomainError('not_found');
      return {
        headers: headersOf('svg', `${drawing}-${name}`),
        body: drawIdenticon(name),
      };
    },
  };
}
