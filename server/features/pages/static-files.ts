import { createHash } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import type { HotAnswer, HotRoute, ProtocolRoute } from '../../http/route.ts';
import { type Coding, chooseCoding, encode } from './content-coding.ts';

const PREFIX = '/static/';
const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  ttf: 'font/ttf',
};
const BROTLI_QUALITY = 10;

/** The built files under an address that changes with any of them, so that browsers keep them for good. */
export interface StaticFiles {
  /** Address of a file; undefined when the build has none of this name. */
  pathOf(file: string): string | undefined;
  readonly route: ProtocolRoute;
  readonly hotRoute: HotRoute;
}

export function createStaticFiles(files: ReadonlyMap<string, Buffer>): StaticFiles {
  const version = versionOf(files);
  const ready = new Map<string, HotAnswer>();

  async function answerFor(file: string, coding: Coding): Promise<HotAnswer> {
    const bytes = files.get(file);
    if (bytes === undefined) throw new DomainError('not_found');
    const key = `${coding} ${file}`;
    const answer = ready.get(key) ?? (await makeAnswer(file, bytes, coding, version));
    ready.set(key, answer);
    return answer;
  }

  return {
    pathOf: (file) => (files.has(file) ? `${PREFIX}${version}/${file}` : undefined),
    route: {
      id: 'getStaticFile',
      method: 'GET',
      paths: ['/static/:version/*path'],
      summary: 'Scripts and styles of the pages, immutable.',
      tag: 'pages',
      auth: 'public',
      async handle({ params, headers }) {
        // a page from before a new release may still ask for its files: what it gets would not fit
        if (params.version !== version) throw new DomainError('not_found');
        const file = (params.path ?? '').replaceAll(',', '/');
        const answer = await answerFor(file, chooseCoding(headers['accept-encoding']));
        return { headers: { ...answer.headers, etag: answer.etag }, body: answer.body };
      },
    },
    hotRoute: {
      id: 'getStaticFile',
      find(path, _query, headers) {
        const start = `${PREFIX}${version}/`;
        return path.startsWith(start)
          ? ready.get(`${chooseCoding(headers['accept-encoding'])} ${path.slice(start.length)}`)
          : undefined;
      },
    },
  };
}

function versionOf(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest('base64url').slice(0, 12);
}

async function makeAnswer(file: string, bytes: Buffer, coding: Coding, version: string): Promise<HotAnswer> {
  const type = TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  return {
    body: await encode(bytes, coding, BROTLI_QUALITY),
    etag: `"${version}-${file.replace(/[^\w.-]/g, '_')}-${coding}"`,
    headers: {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
    },
  };
}
