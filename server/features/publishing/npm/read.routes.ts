import type { IncomingHttpHeaders } from 'node:http';
import type { HotAnswer, HotRoute, ProtocolAnswer, ProtocolRequest, ProtocolRoute } from '../../../http/route.ts';
import type { Signer } from '../signing.ts';
import { nameOf, originOf } from './npm-paths.ts';
import { FULL_TYPE, INSTALL_TYPE, type RegistryReader } from './registry-reader.ts';

export interface ReadRoutesOptions {
  readonly reader: RegistryReader;
  readonly signer: Signer;
  /** PUBLIC_URL; absent: the Host of the request. */
  readonly publicUrl: string | undefined;
  /** Origin for requests without a usable Host. */
  readonly fallbackOrigin: string;
}

function wantsInstallForm(headers: IncomingHttpHeaders): boolean {
  return (headers.accept ?? '').includes(INSTALL_TYPE);
}

/** Packuments differ by form and, through their absolute addresses, by host. */
function packumentKey(path: string, headers: IncomingHttpHeaders): string {
  return `${wantsInstallForm(headers) ? 'i' : 'f'} ${headers.host ?? ''} ${path}`;
}

function toProtocol(answer: HotAnswer | ProtocolAnswer): ProtocolAnswer {
  return 'etag' in answer ? { headers: { ...answer.headers, etag: answer.etag }, body: answer.body } : answer;
}

function pathOf({ url }: ProtocolRequest): string {
  return url.split('?', 1)[0] ?? url;
}

function json(value: unknown): ProtocolAnswer {
  return { headers: { 'content-type': FULL_TYPE, 'cache-control': 'no-store' }, body: JSON.stringify(value) };
}

/** What npm clients read: packuments, single versions, tarballs, dist-tags, keys, ping. */
export function npmReadRoutes(options: ReadRoutesOptions): {
  protocolRoutes: readonly ProtocolRoute[];
  hotRoutes: readonly HotRoute[];
} {
  const { reader, signer } = options;
  const origin = (headers: IncomingHttpHeaders) => originOf(options.publicUrl, headers.host ?? '', options.fallbackOrigin);
  const common = { method: 'GET', tag: 'npm', auth: 'public', errorShape: 'npm' } as const;

  async function packument(request: ProtocolRequest): Promise<ProtocolAnswer> {
    const form = wantsInstallForm(request.headers) ? 'install' : 'full';
    const key = packumentKey(pathOf(request), request.headers);
    return toProtocol(await reader.packument(nameOf(request.params), form, origin(request.headers), key));
  }

  async function versionDocument(request: ProtocolRequest): Promise<ProtocolAnswer> {
    return json(await reader.versionDocument(nameOf(request.params), request.params.version ?? '', origin(request.headers)));
  }

  const protocolRoutes: readonly ProtocolRoute[] = [
    { ...common, id: 'npmPing', paths: ['/npm/-/ping'], summary: 'Answers `npm ping`.', handle: () => json({}) },
    {
      ...common,
      id: 'npmKeys',
      paths: ['/npm/-/npm/v1/keys'],
      summary: 'Public keys of the registry’s signatures, for `npm audit signatures`.',
      handle: () => ({
        headers: { 'content-type': FULL_TYPE, 'cache-control': 'public, max-age=300' },
        body: JSON.stringify(signer.keys),
      }),
    },
    {
      ...common,
      id: 'npmDistTags',
      paths: ['/npm/-/package/:name/dist-tags', '/npm/-/package/:scope/:slug/dist-tags'],
      summary: 'Dist-tags of a package.',
      handle: async ({ params }) => json(await reader.distTags(nameOf(params))),
    },
    {
      ...common,
      id: 'npmTarball',
      paths: ['/npm/:scope/:slug/-/:file', '/npm/:name/-/:file'],
      summary: 'Tarball of one version, immutable.',
      handle: async (request) =>
        toProtocol(await reader.tarball(nameOf(request.params), request.params.file ?? '', pathOf(request))),
    },
    {
      ...common,
      id: 'npmVersion',
      paths: ['/npm/:scope/:slug/:version'],
      summary: 'Document of one version, by number or dist-tag.',
      handle: versionDocument,
    },
    {
      ...common,
      id: 'npmPackument',
      paths: ['/npm/:first/:second'],
      summary: 'Packument under an address with two parts.',
      // `@scope/slug` is a package, `@scope%2fslug/1.0.0` a version of one.
      handle: (request) => {
        const { first = '', second = '' } = request.params;
        if (first.includes('/')) return versionDocument({ ...request, params: { name: first, version: second } });
        return packument({ ...request, params: { scope: first, slug: second } });
      },
    },
    {
      ...common,
      id: 'npmPackumentEncoded',
      paths: ['/npm/:name'],
      summary: 'Packument: every version of a package.',
      handle: packument,
    },
  ];
  const hotRoutes: readonly HotRoute[] = [
    {
      id: 'npmPackument',
      find: (path, query, headers) =>
        query === '' && path.startsWith('/npm/') ? reader.ready(packumentKey(path, headers)) : undefined,
    },
    {
      id: 'npmTarball',
      find: (path) => (path.startsWith('/npm/') && path.endsWith('.tgz') ? reader.ready(path) : undefined),
    },
  ];
  return { protocolRoutes, hotRoutes };
}
