import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { integrityOf, shasumOf } from '../../packaging/integrity.ts';
import type { HttpGet } from '../ports.ts';
import { packTestPackage, type TestPackage } from './packages.ts';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

interface Published {
  readonly tarball: Uint8Array;
  readonly integrity: string;
  deprecated?: string;
}

/** A small npm registry over real tarballs, with signatures, ETags and a record of what was asked. */
export class TestRegistry {
  readonly requests: string[] = [];
  readonly authorizations: (string | undefined)[] = [];
  isSigning = true;
  /** Answers every request with this status. */
  failWith: number | undefined;
  /** Serves these bytes for every tarball. */
  corruptTarball: Uint8Array | undefined;
  #keys = [newKey()];
  readonly #packages = new Map<string, Map<string, Published>>();
  readonly #server: Server = createServer((request, response) => {
    const answer = this.#answer(request.url ?? '', request.headers.authorization, request.headers['if-none-match']);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });

  /** The registry without a network, as the installer's fetch port. */
  readonly httpGet: HttpGet = async (url, { headers }) => {
    const { pathname } = new URL(url);
    const answer = this.#answer(pathname, headers.authorization, headers['if-none-match']);
    const body = async function* () {
      if (answer.body !== undefined) yield Buffer.from(answer.body);
    };
    return { status: answer.status, headers: { get: (name) => answer.headers[name] ?? null }, body: body() };
  };

  #answer(url: string, authorization: string | undefined, ifNoneMatch: string | undefined): Answer {
    const path = decodeURIComponent(url);
    this.requests.push(path);
    this.authorizations.push(authorization);
    if (this.failWith !== undefined) return { status: this.failWith, headers: {} };
    if (path === '/npm/-/npm/v1/keys') {
      const keys = this.isSigning ? this.#keys.map((key) => key.entry) : [];
      return { status: 200, headers: {}, body: JSON.stringify({ keys }) };
    }
    const tarball = /^\/npm\/(@[^/]+\/[^/]+)\/-\/[^/]+-(\d[^/]*)\.tgz$/.exec(path);
    if (tarball !== null) {
      const found = this.#packages.get(tarball[1] ?? '')?.get(tarball[2] ?? '');
      return found === undefined
        ? { status: 404, headers: {} }
        : { status: 200, headers: {}, body: this.corruptTarball ?? found.tarball };
    }
    const body = this.packument(path.slice('/npm/'.length));
    if (body === undefined) return { status: 404, headers: {} };
    const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
    return ifNoneMatch === etag ? { status: 304, headers: { etag } } : { status: 200, headers: { etag }, body };
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async publish(options: TestPackage = {}): Promise<void> {
    const tarball = await packTestPackage(options);
    this.publishTarball(options.name ?? '@acme/review-board', options.version ?? '1.0.0', tarball);
  }

  publishTarball(name: string, version: string, tarball: Uint8Array): void {
    const versions = this.#packages.get(name) ?? new Map<string, Published>();
    versions.set(version, { tarball, integrity: integrityOf(tarball) });
    this.#packages.set(name, versions);
  }

  deprecate(name: string, version: string, text: string): void {
    const found = this.#packages.get(name)?.get(version);
    if (found !== undefined) found.deprecated = text;
  }

  rotateKey(): void {
    this.#keys = [newKey()];
  }

  packument(name: string): string | undefined {
    const versions = this.#packages.get(name);
    if (versions === undefined) return undefined;
    const entries = [...versions].map(([version, each]) => [version, this.#version(name, version, each)] as const);
    return JSON.stringify({
      name,
      'dist-tags': { latest: entries.at(-1)?.[0] },
      versions: Object.fromEntries(entries),
      time: Object.fromEntries(entries.map(([version]) => [version, '2026-11-01T00:00:00.000Z'])),
    });
  }

  #version(name: string, version: string, each: Published) {
    const message = Buffer.from(`${name}@${version}:${each.integrity}`);
    return {
      name,
      version,
      ...(each.deprecated === undefined ? {} : { deprecated: each.deprecated }),
      dist: {
        tarball: `http://registry.example/npm/${name}/-/${name.split('/')[1]}-${version}.tgz`,
        integrity: each.integrity,
        shasum: shasumOf(each.tarball),
        ...(this.isSigning
          ? { signatures: this.#keys.map((key) => ({ keyid: key.entry.keyid, sig: signature(key.privateKey, message) })) }
          : {}),
      },
    };
  }
}

function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = publicKey.export({ format: 'der', type: 'spki' });
  const keyid = `SHA256:${createHash('sha256').update(der).digest('base64').replace(/=+$/, '')}`;
  const entry = {
    expires: null,
    keyid,
    keytype: 'ecdsa-sha2-nistp256',
    scheme: 'ecdsa-sha2-nistp256',
    key: der.toString('base64'),
  };
  return { privateKey, entry };
}

/** npm wants DER; the signature differs each time, so it is kept for stable ETags. */
const signatures = new Map<string, string>();
function signature(privateKey: KeyObject, message: Buffer): string {
  const key = `${privateKey.export({ format: 'pem', type: 'pkcs8' })}${message}`;
  const known = signatures.get(key) ?? sign('sha256', message, { key: privateKey, dsaEncoding: 'der' }).toString('base64');
  signatures.set(key, known);
  return known;
}
