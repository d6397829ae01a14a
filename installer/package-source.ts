import { isAgentName } from '../contract/names.ts';
import type { Packument } from '../contract/npm.ts';
import { type AgentPackage, type Inspection, PackageError, type PackageFiles } from '../packaging/model.ts';
import { readTarball } from '../packaging/read-tarball.ts';
import type { EngineSettings } from './engine-types.ts';
import { InstallError } from './errors.ts';
import type { ServiceAccess } from './registry/http.ts';
import { fetchPackument } from './registry/packuments.ts';
import { type ResolvedVersion, resolveVersion } from './registry/resolve-version.ts';
import { checkSignature } from './registry/signatures.ts';
import { fetchTarball, registryPath } from './registry/tarballs.ts';
import { UserCache } from './registry/user-cache.ts';
import { type Judged, VerdictCache } from './registry/verdicts.ts';

/** A package that was downloaded, verified, read and judged. */
export interface VerifiedPackage {
  readonly pkg: AgentPackage;
  readonly inspection: Inspection;
  readonly version: string;
  readonly integrity: string;
  readonly resolved: string;
  readonly signature: 'verified' | 'unsigned';
  readonly source: 'service' | 'cache';
  readonly deprecation?: string;
}

export interface SourceOptions {
  readonly isOffline?: boolean | undefined;
  readonly trustNewKeys?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

const MAX_MEMORY = 4;

/** Resolve, download, verify, read, judge: everything up to the plan. Nothing in the workspace is touched. */
export class PackageSource {
  readonly #access: ServiceAccess;
  readonly #cache: UserCache;
  readonly #verdicts: VerdictCache;
  readonly #inspected = new Map<string, Judged>();

  constructor(settings: EngineSettings) {
    const serviceUrl = settings.serviceUrl.replace(/\/+$/, '');
    this.#access = { ports: settings.ports, serviceUrl, token: settings.token };
    this.#cache = new UserCache(settings.ports, settings.userDir);
    this.#verdicts = new VerdictCache(this.#cache, settings.checksStamp);
  }

  /** `wanted`: exact version, dist-tag or range. */
  async load(agent: string, wanted: string, options: SourceOptions): Promise<VerifiedPackage> {
    const { resolved, source } = await this.#resolve(agent, wanted, options);
    const path = registryPath(resolved.tarballUrl);
    const [tarball, signature] = await Promise.all([
      this.#tarball({ agent, version: resolved.version, integrity: resolved.integrity, resolved: path }, options),
      checkSignature(this.#access, this.#cache, {
        agent,
        resolved,
        isOffline: options.isOffline ?? source === 'cache',
        trustNewKeys: options.trustNewKeys ?? false,
        signal: options.signal,
      }),
    ]);
    const judged = await this.#judge(agent, resolved.version, { tarball, integrity: resolved.integrity });
    return {
      ...judged,
      version: resolved.version,
      integrity: resolved.integrity,
      resolved: path,
      signature,
      source,
      ...(resolved.deprecation === undefined ? {} : { deprecation: resolved.deprecation }),
    };
  }

  /** What the lockfile recorded, by its integrity: neither packument nor signature can change what it is. */
  async loadLocked(
    locked: { readonly agent: string; readonly version: string; readonly integrity: string; readonly resolved: string },
    options: SourceOptions,
  ): Promise<VerifiedPackage> {
    const tarball = await this.#tarball(locked, options);
    const judged = await this.#judge(locked.agent, locked.version, { tarball, integrity: locked.integrity });
    const { version, integrity, resolved } = locked;
    return { ...judged, version, integrity, resolved, signature: 'verified', source: 'cache' };
  }

  async packument(agent: string, options: SourceOptions): Promise<Packument> {
    const request = { agent, isOffline: options.isOffline ?? false, signal: options.signal };
    return (await fetchPackument(this.#access, this.#cache, request)).packument;
  }

  async #resolve(
    agent: string,
    wanted: string,
    options: SourceOptions,
  ): Promise<{ readonly resolved: ResolvedVersion; readonly source: 'service' | 'cache' }> {
    if (!isAgentName(agent)) throw new InstallError('not_an_agent_name', { details: { agent } });
    const request = { agent, isOffline: options.isOffline ?? false, signal: options.signal };
    const { packument, source } = await fetchPackument(this.#access, this.#cache, request);
    return { resolved: await resolveVersion(packument, wanted), source };
  }

  #tarball(
    locked: { readonly agent: string; readonly version: string; readonly integrity: string; readonly resolved: string },
    options: SourceOptions,
  ): Promise<Uint8Array> {
    return fetchTarball(this.#access, this.#cache, { ...locked, isOffline: options.isOffline ?? false, signal: options.signal });
  }

  async #judge(
    agent: string,
    version: string,
    given: { readonly tarball: Uint8Array; readonly integrity: string },
  ): Promise<Judged> {
    const known = this.#inspected.get(given.integrity);
    if (known !== undefined) return known;
    const files = await unpack(given.tarball, { agent, version });
    const judged =
      (await this.#verdicts.find(given.integrity, files)) ?? (await this.#inspect(given.integrity, files, { agent, version }));
    if (judged.pkg.manifest.name !== agent || judged.pkg.manifest.version !== version) {
      const message = `the package calls itself ${judged.pkg.manifest.name} ${judged.pkg.manifest.version}`;
      throw refusal(agent, version, [{ message }]);
    }
    if (this.#inspected.size >= MAX_MEMORY) this.#inspected.clear();
    this.#inspected.set(given.integrity, judged);
    return judged;
  }

  async #inspect(
    integrity: string,
    files: PackageFiles,
    name: { readonly agent: string; readonly version: string },
  ): Promise<Judged> {
    // loaded only here: parsers and checks are the heaviest part of the program
    const { inspectPackage } = await import('../packaging/inspect.ts');
    const inspection = inspectPackage(files);
    const { pkg } = inspection;
    const refused = inspection.findings.filter((finding) => finding.level === 'refused');
    if (refused.length > 0 || pkg === undefined) throw refusal(name.agent, name.version, refused);
    await this.#verdicts.keep(integrity, { pkg, inspection });
    return { pkg, inspection };
  }
}

async function unpack(tarball: Uint8Array, name: { readonly agent: string; readonly version: string }): Promise<PackageFiles> {
  try {
    return await readTarball(tarball);
  } catch (error) {
    if (error instanceof PackageError) throw refusal(name.agent, name.version, error.findings);
    throw error;
  }
}

function refusal(agent: string, version: string, findings: readonly { readonly message: string }[]): InstallError {
  const texts = findings.slice(0, 3).map((finding) => finding.message.replace(/\.$/, ''));
  return new InstallError('package_refused', { details: { agent, version, findings: texts } });
}
