import type { AgentDetail, Readme, Statistics, VersionSummary } from '../agents.ts';
import type { HostId } from '../hosts.ts';
import type { Protocol } from './messenger.ts';

/** What the primary button knows; its words are in the view. */
export type InstallState =
  | { readonly kind: 'web' }
  | { readonly kind: 'no_folder' }
  | { readonly kind: 'untrusted' }
  | { readonly kind: 'not_installed' }
  | { readonly kind: 'working'; readonly step: string }
  | { readonly kind: 'installed'; readonly version: string; readonly hosts: readonly HostId[]; readonly edited: number }
  | { readonly kind: 'update'; readonly version: string; readonly latest: string; readonly hosts: readonly HostId[] };

export type Loadable<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'error'; readonly code: string; readonly message: string }
  | { readonly kind: 'ready'; readonly value: T };

export type DetailTab = 'readme' | 'capabilities' | 'versions' | 'statistics';

/** Whole state of the detail screen, the same in a panel and on a page. */
export interface DetailSnapshot {
  readonly agent: Loadable<AgentDetail>;
  readonly readme: Loadable<Readme>;
  readonly versions: Loadable<readonly VersionSummary[]>;
  readonly statistics: Loadable<Statistics>;
  readonly install: InstallState;
  /** True when the catalogue answer came from the cache because the service is out of reach. */
  readonly isOffline: boolean;
  /** Origin of the service: pictures and links are below it. In a panel pictures are data: URIs instead. */
  readonly serviceUrl: string;
  readonly iconUri?: string;
}

export interface DetailProtocol extends Protocol {
  readonly requests: {
    readonly ready: { readonly params: undefined; readonly result: DetailSnapshot };
    readonly install: { readonly params: undefined; readonly result: undefined };
    readonly update: { readonly params: undefined; readonly result: undefined };
    readonly remove: { readonly params: undefined; readonly result: undefined };
    readonly retry: { readonly params: undefined; readonly result: undefined };
    readonly openAgent: { readonly params: { readonly name: string }; readonly result: undefined };
    readonly openLink: { readonly params: { readonly url: string }; readonly result: undefined };
    /** Opens the file of the package at the line that proves a capability. */
    readonly openEvidence: { readonly params: { readonly path: string; readonly line: number }; readonly result: undefined };
  };
  readonly events: { readonly snapshot: DetailSnapshot };
}
