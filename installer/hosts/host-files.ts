import type { HostId } from '../../contract/hosts.ts';
import type { AgentPackage } from '../../packaging/model.ts';
import type { HostLoss } from '../install-plan.ts';
import { encodeText } from '../text.ts';

/** One thing a host's translation writes: a file, or an entry in a JSON file that others own too. */
export type HostTarget = {
  /** Workspace path, POSIX. */
  readonly path: string;
  /** Part of the package it comes from, such as `skill review`. */
  readonly component: string;
} & (
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly isExecutable: boolean }
  | { readonly kind: 'json-entry'; readonly pointer: string; readonly value: unknown }
);

/** A package translated for one host. */
export interface HostFiles {
  readonly host: HostId;
  readonly targets: readonly HostTarget[];
  readonly losses: readonly HostLoss[];
  readonly nextStep: string;
}

export interface TranslateOptions {
  /** All hosts of the same install: what two of them read is written once. */
  readonly alongside: ReadonlySet<HostId>;
  readonly withoutHooks: boolean;
  /** The user accepted that this host drops restrictions. */
  readonly acceptsLosses: boolean;
}

export type TranslateHost = (pkg: AgentPackage, options: TranslateOptions) => HostFiles;

export function fileTarget(path: string, content: string | Uint8Array, component: string, isExecutable = false): HostTarget {
  const bytes = typeof content === 'string' ? encodeText(content) : content;
  return { kind: 'file', path, bytes, component, isExecutable };
}

export function entryTarget(path: string, pointer: string, value: unknown, component: string): HostTarget {
  return { kind: 'json-entry', path, pointer, value, component };
}

export function note(component: string, what: string): HostLoss {
  return { component, what, isRestriction: false };
}
export function restriction(component: string, what: string): HostLoss {
  return { component, what, isRestriction: true };
}
