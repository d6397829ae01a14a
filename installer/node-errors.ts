import { InstallError, type InstallErrorCode } from './errors.ts';

/** Node's error code such as ENOENT; undefined for anything else. */
export function errnoOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Runs a disk call and answers undefined when the path is not there. */
export async function orMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Turns a disk failure into our words; other errors and InstallErrors pass unchanged. */
export function asInstallError(error: unknown): unknown {
  if (error instanceof InstallError) return error;
  const errno = errnoOf(error);
  if (errno === undefined || !/^E[A-Z0-9]+$/.test(errno)) return error;
  const path = (error as { path?: unknown }).path;
  const details = { path: typeof path === 'string' ? path : 'a file', why: errno };
  return new InstallError(codeOf(errno), { details, cause: error });
}

function codeOf(errno: string): InstallErrorCode {
  if (errno === 'ENOSPC' || errno === 'EDQUOT') return 'disk_full';
  if (errno === 'EACCES' || errno === 'EPERM' || errno === 'EROFS') return 'not_writable';
  return 'io_failed';
}
