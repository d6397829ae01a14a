import type { DetailSnapshot, DetailTab } from '../../contract/webview/detail.ts';
import type { Site } from '../../contract/webview/pages.ts';

const DETAIL_TABS: readonly DetailTab[] = ['readme', 'capabilities', 'versions', 'statistics'];

/** The host's snapshot and what only this page knows: navigation and the last failure. */
export interface DetailState {
  readonly snapshot: DetailSnapshot;
  readonly tab: DetailTab;
  readonly isTableShown: boolean;
  /** Text of a failed request, shown until the next one. */
  readonly failure?: string | undefined;
  /** The command that was copied last, for the word "Copied" beside it. */
  readonly copied?: string | undefined;
  readonly site: Site;
}

const LOADING = { kind: 'loading' } as const;

/** What is shown before the host's first answer. */
export const EMPTY_SNAPSHOT: DetailSnapshot = {
  agent: LOADING,
  readme: LOADING,
  versions: LOADING,
  statistics: LOADING,
  install: { kind: 'not_installed' },
  isOffline: false,
  serviceUrl: '',
};

export function initialState(snapshot: DetailSnapshot, tab: DetailTab = 'readme', site: Site = {}): DetailState {
  return { snapshot, tab, isTableShown: false, site };
}

export function isDetailTab(text: unknown): text is DetailTab {
  return DETAIL_TABS.some((tab) => tab === text);
}
