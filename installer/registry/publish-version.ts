import { Buffer } from 'node:buffer';
import { ApiError, problemOf } from '../../contract/client.ts';

const TIMEOUT_MS = 120_000;

/** One packed version as it goes to the registry. `manifest` is its package.json, `tag` the dist-tag it moves (default latest). */
export interface PublishParts {
  readonly name: string;
  readonly version: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly tarball: Uint8Array;
  readonly integrity: string;
  readonly shasum: string;
  readonly readme?: string;
  readonly tag?: string;
}

export interface PublishTarget {
  readonly serviceUrl: string;
  readonly token: string;
  readonly signal?: AbortSignal;
}

/**
 * Publishes through the npm protocol, as `npm publish` does. Throws ApiError; a refused package carries its findings in the problem.
 * An abort rejects with the signal's reason: the version may have arrived all the same.
 */
export async function publishVersion({ serviceUrl, token, signal }: PublishTarget, parts: PublishParts): Promise<void> {
  const url = `${serviceUrl}/npm/${parts.name.replace('/', '%2f')}`;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(publishDocument(parts)),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    throw new ApiError('unreachable', `no answer from ${serviceUrl}`, { url, cause });
  }
  if (!response.ok) throw await problemOf(response, url);
}

/** The document that `npm publish` puts: one version with its tarball attached. Source: the npm registry API. */
function publishDocument({ name, version, manifest, tarball, integrity, shasum, readme, tag = 'latest' }: PublishParts) {
  const data = Buffer.from(tarball.buffer, tarball.byteOffset, tarball.byteLength).toString('base64');
  return {
    _id: name,
    name,
    description: manifest.description,
    'dist-tags': { [tag]: version },
    versions: { [version]: { ...manifest, _id: `${name}@${version}`, dist: { integrity, shasum } } },
    ...(readme === undefined ? {} : { readme }),
    access: 'public',
    _attachments: {
      [`${name}-${version}.tgz`]: { content_type: 'application/octet-stream', data, length: tarball.byteLength },
    },
  };
}
