/** What `lstat` says of a path; links are never followed. `mode` holds the permission bits only. */
export interface FileStat {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  readonly sizeBytes: number;
  readonly mode: number;
}

export interface WriteOptions {
  /** Permission bits; default 0o644. */
  readonly mode?: number;
  /** Fails with EEXIST when the file is there. */
  readonly isExclusive?: boolean;
  /** Flushes the bytes to the disk before it resolves. */
  readonly isDurable?: boolean;
}

/**
 * Every touch of the disk goes through here, so that tests can fail or kill any single one of them.
 * Paths are absolute. Failures are Node's errors: callers branch on `code` (ENOENT, EEXIST, ENOTEMPTY, ENOSPC, …).
 */
export interface FileSystem {
  readFile(path: string): Promise<Uint8Array>;
  writeFile(path: string, bytes: Uint8Array | string, options?: WriteOptions): Promise<void>;
  appendFile(path: string, text: string, mode: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Creates one directory; EEXIST when it is there. */
  mkdir(path: string): Promise<void>;
  /** Removes an empty directory; ENOTEMPTY otherwise. */
  rmdir(path: string): Promise<void>;
  readdir(path: string): Promise<string[]>;
  lstat(path: string): Promise<FileStat>;
  realpath(path: string): Promise<string>;
  /** Flushes a directory's entries; does nothing where the system cannot. */
  syncDirectory(path: string): Promise<void>;
}

/** Who holds a workspace lock. `startedAt` tells a process from a later one with the same id. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

/** What the installer reads of an answer. The global `Response` fits. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}
/** GET with headers. The global `fetch` fits; so does something smaller. Rejects when no answer comes. */
export type HttpGet = (
  url: string,
  options: { readonly headers: Record<string, string>; readonly signal: AbortSignal },
) => Promise<HttpAnswer>;

export interface InstallerPorts {
  readonly fs: FileSystem;
  readonly fetch: HttpGet;
  /** Milliseconds since 1970. */
  now(): number;
  /** A fresh random text of at least 64 bits, safe in file names. */
  randomId(): string;
  readonly processes: {
    readonly self: ProcessIdentity;
    isRunning(identity: ProcessIdentity): Promise<boolean>;
  };
  readonly platform: NodeJS.Platform;
}
