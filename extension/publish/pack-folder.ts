import type { Finding } from '../../contract/findings.ts';
import { PackageError } from '../../packaging/model.ts';
import { packDirectory } from '../../packaging/pack.ts';

export interface PackedFolder {
  /** Absent when the folder holds no readable package; the findings say why. */
  readonly name?: string;
  readonly version?: string;
  readonly displayName?: string;
  readonly findings: readonly Finding[];
  readonly tarball?: Uint8Array;
  readonly integrity?: string;
  readonly shasum?: string;
  /** package.json of the package, for the npm publish document. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly readme?: string;
}

/** Packs a folder for publishing. A folder that cannot be packed is an answer with findings, not a failure. */
export async function packFolder(directory: string): Promise<PackedFolder> {
  try {
    const { tarball, integrity, shasum, inspection } = await packDirectory(directory);
    const { pkg, findings } = inspection;
    if (pkg === undefined) return { findings };
    return {
      name: pkg.manifest.name,
      version: pkg.manifest.version,
      displayName: pkg.manifest.agent.displayName,
      findings,
      tarball,
      integrity,
      shasum,
      manifest: pkg.manifest,
      ...(pkg.readme === undefined ? {} : { readme: pkg.readme }),
    };
  } catch (error) {
    if (error instanceof PackageError) return { findings: error.findings };
    throw error;
  }
}
