import type { Readable } from 'node:stream';
import { DomainError } from '../../domain/errors.ts';
import type { ProtocolRoute } from '../../http/route.ts';

/** Finds the packed extension; undefined when this build has none. */
export type OpenExtension = () => Promise<{ readonly sizeBytes: number; stream(): Readable } | undefined>;

/** The extension that fits this very service, for `code --install-extension`. */
export function downloadRoute(openExtension: OpenExtension): ProtocolRoute {
  return {
    id: 'downloadExtension',
    method: 'GET',
    paths: ['/download/coditect-agents.vsix'],
    summary: 'The editor extension that fits this service.',
    tag: 'pages',
    auth: 'public',
    handle: async () => {
      const file = await openExtension();
      if (file === undefined) {
        throw new DomainError('not_found', {
          detail: 'This build has no extension beside it; "npm start" and "npm run package" make it.',
        });
      }
      return {
        headers: {
          'content-type': 'application/octet-stream',
          'content-disposition': 'attachment; filename="coditect-agents.vsix"',
          'content-length': String(file.sizeBytes),
          'cache-control': 'no-cache',
        },
        body: file.stream(),
      };
    },
  };
}
