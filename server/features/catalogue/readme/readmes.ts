import { hash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Readme } from '../../../../contract/agents.ts';
import { LIMITS } from '../../../../contract/limits.ts';
import type { PackageFiles } from '../../../../packaging/model.ts';
import { readTarball } from '../../../../packaging/read-tarball.ts';
import { ReadyCache } from '../../../domain/ready-cache.ts';
import type { PackageStore } from '../../publishing/package-store.ts';
import { pictureKind } from '../../publishing/pictures.ts';
import { blobKeyOf } from '../../publishing/publishing.service.ts';
import type { VersionRecord } from '../../publishing/publishing.store.ts';
import { picturePath } from '../assets.routes.ts';
import { repositoryUrl } from '../version-view.ts';
import { pictureReferences, renderReadme } from './render-readme.ts';

export interface ReadmesOptions {
  readonly packages: PackageStore;
  readonly pictures: PackageStore;
}

export interface Readmes {
  /** README of a version; HTML is made once per version and kept as long as there is room. */
  get(record: VersionRecord): Promise<Readme>;
}

const CACHE_BYTES = 16 * 1024 * 1024;
const MAX_PICTURES = 20;

export function createReadmes({ packages, pictures }: ReadmesOptions): Readmes {
  const cache = new ReadyCache<Promise<Readme>>(CACHE_BYTES);

  /** Stores the README's own pictures, which are only in the tarball until somebody reads it. */
  async function storePictures(record: VersionRecord, text: string): Promise<Map<string, string>> {
    const known = new Set(record.files.map((file) => file.path));
    const wanted = pictureReferences(text).filter((path) => known.has(path));
    const addresses = new Map<string, string>();
    if (wanted.length === 0) return addresses;
    const files = await readPackage(record);
    for (const path of wanted.slice(0, MAX_PICTURES)) {
      const bytes = files?.get(path)?.bytes;
      if (bytes === undefined || bytes.length > LIMITS.iconBytes) continue;
      const extension = pictureKind(bytes);
      if (extension === undefined) continue;
      const sha512 = hash('sha512', bytes, 'hex');
      await pictures.put(sha512, bytes);
      addresses.set(path, picturePath({ sha512, extension }));
    }
    return addresses;
  }

  async function readPackage(record: VersionRecord): Promise<PackageFiles | undefined> {
    const blob = await packages.get(blobKeyOf(record.integrity));
    return blob === undefined ? undefined : readTarball(await buffer(blob.stream()));
  }

  async function make(record: VersionRecord): Promise<Readme> {
    const text = record.readme ?? '';
    const addresses = await storePictures(record, text);
    const html = renderReadme(text, {
      pictureAt: (path) => addresses.get(path),
      repositoryUrl: repositoryUrl(record.manifest),
    });
    return { version: record.version, html, markdown: text };
  }

  return {
    get(record) {
      const key = `${record.name}@${record.version}`;
      const ready = cache.get(key);
      if (ready !== undefined) return ready;
      const ticket = cache.begin(key);
      const made = make(record);
      cache.set(ticket, key, made, 3 * (record.readme?.length ?? 0) + 500);
      // what failed (a full disk, say) is tried again by the next reader
      made.catch(() => cache.drop(key));
      return made;
    },
  };
}
