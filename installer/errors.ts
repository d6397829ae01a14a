/**
 * The installer's error catalogue. Codes are API. Every text says what happened and what stayed safe;
 * `next` says what to do. `{…}` is filled from the error's details.
 */
export const INSTALL_ERRORS = {
  agent_not_found: {
    text: 'There is no agent {agent} on {service}. Nothing was changed.',
    next: 'Check the spelling, or search for it.',
  },
  version_not_found: {
    text: '{agent} has no version {version}. Nothing was changed.',
    next: 'Choose one of: {versions}.',
  },
  not_an_agent_name: {
    text: '{agent} is not an agent name. Nothing was changed.',
    next: 'Write it as @scope/name, with @version if you want a certain one.',
  },
  not_installed: { text: '{agent} is not installed in this workspace.', next: 'List what is installed here.' },
  unreachable: {
    text: '{service} does not answer. Nothing was changed.',
    next: 'Check the address and the network, then try again.',
  },
  offline_miss: { text: '{what} is not in the cache. Nothing was changed.', next: 'Try again when you are online.' },
  version_withdrawn: { text: '{agent} {version} was withdrawn. Nothing was changed.', next: 'Choose another version.' },
  forbidden: {
    text: '{service} does not give {agent} to you. Nothing was changed.',
    next: 'Sign in with an account that may use it.',
  },
  unexpected_answer: {
    text: '{service} answered something unexpected ({what}). Nothing was changed.',
    next: 'Check that the address belongs to the marketplace, then try again later.',
  },
  integrity_mismatch: {
    text: '{agent} was not installed: the download does not match its checksum. Nothing was changed.',
    next: 'Try again; if it happens again, tell the operator of {service}.',
  },
  signature_missing: {
    text: '{agent} {version} carries no signature, but {service} signs its packages. Nothing was changed.',
    next: 'Tell the operator of {service}.',
  },
  signature_invalid: {
    text: 'The signature of {agent} {version} is not valid. Nothing was changed.',
    next: 'Tell the operator of {service}.',
  },
  signature_key_changed: {
    text: '{service} signs with a key that was not there when you first used it. Nothing was changed.',
    next: 'If its operator announced a new key, run again with --trust-new-keys.',
  },
  package_refused: {
    text: '{agent} {version} was not installed: {findings}. Nothing was changed.',
    next: 'Tell its publisher; choose an older version meanwhile.',
  },
  no_hosts: {
    text: 'No host was chosen, and none was found in this workspace. Nothing was changed.',
    next: 'Choose a host: {hosts}.',
  },
  host_not_supported: { text: '{host} cannot be installed for yet. Nothing was changed.', next: 'Choose from: {hosts}.' },
  hosts_unfaithful: {
    text: '{agent} would lose a restriction in {hosts}: {what}. Nothing was changed.',
    next: 'If that is fine, choose the host by name.',
  },
  nothing_to_install: {
    text: '{agent} has nothing that {hosts} can use. Nothing was changed.',
    next: 'Choose another host.',
  },
  conflict: {
    text: '{count} files are in the way, such as {path}. Nothing was changed.',
    next: 'Decide for each whether to keep yours or to replace it.',
  },
  plan_stale: { text: 'The workspace changed since this was planned. Nothing was changed.', next: 'Try again.' },
  restore_mismatch: {
    text: '{agent} {version} gives other files than {lockfile} records ({path}). Nothing was changed.',
    next: 'Install it again, so that the record fits.',
  },
  unsafe_path: {
    text: '{path} leads outside the workspace ({why}). Nothing was changed.',
    next: 'Replace the link by a real folder.',
  },
  lockfile_invalid: {
    text: '{lockfile} cannot be read: {why}. Nothing was changed.',
    next: 'Mend it or take it from version control.',
  },
  lockfile_too_new: {
    text: '{lockfile} was written by a newer version (lockVersion {found}). Nothing was changed.',
    next: 'Update coditect-agents.',
  },
  merge_file_invalid: {
    text: '{path} is not valid JSON: {why}. Nothing was changed.',
    next: 'Mend the file, then try again.',
  },
  workspace_busy: {
    text: 'Another install is running in this workspace (process {pid}). Nothing was changed.',
    next: 'Wait for it, then try again.',
  },
  disk_full: { text: 'The disk is full. Everything was put back as it was.', next: 'Free some space, then try again.' },
  not_writable: {
    text: '{path} cannot be written. Everything was put back as it was.',
    next: 'Check who owns it, then try again.',
  },
  io_failed: { text: 'The disk failed at {path} ({why}). Everything was put back as it was.', next: 'Try again.' },
  undo_failed: {
    text: 'The install stopped halfway ({why}) and could not be undone yet. The saved files are in .coditect/txn.',
    next: 'Run any command here again: it is undone first.',
  },
  cancelled: { text: 'Cancelled. Nothing was changed.', next: 'Start again when you like.' },
} as const satisfies Record<string, { readonly text: string; readonly next: string }>;

export type InstallErrorCode = keyof typeof INSTALL_ERRORS;
export type ErrorDetails = Readonly<Record<string, string | number | readonly string[]>>;

/** A failure of the installer. Branch on `code`; `message` is the text for people, `next` what they can do. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
  readonly next: string;
  readonly details: ErrorDetails;
  constructor(
    readonly code: InstallErrorCode,
    options: { readonly details?: ErrorDetails; readonly cause?: unknown } = {},
  ) {
    const details = options.details ?? {};
    super(fill(INSTALL_ERRORS[code].text, details), options.cause === undefined ? undefined : { cause: options.cause });
    this.details = details;
    this.next = fill(INSTALL_ERRORS[code].next, details);
  }
}

function fill(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = details[key];
    return Array.isArray(value) ? value.join(', ') : String(value ?? key);
  });
}
