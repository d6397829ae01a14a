import * as z from 'zod/mini';
import { FindingSchema } from './findings.ts';

interface ErrorEntry {
  readonly status: number;
  readonly isRetryable: boolean;
  /** Short, plain, for people; the `detail` of a problem answer adds the particulars. */
  readonly title: string;
}

/** The error catalogue. Codes are API: clients branch on them, never on texts. */
export const ERRORS = {
  invalid_request: { status: 400, isRetryable: false, title: 'The request is malformed.' },
  invalid_json: { status: 400, isRetryable: false, title: 'The body is not valid JSON.' },
  invalid_cursor: { status: 400, isRetryable: false, title: 'The page cursor is not valid.' },
  unauthenticated: { status: 401, isRetryable: false, title: 'Sign in to do this.' },
  purchase_required: { status: 402, isRetryable: false, title: 'This agent must be bought first.' },
  forbidden: { status: 403, isRetryable: false, title: 'You are not allowed to do this.' },
  dev_signin_disabled: { status: 403, isRetryable: false, title: 'Development sign-in works only on the service’s own machine.' },
  scope_taken: { status: 403, isRetryable: false, title: 'This scope belongs to another publisher.' },
  not_found: { status: 404, isRetryable: false, title: 'There is nothing here.' },
  agent_not_found: { status: 404, isRetryable: false, title: 'There is no such agent.' },
  version_not_found: { status: 404, isRetryable: false, title: 'The agent has no such version.' },
  method_not_allowed: { status: 405, isRetryable: false, title: 'This address does not take this method.' },
  version_exists: { status: 409, isRetryable: false, title: 'This version is already published; versions cannot be replaced.' },
  conflict: { status: 409, isRetryable: true, title: 'Somebody else changed this at the same time.' },
  version_withdrawn: { status: 410, isRetryable: false, title: 'This version was withdrawn.' },
  payload_too_large: { status: 413, isRetryable: false, title: 'The body is too large.' },
  unsupported_media_type: { status: 415, isRetryable: false, title: 'The body’s type is not supported.' },
  package_refused: { status: 422, isRetryable: false, title: 'The package was refused.' },
  integrity_mismatch: { status: 422, isRetryable: false, title: 'The tarball does not match its checksum.' },
  rate_limited: { status: 429, isRetryable: true, title: 'Too many requests.' },
  internal: { status: 500, isRetryable: true, title: 'Something failed on our side.' },
  storage_full: { status: 507, isRetryable: true, title: 'The service has no disk space left. Nothing was stored.' },
  unavailable: { status: 503, isRetryable: true, title: 'The service is not ready.' },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}

/** Problem details (RFC 9457) with our `code`; `issues` for malformed requests, `findings` for refused packages. */
export const ProblemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.optional(z.string()),
  requestId: z.optional(z.string()),
  issues: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  findings: z.optional(z.array(FindingSchema)),
});
export type Problem = z.infer<typeof ProblemSchema>;
