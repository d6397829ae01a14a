import type { InsightsProtocol } from '../../contract/webview/insights.ts';
import type { PageMessenger } from '../../contract/webview/messenger.ts';
import type { Store } from '../lib/store.ts';
import type { InsightsState, Range } from './state.ts';

export interface InsightsActions {
  selectAgent(name: string): void;
  selectRange(days: Range): void;
  refresh(): void;
  openAgent(name: string): void;
  runCommand(command: 'browse' | 'signIn' | 'openSettings'): void;
  toggleTable(): void;
}

export function createInsightsActions(store: Store<InsightsState>, host: PageMessenger<InsightsProtocol>): InsightsActions {
  async function ask(run: () => Promise<unknown>): Promise<void> {
    store.update((state) => ({ ...state, isRefreshing: true, failure: undefined }));
    let failure: string | undefined;
    try {
      await run();
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
    }
    store.update((state) => ({ ...state, isRefreshing: false, failure }));
  }

  return {
    selectAgent: (agent) => void ask(() => host.request('select', { agent })),
    selectRange: (days) => void ask(() => host.request('select', { days })),
    refresh: () => void ask(() => host.request('refresh', undefined)),
    openAgent: (name) => void ask(() => host.request('openAgent', { name })),
    runCommand: (command) => void ask(() => host.request('runCommand', { command })),
    toggleTable: () => store.update((state) => ({ ...state, isTableShown: !state.isTableShown })),
  };
}
