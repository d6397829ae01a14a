import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import type { DetailProtocol } from '../../contract/webview/detail.ts';
import { pageContext } from '../lib/context.ts';
import { connectToEditor } from '../lib/host.ts';
import { appContainer } from '../lib/mount.ts';
import { startDetail } from './start.ts';
import { EMPTY_SNAPSHOT } from './state.ts';

// The panel in an editor. A hidden panel is destroyed and built anew: its snapshot comes back through `ready`, its tab from here.
const { messenger, memory } = connectToEditor<DetailProtocol>();
startDetail({
  container: appContainer(),
  context: pageContext('ide'),
  host: messenger,
  snapshot: EMPTY_SNAPSHOT,
  site: {},
  firstTab: memory.get('tab'),
  rememberTab: (tab) => memory.set('tab', tab),
});
