import { ERRORS, type ErrorCode, type Problem } from '../../contract/errors.ts';
import { DomainError, isStorageFull } from '../domain/errors.ts';

interface ForeignHttpError {
  readonly status?: unknown;
  readonly type?: unknown;
}

const BODY_PARSER_CODES: Record<string, ErrorCode> = {
  'entity.too.large': 'payload_too_large',
  'entity.parse.failed': 'invalid_json',
  'encoding.unsupported': 'unsupported_media_type',
  'charset.unsupported': 'unsupported_media_type',
};

/** Every error as a DomainError: ours as it is, a full disk as `storage_full`, Express' own by their type, the rest `internal`. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (isStorageFull(error)) return new DomainError('storage_full', { cause: error });
  if (error instanceof URIError) {
    return new DomainError('invalid_request', { detail: 'The address has broken percent-encoding.', cause: error });
  }
  const { status, type } = (typeof error === 'object' && error !== null ? error : {}) as ForeignHttpError;
  const code = typeof type === 'string' ? BODY_PARSER_CODES[type] : undefined;
  if (code !== undefined) return new DomainError(code, { cause: error });
  if (typeof status === 'number' && status >= 400 && status < 500) return new DomainError('invalid_request', { cause: error });
  return new DomainError('internal', { cause: error });
}

/** The RFC 9457 document of an error. `internal` says nothing but its title: no foreign text reaches a caller. */
export function toProblem(error: DomainError, requestId: string): Problem {
  const { status, title } = ERRORS[error.code];
  const { detail, issues, findings } = error.options;
  return {
    type: `/api/docs#error-${error.code}`,
    title,
    status,
    code: error.code,
    requestId,
    ...(detail === undefined ? {} : { detail }),
    ...(issues === undefined ? {} : { issues: [...issues] }),
    ...(findings === undefined ? {} : { findings: [...findings] }),
  };
}

/** The same with `error` and `reason`: npm prints `error` after its own "403 Forbidden - PUT …". */
export function toNpmProblem(error: DomainError, requestId: string): Problem & { error: string; reason: string } {
  const problem = toProblem(error, requestId);
  return { ...problem, error: npmText(problem), reason: problem.code };
}

function npmText(problem: Problem): string {
  const base = problem.detail ?? problem.title;
  const findings = problem.findings ?? [];
  if (findings.length === 0) return base;
  const lines = findings.slice(0, 3).map((finding) => {
    const place = finding.path === undefined ? '' : `${finding.path}${finding.line === undefined ? '' : `:${finding.line}`}: `;
    return `${place}${finding.message} (${finding.code})`;
  });
  const rest = findings.length > 3 ? ` … and ${findings.length - 3} more` : '';
  return `${base} ${lines.join(' | ')}${rest}`;
}
