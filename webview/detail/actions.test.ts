import { describe, expect, it } from 'vitest';
import type { DetailProtocol } from '../../contract/webview/detail.ts';
import { DETAIL } from '../gallery/fixtures.ts';
import { connectInPage } from '../lib/host.ts';
import { createStore } from '../lib/store.ts';
import { createDetailActions } from './actions.ts';
import { type DetailState, initialState } from './state.ts';

const nothing = async () => undefined;

function started(fail = false) {
  const tabs: string[] = [];
  const drawn: DetailState[] = [];
  let isDrawn: () => void = () => {};
  const store = createStore(initialState(DETAIL), (state) => {
    drawn.push(state);
    isDrawn();
  });
  const host = connectInPage<DetailProtocol>(
    () =>
      ({
        ready: async () => DETAIL,
        install: async () => {
          if (fail) throw new Error('The disk is full. Nothing was changed.');
        },
        update: nothing,
        remove: nothing,
        retry: nothing,
        openAgent: nothing,
        openLink: nothing,
        openEvidence: nothing,
      }) as never,
    (error) => ({ code: 'internal', message: (error as Error).message }),
  );
  const actions = createDetailActions({ store, host, rememberTab: (tab) => tabs.push(tab), writeClipboard: nothing });
  const until = async (ready: (state: DetailState) => boolean) => {
    while (!ready(store.get())) await new Promise<void>((resolve) => (isDrawn = resolve));
  };
  return { actions, store, tabs, until };
}

describe('detail actions', () => {
  it('remember the tab', () => {
    const { actions, store, tabs } = started();
    actions.selectTab('versions');
    expect(store.get().tab).toBe('versions');
    expect(tabs).toEqual(['versions']);
  });
  it('show what the host said when it failed, until the next attempt', async () => {
    const { actions, store, until } = started(true);
    actions.install();
    await until((state) => state.failure !== undefined);
    expect(store.get().failure).toBe('The disk is full. Nothing was changed.');
    actions.retry();
    expect(store.get().failure).toBeUndefined();
  });
  it('say what was copied', async () => {
    const { actions, until, store } = started();
    actions.copy('npx coditect-agents add @a/b');
    await until((state) => state.copied !== undefined);
    expect(store.get().copied).toBe('npx coditect-agents add @a/b');
  });
});
