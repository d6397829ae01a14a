import type { Readable } from 'node:stream';
import { DOWNLOADS } from '../../../contract/downloads.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ProtocolRoute } from '../../http/route.ts';

/** Finds a packed file; undefined when this build has none. */
export type OpenDownload = () => Promise<{ readonly sizeBytes: number; stream(): Readable } | undefined>;

/** What fits this very service: the extension for `code --install-extension`, the terminal client for `npx`. */
export function downloadRoutes(files: {
  readonly openExtension: OpenDownload;
  readonly openCli: OpenDownload;
}): readonly ProtocolRoute[] {
  return [
    downloadRoute({
      id: 'downloadExtension',
      path: DOWNLOADS.extension,
      summary: 'The editor extension that fits this service.',
      type: 'application/octet-stream',
      missing: 'This build has no extension beside it; "npm start" and "npm run package" make it.',
      open: files.openExtension,
    }),
    downloadRoute({
      id: 'downloadCli',
      path: DOWNLOADS.cli,
      summary: 'The terminal client as an npm tarball, for npx and npm install.',
      type: 'application/gzip',
      missing: 'This build has no terminal client beside it; "npm start" and "npm run build" make it.',
      open: files.openCli,
    }),
  ];
}

interface Download {
  readonly id: string;
  readonly path: string;
  readonly summary: string;
  readonly type: string;
  readonly missing: string;
  readonly open: OpenDownload;
}

function downloadRoute({ id, path, summary, type, missing, open }: Download): ProtocolRoute {
  return {
    id,
    method: 'GET',
    paths: [path],
    summary,
    tag: 'pages',
    auth: 'public',
    handle: async () => {
      const file = await open();
      if (file === undefined) throw new DomainError('not_found', { detail: missing });
      return {
        headers: {
          'content-type': type,
          'content-disposition': `attachment; filename="${path.slice(path.lastIndexOf('/') + 1)}"`,
          'content-length': String(file.sizeBytes),
          'cache-control': 'no-cache',
        },
        body: file.stream(),
      };
    },
  };
}
