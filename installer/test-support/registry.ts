import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { integrityOf, shasumOf } from '../../packaging/integrity.ts';
import { packTestPackage, type TestPackage } from './packages.ts';

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
    const path = decodeURIComponent(request.url ?? '');
    this.requests.push(`${request.method} ${path}`);
    this.authorizations.push(request.headers.authorization);
    if (this.failWith !== undefined) {
      response.writeHead(this.failWith).end();
      return;
    }
    if (path === '/npm/-/npm/v1/keys')
      return void response.end(JSON.stringify({ keys: this.isSigning ? this.#keys.map((key) => key.entry) : [] }));
    const tarball = /^\/npm\/(@[^/]+\/[^/]+)\/-\/[^/]+-(\d[^/]*)\.tgz$/.exec(path);
    if (tarball !== null) {
      const found = this.#packages.get(tarball[1] ?? '')?.get(tarball[2] ?? '');
      if (found === undefined) return void response.writeHead(404).end();
      return void response.end(this.corruptTarball ?? found.tarball);
    }
    const name = path.slice('/npm/'.length);
    const body = this.packument(name);
    if (body === undefined) return void response.writeHead(404).end();
    const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
    response.writeHead(200, { 'content-type': 'application/json', etag }).end(body);
  });

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
