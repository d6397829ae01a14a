import { promisify } from 'node:util';
import { gzip, type ZlibOptions } from 'node:zlib';
import { Header } from 'tar/header';
import { Pax } from 'tar/pax';
import { LIMITS } from '../contract/limits.ts';
import { inspectPackage } from './inspect.ts';
import { integrityOf, shasumOf } from './integrity.ts';
import { withManifestFiles } from './manifest-files.ts';
import { type Inspection, PackageError, type PackageFile, type PackageFiles } from './model.ts';
import { readPackageDirectory } from './read-directory.ts';

const gzipBytes = promisify<Uint8Array, ZlibOptions, Buffer>(gzip);

/** npm's own fixed time, so that the same files always give the same tarball. */
const MTIME = new Date('1985-10-26T08:15:00.000Z');
const BLOCK = 512;
/** Byte of the gzip header that names the operating system; zlib fills in the one it was built for. */
const GZIP_OS_OFFSET = 9;
const GZIP_OS_UNKNOWN = 255;

function entryBlocks(path: string, file: PackageFile): Uint8Array[] {
  const fields = { path: `package/${path}`, mode: file.isExecutable ? 0o755 : 0o644, size: file.bytes.length, mtime: MTIME };
  const header = new Header({ ...fields, type: 'File', uid: 0, gid: 0, uname: '', gname: '' });
  const block = Buffer.alloc(BLOCK);
  const needsPax = header.encode(block);
  const padding = Buffer.alloc((BLOCK - (file.bytes.length % BLOCK)) % BLOCK);
  // Names over 100 characters that do not split, and names outside ASCII.
  const pax = needsPax ? [new Pax({ path: fields.path, mtime: MTIME }).encode()] : [];
  return [...pax, block, file.bytes, padding];
}

/** A deterministic npm tarball: entries below `package/` in code point order, fixed time, owner and modes, fixed gzip header. */
export async function packFiles(files: PackageFiles): Promise<Uint8Array> {
  const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const blocks = entries.flatMap(([path, file]) => entryBlocks(path, file));
  const archive = Buffer.concat([...blocks, Buffer.alloc(BLOCK * 2)]);
  const zipped = await gzipBytes(archive, { level: 9 });
  zipped[GZIP_OS_OFFSET] = GZIP_OS_UNKNOWN;
  return zipped;
}

export interface PackedAgent {
  readonly tarball: Uint8Array;
  /** `sha512-…` of the tarball. */
  readonly integrity: string;
  /** Hex SHA-1 of the tarball. */
  readonly shasum: string;
  /** What is in the tarball, generated manifests included. */
  readonly files: PackageFiles;
  readonly inspection: Inspection;
}

/**
 * Packs a folder as the npm tarball that is published: the author's files, the generated plugin manifests, and what the checks say of
 * them. A refused package is packed too; callers look at `inspection.findings`. Throws PackageError when the folder cannot be packed.
 */
export async function packDirectory(directory: string): Promise<PackedAgent> {
  const own = await readPackageDirectory(directory);
  const manifest = inspectPackage(own).pkg?.manifest;
  const files = manifest === undefined ? own : withManifestFiles(own, manifest);
  const inspection = inspectPackage(files);
  const tarball = await packFiles(files);
  if (tarball.length > LIMITS.packedBytes) {
    throw new PackageError([
      {
        code: 'tarball_too_large',
        level: 'refused',
        message: `The tarball has ${tarball.length} bytes; at most ${LIMITS.packedBytes} are allowed.`,
      },
    ]);
  }
  return { tarball, integrity: integrityOf(tarball), shasum: shasumOf(tarball), files, inspection };
}
