import type { DetailProtocol, DetailSnapshot, DetailTab } from '../../contract/webview/detail.ts';
import type { PageMessenger } from '../../contract/webview/messenger.ts';
import type { Site } from '../../contract/webview/pages.ts';
import type { ViewContext } from '../lib/context.ts';
import { mount } from '../lib/mount.ts';
import { createStore } from '../lib/store.ts';
import { createDetailActions } from './actions.ts';
import { type DetailState, initialState, isDetailTab } from './state.ts';
import { detailView } from './view.ts';

export interface DetailStart {
  readonly container: HTMLElement;
  readonly context: ViewContext;
  readonly host: PageMessenger<DetailProtocol>;
  /** What is shown until the host's first answer. */
  readonly snapshot: DetailSnapshot;
  readonly site: Site;
  readonly firstTab: unknown;
  readonly rememberTab: (tab: DetailTab) => void;
}

/** Draws the screen, subscribes to snapshots and says `ready`. The same for both surfaces. */
export function startDetail({ container, context, host, snapshot, site, firstTab, rememberTab }: DetailStart): void {
  const draw = mount(container);
  const show = (state: DetailState) => {
    // the chart is the heaviest part of the screen and most visits never open it
    if (state.tab === 'statistics') void import('../lib/usage-chart.ts');
    draw(detailView(state, context, actions));
  };
  const store = createStore(initialState(snapshot, isDetailTab(firstTab) ? firstTab : 'readme', site), show);
  const actions = createDetailActions({
    store,
    host,
    rememberTab,
    writeClipboard: (text) => navigator.clipboard.writeText(text),
  });
  host.on('snapshot', (next) => store.update((state) => ({ ...state, snapshot: next })));
  show(store.get());
  host.request('ready', undefined).then(
    (next) => store.update((state) => ({ ...state, snapshot: next })),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      store.update((state) => ({
        ...state,
        snapshot: { ...state.snapshot, agent: { kind: 'error', code: 'internal', message } },
      }));
    },
  );
}
