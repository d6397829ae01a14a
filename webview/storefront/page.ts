import { createClient } from '../../contract/client.ts';
import { pageContext } from '../lib/context.ts';
import { appContainer, embeddedPage, mount } from '../lib/mount.ts';
import { createStore } from '../lib/store.ts';
import { createPageUsage } from '../lib/usage.ts';
import { onSlash } from '../lib/web-keys.ts';
import { createStorefrontActions } from './actions.ts';
import { initialState } from './state.ts';
import { storefrontView } from './view.ts';

/** A search counts once the person has stopped typing for this long. */
const SETTLED_MS = 2_000;

const page = embeddedPage();
if (page?.kind === 'storefront') {
  const context = pageContext('web');
  const draw = mount(appContainer());
  const report = createPageUsage(location.origin);
  let settled = 0;
  const store = createStore(initialState(page), (state) => draw(storefrontView(state, context, actions)));
  const actions = createStorefrontActions({
    store,
    client: createClient({ baseUrl: location.origin }),
    address: { push: (href) => history.pushState(null, '', href), replace: (href) => history.replaceState(null, '', href) },
    schedule(run, delayMs) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    onSearched(query, results) {
      clearTimeout(settled);
      if (query !== '')
        settled = window.setTimeout(() => report({ name: 'Search Performed', properties: { query, results } }), SETTLED_MS);
    },
  });
  draw(storefrontView(store.get(), context, actions));

  document.addEventListener('click', (event) => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const link = (event.target as Element | null)?.closest<HTMLAnchorElement>('a[data-search]');
    if (!isPlain || event.defaultPrevented || link === null || link === undefined) return;
    event.preventDefault();
    actions.follow(link.pathname + link.search);
    window.scrollTo({ top: 0 });
  });
  window.addEventListener('popstate', () => actions.follow(location.pathname + location.search, true));
  onSlash();
}
