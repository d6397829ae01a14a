import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { createClient } from '../../contract/client.ts';
import { isAgentName } from '../../contract/names.ts';
import type { DetailProtocol } from '../../contract/webview/detail.ts';
import { pageContext } from '../lib/context.ts';
import { connectInPage } from '../lib/host.ts';
import { appContainer, embeddedPage } from '../lib/mount.ts';
import { createPageUsage } from '../lib/usage.ts';
import { onSlash } from '../lib/web-keys.ts';
import { startDetail } from './start.ts';
import { EMPTY_SNAPSHOT } from './state.ts';
import { createWebHandlers, problemOf } from './web-handlers.ts';

// The page on the web: `/agents/@scope/slug`. The service rendered it already; this takes over the same container.
const page = embeddedPage();
const embedded = page?.kind === 'agent' ? page.snapshot : undefined;
const agent = decodeURIComponent(location.pathname.replace(/^\/agents\//, '').replace(/\/$/, ''));
if (isAgentName(agent)) {
  const client = createClient({ baseUrl: location.origin });
  startDetail({
    container: appContainer(),
    context: pageContext('web'),
    host: connectInPage<DetailProtocol>(
      (send) =>
        createWebHandlers({
          client,
          agent,
          embedded,
          send: (snapshot) => send('snapshot', snapshot),
          go: (href) => location.assign(href),
          openTab: (url) => void window.open(url, '_blank', 'noopener'),
        }),
      problemOf,
    ),
    snapshot: embedded ?? EMPTY_SNAPSHOT,
    site: page?.site ?? {},
    firstTab: location.hash.slice(1),
    rememberTab: (tab) => history.replaceState(null, '', tab === 'readme' ? location.pathname : `#${tab}`),
  });
  createPageUsage(location.origin)({ name: 'Agent Viewed', properties: { agent, surface: 'web' } });
  onSlash();
}
