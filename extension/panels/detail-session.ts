import type { AgentDetail } from '../../contract/agents.ts';
import type { DetailSnapshot, InstallState, Loadable } from '../../contract/webview/detail.ts';
import type { Answer } from '../api/catalogue-core.ts';
import { fetchPicture } from '../api/picture-core.ts';
import type { Service } from '../api/service.ts';
import type { InstallActivity } from '../install/install-activity.ts';
import type { WorkspaceAgents } from '../install/workspace-agents.ts';
import { workspaceObstacle } from '../install/workspace-guard.ts';
import { Disposable } from '../platform/dispose.ts';
import { codeOfError } from '../platform/errors-core.ts';
import type { Log } from '../platform/log.ts';

export interface DetailSessionOptions {
  readonly agent: string;
  readonly service: Service;
  readonly agents: WorkspaceAgents;
  readonly activity: InstallActivity;
  readonly log: Log;
  readonly onSnapshot: (snapshot: DetailSnapshot) => void;
}

const LOADING = { kind: 'loading' } as const;
const STATISTICS_DAYS = 30;

/** Everything one detail panel shows. Lives as long as the panel, so that a page that was hidden and rebuilt gets all of it at once. */
export class DetailSession extends Disposable {
  private state: DetailSnapshot;
  private controller = new AbortController();

  constructor(private readonly options: DetailSessionOptions) {
    super();
    const { service, agents, activity } = options;
    this.state = this.blank();
    this.keep(agents.onDidChange(() => void this.updateInstall()));
    this.keep(activity.onDidChange((agent) => agent === options.agent && void this.updateInstall()));
    this.keep(service.onDidChangeAddress(() => void this.load()));
    // The service came back: what was missing or old is asked for again.
    this.keep(service.connection.onChange((state) => state === 'online' && this.isIncomplete && void this.load()));
  }

  get snapshot(): DetailSnapshot {
    return this.state;
  }

  get detail(): AgentDetail | undefined {
    return this.state.agent.kind === 'ready' ? this.state.agent.value : undefined;
  }

  override dispose(): void {
    this.controller.abort();
    super.dispose();
  }

  /** Loads or reloads everything. Each part arrives by itself; a part that fails says so in its place. */
  async load(): Promise<void> {
    this.controller.abort();
    this.controller = new AbortController();
    const { signal } = this.controller;
    const { catalogue } = this.options.service;
    this.patch({ ...this.blank(), install: this.state.install });
    void this.updateInstall();
    const name = this.options.agent;
    const agent = await this.part('agent', () => catalogue.agent(name, signal), signal);
    if (agent === undefined) return;
    this.patch({ isOffline: agent.isOffline });
    void this.updateInstall();
    await Promise.all([
      this.part('readme', () => catalogue.readme(name, agent.value.latestVersion, signal), signal),
      this.part('versions', () => catalogue.versions(name, signal), signal),
      this.part('statistics', async () => ({ value: await catalogue.statistics(name, STATISTICS_DAYS, signal) }), signal),
      this.loadIcon(agent.value, signal),
    ]);
  }

  /** Numbers only: asked for again when something was installed. */
  async refreshStatistics(): Promise<void> {
    if (this.state.statistics.kind !== 'ready') return;
    const { signal } = this.controller;
    const value = await this.options.service.catalogue
      .statistics(this.options.agent, STATISTICS_DAYS, signal)
      .catch(() => undefined);
    if (value !== undefined && !signal.aborted) this.patch({ statistics: { kind: 'ready', value } });
  }

  private get isIncomplete(): boolean {
    const { agent, readme, versions, statistics, isOffline } = this.state;
    return isOffline || [agent, readme, versions, statistics].some((part) => part.kind === 'error');
  }

  private blank(): DetailSnapshot {
    return {
      agent: LOADING,
      readme: LOADING,
      versions: LOADING,
      statistics: LOADING,
      install: installObstacle() ?? { kind: 'not_installed' },
      isOffline: false,
      serviceUrl: this.options.service.url,
    };
  }

  private async part<Key extends 'agent' | 'readme' | 'versions' | 'statistics'>(
    key: Key,
    ask: () => Promise<Pick<Answer<PartValue<Key>>, 'value'> & { readonly isOffline?: boolean }>,
    signal: AbortSignal,
  ): Promise<{ value: PartValue<Key>; isOffline: boolean } | undefined> {
    try {
      const answer = await ask();
      if (signal.aborted) return undefined;
      this.patch({ [key]: { kind: 'ready', value: answer.value } });
      return { value: answer.value, isOffline: answer.isOffline ?? false };
    } catch (error) {
      if (signal.aborted) return undefined;
      const { code, message } = codeOfError(error);
      const failed = { kind: 'error', code, message } as const;
      // Without the agent nothing else can be known.
      this.patch(key === 'agent' ? { agent: failed, readme: failed, versions: failed, statistics: failed } : { [key]: failed });
      return undefined;
    }
  }

  private async loadIcon(detail: AgentDetail, signal: AbortSignal): Promise<void> {
    if (detail.iconPath === undefined) return;
    const iconUri = await fetchPicture(this.options.service.url, detail.iconPath, { fetch, signal });
    if (iconUri !== undefined && !signal.aborted) this.patch({ iconUri });
  }

  private async updateInstall(): Promise<void> {
    const install = await this.installState();
    if (!this.isDisposed) this.patch({ install });
  }

  private async installState(): Promise<InstallState> {
    const { agent, agents, activity } = this.options;
    const step = activity.stepOf(agent);
    if (step !== undefined) return { kind: 'working', step };
    const obstacle = installObstacle();
    if (obstacle !== undefined) return obstacle;
    const rows = (await agents.load()).flatMap((folder) => folder.rows).filter((row) => row.agent.agent === agent);
    const row = rows[0];
    if (row === undefined) return { kind: 'not_installed' };
    const { version } = row.agent;
    const hosts = [...new Set(rows.flatMap((each) => each.agent.hosts))];
    const latest = this.detail?.latestVersion ?? row.latest;
    if (latest !== undefined && isNewer(latest, version)) return { kind: 'update', version, latest, hosts };
    return { kind: 'installed', version, hosts, edited: rows.reduce((sum, each) => sum + each.drifted.length, 0) };
  }

  private patch(change: Partial<DetailSnapshot>): void {
    this.state = { ...this.state, ...change };
    this.options.onSnapshot(this.state);
  }
}

type PartValue<Key extends keyof DetailSnapshot> = DetailSnapshot[Key] extends Loadable<infer T> ? T : never;

function installObstacle(): InstallState | undefined {
  const obstacle = workspaceObstacle();
  return obstacle === undefined ? undefined : { kind: obstacle };
}

/** Compares major.minor.patch; a pre-release comes before its release. Enough to offer an update: the engine decides by full semver. */
function isNewer(latest: string, version: string): boolean {
  const [a, b] = [parts(latest), parts(version)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (a.numbers[index] ?? 0) - (b.numbers[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return b.isPrerelease && !a.isPrerelease;
}

function parts(version: string): { numbers: number[]; isPrerelease: boolean } {
  const [core = '', ...rest] = (version.split('+')[0] ?? '').split('-');
  return { numbers: core.split('.').map(Number), isPrerelease: rest.length > 0 };
}
