import type { Packument } from '../../contract/npm.ts';
import { InstallError } from '../errors.ts';

export interface ResolvedVersion {
  readonly version: string;
  readonly integrity: string;
  readonly tarballUrl: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
  readonly publishedAt?: string;
  readonly deprecation?: string;
}

/**
 * Picks the version that a dist-tag, an exact version or a semver range means; ranges prefer versions that are not deprecated.
 * @throws InstallError `version_not_found` with the newest versions in its details
 */
export async function resolveVersion(packument: Packument, wanted: string): Promise<ResolvedVersion> {
  const version = Object.hasOwn(packument['dist-tags'], wanted) ? packument['dist-tags'][wanted] : wanted;
  const found =
    version !== undefined && Object.hasOwn(packument.versions, version) ? version : await bestMatch(packument, wanted);
  const entry = found === undefined ? undefined : packument.versions[found];
  if (found === undefined || entry === undefined) {
    const versions = Object.keys(packument.versions).slice(-10).reverse();
    throw new InstallError('version_not_found', { details: { agent: packument.name, version: wanted, versions } });
  }
  const publishedAt = packument.time?.[found];
  return {
    version: found,
    integrity: entry.dist.integrity,
    tarballUrl: entry.dist.tarball,
    signatures: entry.dist.signatures ?? [],
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(entry.deprecated === undefined || entry.deprecated === '' ? {} : { deprecation: entry.deprecated }),
  };
}

async function bestMatch(packument: Packument, wanted: string): Promise<string | undefined> {
  const [{ default: validRange }, { default: maxSatisfying }] = await Promise.all([
    import('semver/ranges/valid.js'),
    import('semver/ranges/max-satisfying.js'),
  ]);
  if (validRange(wanted) === null) return undefined;
  const all = Object.keys(packument.versions);
  const sound = all.filter((version) => !packument.versions[version]?.deprecated);
  return maxSatisfying(sound, wanted) ?? maxSatisfying(all, wanted) ?? undefined;
}
