import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { appendFile, lstat, mkdir, open, readdir, readFile, realpath, rename, rmdir, unlink, writeFile } from 'node:fs/promises';
import type { FileStat, FileSystem, InstallerPorts, ProcessIdentity, WriteOptions } from './ports.ts';

/** The real disk, network, clock and processes. */
export function nodePorts(overrides: Partial<InstallerPorts> = {}): InstallerPorts {
  return {
    fs: nodeFileSystem,
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
    randomId: () => randomBytes(9).toString('base64url'),
    processes: {
      get self() {
        return { pid: process.pid, startedAt: ownStart() };
      },
      isRunning,
    },
    platform: process.platform,
    ...overrides,
  };
}

const nodeFileSystem: FileSystem = {
  readFile: (path) => readFile(path),
  writeFile: async (path: string, bytes: Uint8Array | string, options: WriteOptions = {}) => {
    await writeFile(path, bytes, {
      mode: options.mode ?? 0o644,
      flag: options.isExclusive ? 'wx' : 'w',
      flush: options.isDurable ?? false,
    });
  },
  appendFile: (path, text, mode) => appendFile(path, text, { mode }),
  rename,
  unlink,
  mkdir: async (path) => {
    await mkdir(path);
  },
  rmdir,
  readdir: (path) => readdir(path),
  lstat: async (path): Promise<FileStat> => {
    const stat = await lstat(path);
    const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'link' : 'other';
    return { kind, sizeBytes: stat.size, mode: stat.mode & 0o777 };
  },
  realpath: (path) => realpath(path),
  syncDirectory,
};

/** Windows cannot open a directory for this; there the rename itself is journaled by the file system. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function ownStart(): string {
  return process.platform === 'linux' ? startField(readProcFile('self')) : '';
}

function readProcFile(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

/** The name in parentheses may hold spaces; the start time is field 22, the 20th after it. */
function startField(stat: string): string {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/** Linux tells when a process started, so a reused id is noticed; elsewhere a living id counts as the same process. */
async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  if (process.platform !== 'linux' || identity.startedAt === '') return true;
  return startField(readProcFile(String(identity.pid))) === identity.startedAt;
}
