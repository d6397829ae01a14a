import { buffer } from 'node:stream/consumers';
import { DomainError } from '../../../domain/errors.ts';
import { ReadyCache } from '../../../domain/ready-cache.ts';
import { etagOf } from '../../../http/etag.ts';
import type { HotAnswer, ProtocolAnswer } from '../../../http/route.ts';
import { findRelease, isOffered } from '../agent-record.ts';
import type { PackageStore } from '../package-store.ts';
import { blobKeyOf } from '../publishing.service.ts';
import type { AgentRecord, PublishingStore } from '../publishing.store.ts';
import { versionOfTarball } from './npm-paths.ts';
import { abbreviatedPackument, fullPackument, offeredTags } from './packument.ts';

export const FULL_TYPE = 'application/json; charset=utf-8';
export const INSTALL_TYPE = 'application/vnd.npm.install-v1+json';

/** Ready packuments and small tarballs: about 10,000 packages with one version each. */
const CACHE_BYTES = 48 * 1024 * 1024;
/** Larger tarballs are streamed from disk. */
const READY_TARBALL_BYTES = 128 * 1024;

const REVALIDATED = 'public, max-age=0, must-revalidate';
/** A withdrawn version is refused by the packument; its bytes never change. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

export interface RegistryReaderOptions {
  readonly store: PublishingStore;
  readonly packages: PackageStore;
}

export interface RegistryReader {
  /** Ready answer for a packument; kept under `key` until the agent changes. Throws agent_not_found. */
  packument(name: string, form: 'full' | 'install', origin: string, key: string): Promise<HotAnswer>;
  /** One version's document by exact version or dist-tag. Throws agent_not_found, version_not_found, version_withdrawn. */
  versionDocument(name: string, versionOrTag: string, origin: string): Promise<unknown>;
  /** Throws agent_not_found, version_not_found, version_withdrawn. */
  tarball(name: string, file: string, key: string): Promise<HotAnswer | ProtocolAnswer>;
  distTags(name: string): Promise<Record<string, string>>;
  /** What the hot lane may answer by itself. */
  ready(key: string): HotAnswer | undefined;
  /** Call after each change of an agent. */
  forget(name: string): void;
}

export function createRegistryReader({ store, packages }: RegistryReaderOptions): RegistryReader {
  const cache = new ReadyCache<HotAnswer>(CACHE_BYTES);

  async function requireAgent(name: string): Promise<AgentRecord> {
    const agent = await store.getAgent(name);
    if (agent === undefined || !agent.releases.some(isOffered)) throw notFound(name);
    return agent;
  }

  async function packumentOf(name: string, form: 'full' | 'install', origin: string) {
    const agent = await requireAgent(name);
    const input = { agent, versions: await store.listVersions(name), origin };
    const packument = form === 'full' ? fullPackument(input) : abbreviatedPackument(input);
    if (packument === undefined) throw notFound(name);
    return packument;
  }

  return {
    async packument(name, form, origin, key) {
      const ticket = cache.begin(name);
      const body = Buffer.from(JSON.stringify(await packumentOf(name, form, origin)));
      const type = form === 'full' ? FULL_TYPE : INSTALL_TYPE;
      const answer = {
        body,
        etag: etagOf(body),
        headers: { 'content-type': type, 'cache-control': REVALIDATED, vary: 'accept' },
      };
      cache.set(ticket, key, answer, body.length + 1_000);
      return answer;
    },
    async versionDocument(name, versionOrTag, origin) {
      const packument = await packumentOf(name, 'full', origin);
      const version = Object.hasOwn(packument['dist-tags'], versionOrTag) ? packument['dist-tags'][versionOrTag] : versionOrTag;
      const document =
        version === undefined || !Object.hasOwn(packument.versions, version) ? undefined : packument.versions[version];
      if (document !== undefined) return document;
      throw missingVersion(await requireAgent(name), versionOrTag);
    },
    async tarball(name, file, key) {
      const ticket = cache.begin(name);
      const agent = await requireAgent(name);
      const version = versionOfTarball(name, file);
      const release = version === undefined ? undefined : findRelease(agent, version);
      if (version === undefined || release === undefined || !isOffered(release)) throw missingVersion(agent, version ?? file);
      const record = await store.getVersion(name, version);
      const blob = record === undefined ? undefined : await packages.get(blobKeyOf(record.integrity));
      if (record === undefined || blob === undefined)
        throw new DomainError('internal', { cause: new Error(`no tarball for ${name}@${version}`) });
      const headers = { 'content-type': 'application/octet-stream', 'cache-control': IMMUTABLE };
      const etag = `"${record.integrity}"`;
      if (blob.sizeBytes > READY_TARBALL_BYTES) {
        return { headers: { ...headers, etag, 'content-length': String(blob.sizeBytes) }, body: blob.stream() };
      }
      const answer = { body: await buffer(blob.stream()), etag, headers };
      cache.set(ticket, key, answer, answer.body.length + 1_000);
      return answer;
    },
    distTags: async (name) => offeredTags(await requireAgent(name)),
    ready: (key) => cache.get(key),
    forget: (name) => cache.drop(name),
  };
}

function notFound(name: string): DomainError {
  return new DomainError('agent_not_found', { detail: `There is no agent called ${name}.` });
}

function missingVersion(agent: AgentRecord, version: string): DomainError {
  const release = findRelease(agent, version);
  if (release !== undefined && !isOffered(release)) {
    return new DomainError('version_withdrawn', { detail: `${agent.name}@${version} was withdrawn.` });
  }
  return new DomainError('version_not_found', { detail: `${agent.name} has no version ${version.slice(0, 100)}.` });
}
