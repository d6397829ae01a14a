import type { DetailProtocol, DetailTab } from '../../contract/webview/detail.ts';
import type { PageMessenger } from '../../contract/webview/messenger.ts';
import type { Store } from '../lib/store.ts';
import type { DetailState } from './state.ts';

/** Everything a person can do on the detail screen. */
export interface DetailActions {
  selectTab(tab: DetailTab): void;
  toggleTable(): void;
  install(): void;
  update(): void;
  remove(): void;
  retry(): void;
  openAgent(name: string): void;
  openLink(url: string): void;
  openEvidence(path: string, line: number): void;
  copy(text: string): void;
}

/** An install may wait for a person's consent in the editor; every other request is quick. */
const CONSENT_TIMEOUT_MS = 30 * 60_000;

export interface DetailDeps {
  readonly store: Store<DetailState>;
  readonly host: PageMessenger<DetailProtocol>;
  /** Keeps the tab over a reload: the hash on the web, the editor's webview state in a panel. */
  readonly rememberTab: (tab: DetailTab) => void;
  readonly writeClipboard: (text: string) => Promise<void>;
}

export function createDetailActions({ store, host, rememberTab, writeClipboard }: DetailDeps): DetailActions {
  async function ask(run: () => Promise<unknown>): Promise<void> {
    store.update((state) => ({ ...state, failure: undefined }));
    try {
      await run();
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      store.update((state) => ({ ...state, failure }));
    }
  }
  const patient = { timeoutMs: CONSENT_TIMEOUT_MS };

  return {
    selectTab(tab) {
      store.update((state) => ({ ...state, tab }));
      rememberTab(tab);
    },
    toggleTable: () => store.update((state) => ({ ...state, isTableShown: !state.isTableShown })),
    install: () => void ask(() => host.request('install', undefined, patient)),
    update: () => void ask(() => host.request('update', undefined, patient)),
    remove: () => void ask(() => host.request('remove', undefined, patient)),
    retry: () => void ask(() => host.request('retry', undefined)),
    openAgent: (name) => void ask(() => host.request('openAgent', { name })),
    openLink: (url) => void ask(() => host.request('openLink', { url })),
    openEvidence: (path, line) => void ask(() => host.request('openEvidence', { path, line })),
    copy: (text) =>
      void ask(async () => {
        await writeClipboard(text);
        store.update((state) => ({ ...state, copied: text }));
      }),
  };
}
