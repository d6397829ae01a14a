/** A problem answer of the service (RFC 9457), as the tests look at it. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly findings?: readonly { readonly code: string; readonly path?: string }[];
}
