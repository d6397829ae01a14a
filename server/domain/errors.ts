import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import type { Finding } from '../../contract/findings.ts';

export interface DomainErrorOptions {
  /** The particulars for people: one or two short sentences. Never a stack, a path of the machine or foreign exception text. */
  readonly detail?: string;
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
  readonly findings?: readonly Finding[];
  readonly retryAfterSeconds?: number;
  /** Extra headers of the answer, such as `Allow` of a 405. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** The one error that features throw; the HTTP edge alone turns its code into a status (contract/errors.ts). */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  constructor(
    readonly code: ErrorCode,
    readonly options: DomainErrorOptions = {},
  ) {
    super(options.detail ?? ERRORS[code].title, options.cause === undefined ? undefined : { cause: options.cause });
  }
}

const NO_SPACE = new Set(['ENOSPC', 'EDQUOT']);
const SQLITE_FULL = 13;
/** MongoDB's OutOfDiskSpace. */
const MONGO_OUT_OF_DISK = 14031;

/** Whether an error of fs, SQLite or MongoDB says that the disk is full. */
export function isStorageFull(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, errcode, cause } = error as { code?: unknown; errcode?: unknown; cause?: unknown };
  if (typeof code === 'string' && NO_SPACE.has(code)) return true;
  if (code === MONGO_OUT_OF_DISK || (typeof errcode === 'number' && (errcode & 0xff) === SQLITE_FULL)) return true;
  return cause !== undefined && cause !== error && isStorageFull(cause);
}
