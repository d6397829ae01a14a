import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../contract/findings.ts';
import { LIMITS } from '../contract/limits.ts';
import { isRecord, readJson } from './json-source.ts';
import { PackageError, type PackageFile, type PackageFiles } from './model.ts';
import { isDenied, packFilter } from './pack-list.ts';
import { PathRegister, pathProblem } from './paths.ts';

function refused(code: string, message: string, path?: string): Finding {
  return { code, level: 'refused', message, ...(path === undefined ? {} : { path }) };
}

interface Candidate {
  readonly path: string;
  readonly size: number;
  readonly mode: number;
}

/** Lists plain files; links and devices are named in the error, because leaving them out silently would break the agent. */
async function listFiles(root: string, folder = ''): Promise<{ files: Candidate[]; special: string[] }> {
  const files: Candidate[] = [];
  const special: string[] = [];
  for (const name of (await readdir(join(root, folder))).sort()) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (isDenied(path)) continue;
    const state = await lstat(join(root, path));
    if (state.isDirectory()) {
      const inner = await listFiles(root, path);
      files.push(...inner.files);
      special.push(...inner.special);
    } else if (state.isFile()) files.push({ path, size: state.size, mode: state.mode });
    else special.push(path);
    if (files.length > LIMITS.packageFiles * 5)
      throw new PackageError([refused('too_many_files', `The folder holds far more than ${LIMITS.packageFiles} files.`)]);
  }
  return { files, special };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

async function readOptional(root: string, path: string): Promise<string | undefined> {
  try {
    return await readFile(join(root, path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function readFilter(root: string): Promise<(path: string) => boolean> {
  const source = readJson((await readOptional(root, 'package.json')) ?? '{}');
  const listed = 'value' in source && isRecord(source.value) ? source.value.files : undefined;
  const files = Array.isArray(listed) ? listed.filter((entry) => typeof entry === 'string') : undefined;
  return packFilter({ files, npmignore: await readOptional(root, '.npmignore') });
}

function checkBounds(files: readonly Candidate[]): void {
  const findings: Finding[] = [];
  const register = new PathRegister();
  for (const { path } of files) {
    const problem = pathProblem(path) ?? register.addFile(path);
    if (problem !== undefined) findings.push(refused(problem.code, `${path} ${problem.message}.`, path));
  }
  if (files.length > LIMITS.packageFiles)
    findings.push(
      refused('too_many_files', `The package has ${files.length} files; at most ${LIMITS.packageFiles} are allowed.`),
    );
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (bytes > LIMITS.unpackedBytes)
    findings.push(
      refused('unpacked_too_large', `The package unpacks to ${bytes} bytes; at most ${LIMITS.unpackedBytes} are allowed.`),
    );
  if (findings.length > 0) throw new PackageError(findings);
}

/** Reads the files of a folder that belong into its package. Throws PackageError for links, devices, unsafe names and broken limits. */
export async function readPackageDirectory(directory: string): Promise<PackageFiles> {
  if (!(await isFolder(directory))) throw new PackageError([refused('folder_missing', `There is no folder ${directory}.`)]);
  const { files: found, special } = await listFiles(directory);
  const isPacked = await readFilter(directory);
  const findings = special
    .filter(isPacked)
    .map((path) => refused('link_refused', `${path} is a link or a special file; packages hold plain files only.`, path));
  if (findings.length > 0) throw new PackageError(findings);
  const chosen = found.filter(({ path }) => isPacked(path));
  checkBounds(chosen);
  const entries = await Promise.all(
    chosen.map(async ({ path, mode }): Promise<[string, PackageFile]> => {
      const bytes = await readFile(join(directory, path));
      // Windows has no executable bit; a shebang says the same there.
      const isExecutable = (mode & 0o111) !== 0 || (bytes[0] === 0x23 && bytes[1] === 0x21);
      return [path, { bytes, isExecutable }];
    }),
  );
  return new Map(entries);
}
