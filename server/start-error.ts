/** A failed start in one line that a person can act on. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

const READABLE: Record<string, string> = {
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'is on a read-only disk',
  ENOTDIR: 'lies below a file, not a folder',
  EEXIST: 'is a file, not a folder',
  ENOSPC: 'is on a full disk',
};
const SQLITE_TEXTS: Record<number, string> = {
  8: 'may not be written by this user',
  13: 'is on a full disk',
  14: 'cannot be opened by this user',
  26: 'is not a database',
};

/** The port's trouble as one line; undefined for other errors. */
export function explainListenFailure(error: unknown, host: string, port: number): StartError | undefined {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const texts: Record<string, string> = {
    EADDRINUSE: `port ${port} is taken: set PORT or stop the other program`,
    EACCES: `port ${port} may not be used by this user: set PORT to one above 1023`,
    EADDRNOTAVAIL: `HOST ${host} is not an address of this machine`,
    ENOTFOUND: `HOST ${host} is not an address of this machine`,
  };
  const text = code === undefined ? undefined : texts[code];
  return text === undefined ? undefined : new StartError(text, { cause: error });
}

/** Trouble with the data folder as one line; undefined for other errors. */
export function explainDataFailure(error: unknown, dataDir: string): StartError | undefined {
  const { code, errcode } = (error ?? {}) as { code?: string; errcode?: number };
  const text = errcode === undefined ? READABLE[code ?? ''] : SQLITE_TEXTS[errcode & 0xff];
  return text === undefined ? undefined : new StartError(`DATA_DIR ${dataDir} ${text}`, { cause: error });
}
