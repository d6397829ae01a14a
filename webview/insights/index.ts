import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '../lib/usage-chart.ts';
import type { InsightsProtocol } from '../../contract/webview/insights.ts';
import { pageContext } from '../lib/context.ts';
import { connectToEditor } from '../lib/host.ts';
import { appContainer, mount } from '../lib/mount.ts';
import { createStore } from '../lib/store.ts';
import { createInsightsActions } from './actions.ts';
import { FIRST_STATE } from './state.ts';
import { insightsView } from './view.ts';

const { messenger } = connectToEditor<InsightsProtocol>();
const context = pageContext('ide');
const draw = mount(appContainer());
const store = createStore(FIRST_STATE, (state) => draw(insightsView(state, context, actions)));
const actions = createInsightsActions(store, messenger);

messenger.on('snapshot', (snapshot) => store.update((state) => ({ ...state, snapshot })));
draw(insightsView(store.get(), context, actions));
messenger.request('ready', undefined).then(
  (snapshot) => store.update((state) => ({ ...state, snapshot })),
  (error: unknown) => store.update((state) => ({ ...state, failure: error instanceof Error ? error.message : String(error) })),
);
