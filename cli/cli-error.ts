import { InstallError } from '../installer/errors.ts';
import { EXIT, type ExitCode, INSTALL_EXIT } from './exit-codes.ts';

/** A failure as it is printed and as the process ends. `code` is API. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly next: string | undefined;
  readonly lines: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
  constructor(
    readonly code: string,
    message: string,
    options: {
      readonly exit: ExitCode;
      readonly next?: string;
      /** Printed below the message, such as findings. */
      readonly lines?: readonly string[];
      /** Only for `--json`. */
      readonly details?: Readonly<Record<string, unknown>>;
      readonly cause?: unknown;
    },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.exit = options.exit;
    this.next = options.next;
    this.lines = options.lines ?? [];
    this.details = options.details ?? {};
  }
  readonly exit: ExitCode;
}

export function usageError(message: string, next?: string): CliError {
  return new CliError('usage', message, { exit: EXIT.usage, ...(next === undefined ? {} : { next }) });
}

/** Any failure as a CliError; undefined for a bug, whose stack the developer needs. */
export function asCliError(error: unknown): CliError | undefined {
  if (error instanceof CliError) return error;
  if (error instanceof InstallError) {
    const next = NEXT_HERE[error.code] ?? error.next;
    return new CliError(error.code, error.message, {
      exit: INSTALL_EXIT[error.code],
      next,
      details: error.details,
      cause: error,
    });
  }
  return isApiError(error) ? apiError(error) : undefined;
}

/** The installer speaks to every client; here the next step is a command. */
const NEXT_HERE: Partial<Record<InstallError['code'], string>> = {
  no_hosts: 'Choose one or more with --host claude-code --host vscode.',
  hosts_unfaithful: 'If that is fine, name the host with --host.',
  conflict: 'Run again with --on-conflict keep or --on-conflict replace.',
  not_installed: 'See what is installed with: coditect-agents list',
  agent_not_found: 'Look for it with: coditect-agents search <words>',
  forbidden: 'Sign in with: coditect-agents login',
  offline_miss: 'Run it once without --offline.',
};

interface ApiErrorLike {
  readonly name: 'ApiError';
  readonly code: string;
  readonly message: string;
  readonly details: {
    readonly url: string;
    readonly status?: number;
    readonly problem?: { readonly findings?: readonly unknown[] };
    readonly retryAfterSeconds?: number;
  };
}

/** By name, so that this file does not load the whole HTTP contract. */
function isApiError(error: unknown): error is ApiErrorLike {
  return error instanceof Error && error.name === 'ApiError';
}

function apiError(error: ApiErrorLike): CliError {
  const { code, message } = error;
  const make = (exit: ExitCode, next?: string) =>
    new CliError(code, message, { exit, ...(next === undefined ? {} : { next }), cause: error });
  if (code === 'unreachable') return make(EXIT.unreachable, 'Check the address (--service) and the network, then try again.');
  if (code === 'unexpected_answer') return make(EXIT.unreachable, 'Check that the address belongs to the marketplace.');
  if (code === 'unauthenticated') return make(EXIT.signIn, 'Sign in with: coditect-agents login');
  if (code === 'forbidden' || code === 'scope_taken' || code === 'purchase_required' || code === 'dev_signin_disabled')
    return make(EXIT.signIn);
  if (code === 'agent_not_found') return make(EXIT.notFound, 'Look for it with: coditect-agents search <words>');
  if (code.endsWith('not_found') || code === 'version_withdrawn') return make(EXIT.notFound);
  if (code === 'rate_limited') return make(EXIT.failed, `Wait ${error.details.retryAfterSeconds ?? 60} seconds, then try again.`);
  if (code === 'version_exists') return make(EXIT.conflict, 'Raise the version in package.json, then publish again.');
  return make(EXIT.failed);
}
