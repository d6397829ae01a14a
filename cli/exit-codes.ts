import type { InstallErrorCode } from '../installer/errors.ts';

/** Exit codes are API: scripts branch on them. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  signIn: 4,
  refused: 5,
  unreachable: 6,
  conflict: 7,
  cancelled: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_TEXTS: readonly (readonly [ExitCode, string])[] = [
  [EXIT.ok, 'done'],
  [EXIT.failed, 'failed'],
  [EXIT.usage, 'wrong usage'],
  [EXIT.notFound, 'no such agent, version or install'],
  [EXIT.signIn, 'not signed in, or not allowed'],
  [EXIT.refused, 'refused by the checks, or not consented to'],
  [EXIT.unreachable, 'the service does not answer'],
  [EXIT.conflict, 'files are in the way, or were edited'],
  [EXIT.cancelled, 'interrupted'],
];

/** Exit code for each failure of the installer. */
export const INSTALL_EXIT: Record<InstallErrorCode, ExitCode> = {
  agent_not_found: EXIT.notFound,
  version_not_found: EXIT.notFound,
  not_an_agent_name: EXIT.usage,
  not_installed: EXIT.notFound,
  unreachable: EXIT.unreachable,
  offline_miss: EXIT.unreachable,
  version_withdrawn: EXIT.notFound,
  forbidden: EXIT.signIn,
  unexpected_answer: EXIT.unreachable,
  integrity_mismatch: EXIT.refused,
  signature_missing: EXIT.refused,
  signature_invalid: EXIT.refused,
  signature_key_changed: EXIT.refused,
  package_refused: EXIT.refused,
  no_hosts: EXIT.usage,
  host_not_supported: EXIT.usage,
  hosts_unfaithful: EXIT.refused,
  nothing_to_install: EXIT.failed,
  conflict: EXIT.conflict,
  plan_stale: EXIT.conflict,
  restore_mismatch: EXIT.conflict,
  unsafe_path: EXIT.refused,
  lockfile_invalid: EXIT.failed,
  lockfile_too_new: EXIT.failed,
  merge_file_invalid: EXIT.conflict,
  workspace_busy: EXIT.conflict,
  disk_full: EXIT.failed,
  not_writable: EXIT.failed,
  io_failed: EXIT.failed,
  undo_failed: EXIT.failed,
  cancelled: EXIT.cancelled,
};
