import type { AgentDetail } from '../../contract/agents.ts';
import { ApiError, type Client } from '../../contract/client.ts';
import { joinAgentName, splitAgentName } from '../../contract/names.ts';
import { ROUTES } from '../../contract/routes.ts';
import type { DetailProtocol, DetailSnapshot, Loadable } from '../../contract/webview/detail.ts';
import type { Handlers } from '../../contract/webview/messenger.ts';
import { agentHref } from '../lib/parts/agent-link.ts';
import { installLink } from './components/primary-action.ts';
import { EMPTY_SNAPSHOT } from './state.ts';

export interface WebHandlerDeps {
  readonly client: Client;
  readonly agent: string;
  /** What the service embedded; parts that are still loading are fetched. */
  readonly embedded?: DetailSnapshot | undefined;
  readonly send: (snapshot: DetailSnapshot) => void;
  readonly go: (href: string) => void;
  readonly openTab: (url: string) => void;
}

/** The detail protocol on the web: the same requests, answered by calls to the service and by links. */
export function createWebHandlers(deps: WebHandlerDeps): Handlers<DetailProtocol> {
  const { client, go } = deps;
  const { scope, slug } = splitAgentName(deps.agent);
  const params = { scope, slug };
  let snapshot: DetailSnapshot = {
    ...(deps.embedded ?? EMPTY_SNAPSHOT),
    install: { kind: 'web' },
    serviceUrl: client.baseUrl,
  };

  function publish(change: Partial<DetailSnapshot>): void {
    snapshot = { ...snapshot, ...change };
    deps.send(snapshot);
  }

  async function fillIn(signal: AbortSignal): Promise<void> {
    if (snapshot.agent.kind === 'loading') {
      publish({ agent: await load(() => client.call(ROUTES.getAgent, { params, signal })) });
    }
    if (snapshot.agent.kind !== 'ready') return;
    const { latestVersion: version }: AgentDetail = snapshot.agent.value;
    await Promise.all([
      part('readme', () => client.call(ROUTES.getReadme, { params: { ...params, version }, signal })),
      part('versions', async () => (await client.call(ROUTES.listVersions, { params, query: { limit: 100 }, signal })).items),
      part('statistics', () => client.call(ROUTES.getStatistics, { params, query: { days: 30 }, signal })),
    ]);
  }

  /** Fetches what is not there yet; a failed part says so in its own place and leaves the others alone. */
  async function part<Key extends 'readme' | 'versions' | 'statistics'>(key: Key, call: () => Promise<unknown>): Promise<void> {
    if (snapshot[key].kind !== 'loading') return;
    publish({ [key]: await load(call) } as Partial<DetailSnapshot>);
  }

  return {
    async ready(_, signal) {
      void fillIn(signal);
      return snapshot;
    },
    async retry(_, signal) {
      const again = <T>(loaded: Loadable<T>): Loadable<T> => (loaded.kind === 'error' ? { kind: 'loading' } : loaded);
      const { agent, readme, versions, statistics } = snapshot;
      publish({ agent: again(agent), readme: again(readme), versions: again(versions), statistics: again(statistics) });
      await fillIn(signal);
      return undefined;
    },
    install: async () => go(installLink(joinAgentName(scope, slug))) as undefined,
    update: async () => go(installLink(joinAgentName(scope, slug))) as undefined,
    remove: async () => undefined,
    openAgent: async (given) => go(agentHref((given as { name: string }).name)) as undefined,
    openLink: async (given) => deps.openTab((given as { url: string }).url) as undefined,
    openEvidence: async () => undefined,
  };
}

async function load<T>(call: () => Promise<T>): Promise<Loadable<T>> {
  try {
    return { kind: 'ready', value: await call() };
  } catch (error) {
    return { kind: 'error', ...problemOf(error) };
  }
}

/** Code and words of a failure, for the transport and for the parts of the page. */
export function problemOf(error: unknown): { code: string; message: string } {
  if (error instanceof ApiError) return { code: error.code, message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}
