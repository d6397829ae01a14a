import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Parser } from 'tar/parse';
import type { ReadEntry } from 'tar/read-entry';
import type { Finding } from '../contract/findings.ts';
import { LIMITS } from '../contract/limits.ts';
import { PackageError, type PackageFile, type PackageFiles } from './model.ts';
import { PathRegister, pathProblem } from './paths.ts';

/** Room for headers, padding and pax records beside the files themselves. */
const TAR_OVERHEAD_BYTES = LIMITS.packageFiles * 4096;
const MAX_FINDINGS = 20;
const FILE_TYPES: ReadonlySet<string> = new Set(['File', 'OldFile', 'ContiguousFile']);
const LINK_TYPES: ReadonlySet<string> = new Set(['Link', 'SymbolicLink']);

const gunzipBytes = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip);

function refused(code: string, message: string, extra: { path?: string; fix?: string } = {}): Finding {
  return { code, level: 'refused', message, ...extra };
}

function mebibytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MiB`;
}

async function unzip(tarball: Uint8Array): Promise<Buffer> {
  if (tarball.length > LIMITS.packedBytes) {
    throw new PackageError([
      refused('tarball_too_large', `The tarball is larger than ${mebibytes(LIMITS.packedBytes)}.`, {
        fix: 'Leave out what the agent does not need at run time.',
      }),
    ]);
  }
  if (tarball[0] !== 0x1f || tarball[1] !== 0x8b) {
    throw new PackageError([
      refused('tarball_not_gzip', 'The tarball is not gzip-compressed.', {
        fix: 'Make it with npm pack or coditect-agents publish.',
      }),
    ]);
  }
  try {
    return await gunzipBytes(tarball, { maxOutputLength: LIMITS.unpackedBytes + TAR_OVERHEAD_BYTES });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new PackageError([tooLarge()]);
    if (code === 'Z_BUF_ERROR') throw new PackageError([refused('tarball_truncated', 'The tarball ends in the middle.')]);
    throw new PackageError([refused('tarball_corrupt', 'The tarball’s compression is damaged.')]);
  }
}

function tooLarge(): Finding {
  return refused('unpacked_too_large', `The package unpacks to more than ${mebibytes(LIMITS.unpackedBytes)}.`);
}

/** Collects the entries of one archive and everything that is wrong with them. */
class EntryCollector {
  readonly findings: Finding[] = [];
  readonly files = new Map<string, PackageFile>();
  readonly #register = new PathRegister();
  #root: string | undefined;
  #entryCount = 0;
  #bytes = 0;

  /** True when the entry's body is wanted. */
  accept(entry: ReadEntry): boolean {
    this.#entryCount += 1;
    // Folders count too: an archive of a million empty folders is a bomb like any other.
    if (this.#entryCount > LIMITS.packageFiles * 2)
      return this.#stop('too_many_files', `The package has more than ${LIMITS.packageFiles} files.`);
    const isFolder = entry.type === 'Directory' || entry.type === 'GNUDumpDir';
    const shown = entry.path;
    if (LINK_TYPES.has(entry.type)) return this.#refuse('link_refused', shown, 'is a link; packages hold plain files only');
    if (!isFolder && !FILE_TYPES.has(entry.type))
      return this.#refuse('special_file_refused', shown, `is a ${entry.type}; packages hold plain files only`);
    const path = this.#relative(entry.path, isFolder);
    if (path === undefined || isFolder) return false;
    this.#bytes += entry.size;
    if (this.files.size >= LIMITS.packageFiles)
      return this.#stop('too_many_files', `The package has more than ${LIMITS.packageFiles} files.`);
    if (this.#bytes > LIMITS.unpackedBytes) return this.#stop('unpacked_too_large', tooLarge().message);
    const collision = this.#register.addFile(path);
    if (collision !== undefined) return this.#refuse(collision.code, path, collision.message);
    const body = Buffer.allocUnsafe(entry.size);
    let filled = 0;
    this.files.set(path, { bytes: body, isExecutable: ((entry.mode ?? 0) & 0o111) !== 0 });
    entry.on('data', (chunk: Buffer) => {
      filled += chunk.copy(body, filled);
    });
    entry.on('end', () => {
      if (filled !== body.length) this.#refuse('tarball_truncated', path, 'is shorter than its header says');
    });
    return true;
  }

  /** Strips the root folder: `package/` from npm, any other single folder from other packers, as npm itself does. */
  #relative(entryPath: string, isFolder: boolean): string | undefined {
    const trimmed = isFolder ? entryPath.replace(/\/$/, '') : entryPath;
    const path = trimmed.startsWith('./') ? trimmed.slice(2) : trimmed;
    if (isFolder && (path === '' || path === '.')) return undefined;
    const problem = pathProblem(path);
    if (problem !== undefined) {
      this.#refuse(problem.code, path, problem.message);
      return undefined;
    }
    const slash = path.indexOf('/');
    const root = slash < 0 ? path : path.slice(0, slash);
    if (slash < 0 && !isFolder) {
      this.#refuse('root_folder_missing', path, 'does not lie in a root folder such as package/');
      return undefined;
    }
    this.#root ??= root;
    if (root !== this.#root) {
      this.#refuse('root_folder_mixed', path, `lies outside the root folder ${this.#root}/`);
      return undefined;
    }
    return slash < 0 ? undefined : path.slice(slash + 1);
  }

  #refuse(code: string, path: string, what: string): false {
    const shown = JSON.stringify(path.slice(0, 200)).slice(1, -1);
    this.findings.push(refused(code, `${shown} ${what}.`, { path: shown }));
    if (this.findings.length >= MAX_FINDINGS) throw new PackageError(this.findings);
    return false;
  }

  #stop(code: string, message: string): never {
    throw new PackageError([...this.findings, refused(code, message)]);
  }
}

function parse(archive: Buffer, collector: EntryCollector): void {
  const parser = new Parser({ strict: true, zstd: false, brotli: false });
  let failure: Error | undefined;
  let hasEnded = false;
  parser.on('error', (error: Error) => {
    failure ??= error;
  });
  parser.on('ignoredEntry', (entry: ReadEntry) => {
    failure ??= new Error(`unsupported entry of type ${entry.type}`);
  });
  parser.on('meta', (record: string) => {
    // The parser cuts a name at a NUL; other readers do not, and see another file.
    if (/\0[^\0]/.test(record)) failure ??= new Error('a name contains a NUL character');
  });
  parser.on('end', () => {
    hasEnded = true;
  });
  parser.on('entry', (entry: ReadEntry) => {
    if (!collector.accept(entry)) entry.resume();
  });
  // One chunk, so that everything happens now: no state survives this call.
  parser.end(archive);
  if (failure !== undefined) throw failure;
  if (!hasEnded) throw new Error('the archive does not end');
}

/**
 * Reads an npm tarball into memory, bounded by contract/limits and trusting nothing in it. Throws PackageError, with one finding
 * per fault, for anything but plain files with portable paths below one root folder.
 */
export async function readTarball(tarball: Uint8Array): Promise<PackageFiles> {
  const archive = await unzip(tarball);
  // The parser would unpack a second layer without our bound.
  if (archive[0] === 0x1f && archive[1] === 0x8b)
    throw new PackageError([refused('tarball_corrupt', 'The tarball is compressed twice.')]);
  const collector = new EntryCollector();
  try {
    parse(archive, collector);
  } catch (error) {
    if (error instanceof PackageError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    const isTruncated = /truncated/i.test(detail);
    if (isTruncated && collector.findings.some(({ code }) => code === 'tarball_truncated'))
      throw new PackageError(collector.findings);
    collector.findings.push(
      isTruncated
        ? refused('tarball_truncated', 'The tarball ends in the middle.')
        : refused('tarball_corrupt', `The tarball is damaged: ${detail.slice(0, 200)}.`),
    );
  }
  if (collector.findings.length > 0) throw new PackageError(collector.findings);
  if (collector.files.size === 0) throw new PackageError([refused('package_empty', 'The tarball holds no files.')]);
  return collector.files;
}
