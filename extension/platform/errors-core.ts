import type { ApiError } from '../../contract/client.ts';
import { ERRORS, isErrorCode } from '../../contract/errors.ts';
import { t } from './text-core.ts';

export type ErrorAction = 'openSettings' | 'signIn' | 'openLog' | 'openFolder' | 'manageTrust';

/** A failure with a sentence for people; at most one thing to do about it. */
export class UserError extends Error {
  override readonly name = 'UserError';
  constructor(
    message: string,
    readonly options: { readonly code?: string; readonly action?: ErrorAction; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
  }
}

/** The user stepped back: nothing is shown. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor() {
    super('cancelled');
  }
}

export interface Explanation {
  readonly code: string;
  readonly message: string;
  readonly action?: ErrorAction;
  /** True when nobody foresaw it: the log has the particulars. */
  readonly isUnexpected: boolean;
}

export function isCancellation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'InstallError') return 'code' in error && error.code === 'cancelled';
  return error.name === 'Cancelled' || error.name === 'AbortError' || error.name === 'Canceled';
}

/** Each lazily loaded chunk has its own copy of a class, so errors are told by name. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && error.name === 'ApiError';
}
/** No answer, or one that says "not yet": the views wait and try again by themselves. */
export function isOutOfReach(error: unknown): boolean {
  return isApiError(error) && (error.code === 'unreachable' || error.code === 'unavailable');
}
function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === 'UserError';
}

/** Turns any thrown value into words and at most one action; undefined for a cancellation. Branches on codes only. */
export function explainError(error: unknown): Explanation | undefined {
  if (isCancellation(error)) return undefined;
  if (isUserError(error)) return explainUserError(error);
  if (isApiError(error)) return explainApiError(error);
  if (error instanceof Error && error.name === 'InstallError' && hasCode(error)) return explainInstallError(error);
  if (hasCode(error) && isDiskCode(error.code)) return { ...explainDisk(error.code), isUnexpected: false };
  if (hasCode(error) && isForPeople(error)) return { code: error.code, message: error.message, isUnexpected: false };
  return {
    code: 'internal',
    message: t('Something went wrong. The log has the details.'),
    action: 'openLog',
    isUnexpected: true,
  };
}

/** The same as code and text for a webview; a cancellation is `cancelled`. */
export function codeOfError(error: unknown): { code: string; message: string } {
  const explanation = explainError(error);
  return explanation ?? { code: 'cancelled', message: '' };
}

function explainUserError(error: UserError): Explanation {
  const { code = 'failed', action } = error.options;
  return { code, message: error.message, ...(action === undefined ? {} : { action }), isUnexpected: false };
}

function explainApiError(error: ApiError): Explanation {
  const { code } = error;
  if (code === 'unreachable') {
    const origin = new URL(error.details.url).origin;
    return { code, message: t('No answer from {0}.', origin), action: 'openSettings', isUnexpected: false };
  }
  if (code === 'unexpected_answer') {
    const origin = new URL(error.details.url).origin;
    return { code, message: t('{0} did not answer like the agent service.', origin), action: 'openSettings', isUnexpected: true };
  }
  if (code === 'unauthenticated') return { code, message: t('Sign in to do this.'), action: 'signIn', isUnexpected: false };
  // The detail is a sentence with the particulars; the catalogue's title stands in where there is none.
  const message = error.details.problem?.detail ?? (isErrorCode(code) ? ERRORS[code].title : error.message);
  return { code, message, isUnexpected: code === 'internal' };
}

const INSTALL_ACTIONS: Readonly<Record<string, ErrorAction>> = {
  unreachable: 'openSettings',
  unexpected_answer: 'openSettings',
  forbidden: 'signIn',
};

/** The engine is a chunk of its own, so its error class is told by name; its texts already say what stayed safe. */
function explainInstallError(error: Error & { code: string }): Explanation {
  const action = INSTALL_ACTIONS[error.code];
  return {
    code: error.code,
    message: error.message,
    ...(action === undefined ? {} : { action }),
    isUnexpected: error.cause !== undefined,
  };
}

function explainDisk(code: string): { code: string; message: string } {
  if (code === 'ENOSPC') return { code, message: t('The disk is full. Nothing was changed.') };
  return { code, message: t('The folder cannot be written. Nothing was changed.') };
}

function isDiskCode(code: string): boolean {
  return ['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EDQUOT'].includes(code);
}

function hasCode(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/** Errors of our own engines carry a lower-case code and a sentence; Node's carry `ENOENT` and a trace for developers. */
function isForPeople(error: { code: string }): boolean {
  return /^[a-z]+(_[a-z]+)*$/.test(error.code);
}
