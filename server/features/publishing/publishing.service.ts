import { Buffer } from 'node:buffer';
import type { Finding } from '../../../contract/findings.ts';
import { isAgentName, splitAgentName } from '../../../contract/names.ts';
import type { PublishResult } from '../../../contract/publishing.ts';
import { inspectPackage } from '../../../packaging/inspect.ts';
import { integrityOf, shasumOf } from '../../../packaging/integrity.ts';
import { type AgentPackage, type Inspection, PackageError } from '../../../packaging/model.ts';
import { readTarball } from '../../../packaging/read-tarball.ts';
import { type Actor, ownsScope } from '../../domain/actor.ts';
import { type Clock, isoTime } from '../../domain/clock.ts';
import { DomainError, isStorageFull } from '../../domain/errors.ts';
import type { Log } from '../../domain/log.ts';
import { findRelease, withRelease } from './agent-record.ts';
import type { AgentSaver } from './agent-saver.ts';
import { confusableName, type PopularNames } from './confusable-name.ts';
import type { PackageStore } from './package-store.ts';
import type { PublishingStore, VersionRecord } from './publishing.store.ts';
import type { Signer } from './signing.ts';
import { toVersionRecord } from './version-record.ts';

/** A package as a client hands it over. `declared` is what the client says about it; all of it is checked. */
export interface Upload {
  readonly name: string;
  readonly version: string;
  readonly tarball: Uint8Array;
  readonly distTag: string;
  readonly declared: { readonly integrity?: string; readonly shasum?: string };
}

export interface PublishingOptions {
  readonly store: PublishingStore;
  readonly saver: AgentSaver;
  /** Tarballs. */
  readonly packages: PackageStore;
  /** Icons and screenshots: apart from tarballs, so that a picture's address can never fetch a withheld package. */
  readonly pictures: PackageStore;
  readonly signer: Signer;
  readonly names: PopularNames;
  readonly clock: Clock;
  readonly log: Log;
}

export interface PublishingService {
  /**
   * Publishes one version. When it resolves the version is whole: tarball, record, dist-tag, change feed. Throws scope_taken,
   * integrity_mismatch, package_refused (with findings), version_exists, storage_full.
   */
  publish(actor: Actor, upload: Upload): Promise<PublishResult>;
  /** Finishes or removes what a crash left half-way; for the start of the service. Returns how many of each. */
  recover(): Promise<{ readonly finished: number; readonly removed: number }>;
}

/** Lowercase hex of an SRI's SHA-512: the key of the tarball in the package store. */
export function blobKeyOf(integrity: string): string {
  return Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
}

/**
 * The order is what makes a kill harmless: tarball first, then the version record (whose unique key decides races), then the agent's
 * record, whose single write shows the version to the world. Up to that write nothing is visible; after it nothing is missing.
 */
export function createPublishingService(options: PublishingOptions): PublishingService {
  const { store, saver, packages, pictures, signer, names, clock, log } = options;
  const underWay = new Set<string>();

  async function publish(actor: Actor, upload: Upload): Promise<PublishResult> {
    requireScope(actor, upload.name);
    const integrity = integrityOf(upload.tarball);
    const shasum = shasumOf(upload.tarball);
    requireDeclared(upload, integrity, shasum);
    await refuseExisting(actor, upload, integrity);
    await refuseImitation(upload.name);
    const { pkg, inspection } = await inspect(upload);
    const { record, pictures: found } = toVersionRecord(pkg, inspection, {
      publishedBy: actor.userId,
      publishedAt: isoTime(clock),
      distTag: upload.distTag,
      integrity,
      shasum,
      sizeBytes: upload.tarball.length,
      signature: signer.sign(upload.name, upload.version, integrity),
    });
    await packages.put(blobKeyOf(integrity), upload.tarball);
    for (const { ref, bytes } of found) await pictures.put(ref.sha512, bytes);
    const stored = await insert(record);
    await release(stored, false);
    return {
      name: pkg.manifest.name,
      version: stored.version,
      integrity,
      reviewState: stored.reviewState,
      findings: [...stored.findings],
    };
  }

  /** Spares the work for a version that is there; the unique key in `insert` is what decides. */
  async function refuseExisting(actor: Actor, upload: Upload, integrity: string): Promise<void> {
    const stored = await store.getVersion(upload.name, upload.version);
    if (stored !== undefined) await requireAdoptable(stored, { integrity, publishedBy: actor.userId });
  }

  /** Only the first version of an agent: who has a name keeps it, however popular another one becomes. */
  async function refuseImitation(name: string): Promise<void> {
    const finding = confusableName(name, names);
    if (finding !== undefined && (await store.getAgent(name)) === undefined) throw refused([finding]);
  }

  async function insert(record: VersionRecord): Promise<VersionRecord> {
    const inserted = await store.insertVersion(record);
    if (inserted === 'inserted') return record;
    await requireAdoptable(inserted.exists, record);
    return inserted.exists;
  }

  /** The same bytes from the same account may come again as long as nobody was told that they arrived. */
  async function requireAdoptable(stored: VersionRecord, wanted: { integrity: string; publishedBy: string }): Promise<void> {
    const shown = findRelease(await store.getAgent(stored.name), stored.version);
    const isSame = stored.integrity === wanted.integrity && stored.publishedBy === wanted.publishedBy;
    if (isSame && (shown === undefined || shown.isRecovered === true)) return;
    throw versionExists(stored.name, stored.version);
  }

  async function release(version: VersionRecord, isRecovered: boolean): Promise<void> {
    const { scope } = splitAgentName(version.name);
    try {
      await saver.change(version.name, (agent) => withRelease(agent, version, { scope, now: isoTime(clock), isRecovered }));
    } catch (error) {
      // A full disk surely stored nothing, so the half can go; after any other failure the sweep decides from what it finds.
      if (isStorageFull(error)) await store.removeUnreleased(version.name, version.version).catch(() => {});
      throw error;
    }
    // Only spares the next start some work: a publish that is visible must not fail over it.
    await store.markReleased(version.name, version.version).catch((err: unknown) => {
      log.warn({ err, agent: version.name, version: version.version }, 'version not marked as released');
    });
  }

  return {
    async publish(actor, upload) {
      const key = `${upload.name}@${upload.version}`;
      if (underWay.has(key)) throw versionExists(upload.name, upload.version);
      underWay.add(key);
      try {
        return await publish(actor, upload);
      } finally {
        underWay.delete(key);
      }
    },
    async recover() {
      await packages.removeLeftovers();
      await pictures.removeLeftovers();
      let finished = 0;
      let removed = 0;
      for (const version of await store.listUnreleased()) {
        const isWhole = await packages.has(blobKeyOf(version.integrity));
        if (isWhole) await release(version, true);
        else await store.removeUnreleased(version.name, version.version);
        if (isWhole) finished += 1;
        else removed += 1;
      }
      return { finished, removed };
    },
  };
}

function versionExists(name: string, version: string): DomainError {
  return new DomainError('version_exists', {
    detail: `${name}@${version} is already published; versions cannot be replaced. Raise the version in package.json and publish again.`,
  });
}

/** Throws invalid_request for a name that is no agent's and scope_taken when the actor does not own the scope. */
export function requireScope(actor: Actor, name: string): void {
  if (!isAgentName(name)) {
    throw new DomainError('invalid_request', {
      detail: `"${name.slice(0, 100)}" is no agent name; it must look like @scope/review-board.`,
    });
  }
  const { scope } = splitAgentName(name);
  if (ownsScope(actor, scope)) return;
  const own = actor.ownedScopes.length === 0 ? 'no scope' : actor.ownedScopes.join(', ');
  throw new DomainError('scope_taken', { detail: `${scope} is not yours: ${actor.name} owns ${own}.` });
}

function requireDeclared({ declared }: Upload, integrity: string, shasum: string): void {
  const { integrity: saidIntegrity, shasum: saidShasum } = declared;
  const isWrong =
    (saidIntegrity !== undefined && !saidIntegrity.split(/\s+/).includes(integrity)) ||
    (saidShasum !== undefined && saidShasum !== shasum);
  if (isWrong) {
    throw new DomainError('integrity_mismatch', {
      detail: `The tarball is ${integrity}, but the document says otherwise. Pack and publish again.`,
    });
  }
}

/** Reads and judges the tarball. Throws package_refused with every finding that stopped it. */
async function inspect(upload: Upload): Promise<{ pkg: AgentPackage; inspection: Inspection }> {
  const inspection = inspectPackage(await readFiles(upload.tarball));
  const { pkg } = inspection;
  const refusals = inspection.findings.filter((finding) => finding.level === 'refused');
  if (pkg !== undefined) refusals.push(...contradictions(pkg, upload));
  if (pkg === undefined || refusals.length > 0) throw refused(refusals);
  return { pkg, inspection };
}

async function readFiles(tarball: Uint8Array) {
  try {
    return await readTarball(tarball);
  } catch (error) {
    if (error instanceof PackageError) throw refused(error.findings);
    throw error;
  }
}

function refused(findings: readonly Finding[]): DomainError {
  const count = findings.length === 1 ? 'one finding' : `${findings.length} findings`;
  return new DomainError('package_refused', { detail: `The package was refused: ${count}.`, findings });
}

function contradictions({ manifest }: AgentPackage, upload: Upload): Finding[] {
  const findings: Finding[] = [];
  const add = (code: string, message: string) => findings.push({ code, level: 'refused', path: 'package.json', message });
  if (manifest.name !== upload.name)
    add('name_mismatch', `The tarball is ${manifest.name}, but ${upload.name} is being published.`);
  if (manifest.version !== upload.version) {
    add('version_mismatch', `The tarball is version ${manifest.version}, but ${upload.version} is being published.`);
  }
  if (manifest.version.includes('+'))
    add('build_metadata', `Version ${manifest.version} has build metadata, which npm would drop.`);
  return findings;
}
