import type { Statistics } from '../../contract/agents.ts';
import type { InsightsAgent, InsightsSnapshot } from '../../contract/webview/insights.ts';
import type { Account } from '../account/account.ts';
import type { Service } from '../api/service.ts';
import type { DisplayNames } from '../install/display-names.ts';
import type { WorkspaceAgents } from '../install/workspace-agents.ts';
import { Disposable } from '../platform/dispose.ts';
import { codeOfError } from '../platform/errors-core.ts';
import type { PublishingTree } from '../tree/publishing-tree.ts';
import type { InsightsDays } from './insights-handlers-core.ts';

export interface InsightsSessionOptions {
  readonly service: Service;
  readonly account: Account;
  readonly agents: WorkspaceAgents;
  readonly publishing: PublishingTree;
  readonly names: DisplayNames;
  readonly isTelemetryOn: () => boolean;
  readonly onSnapshot: (snapshot: InsightsSnapshot) => void;
}

/** Gentle while nothing happens; a new install must show within five seconds. */
const POLL_MS = 4_000;
/** After an install or a removal its event is counted a moment later: ask often until then. */
const HURRY_MS = 500;
const HURRY_FOR_MS = 8_000;

/** Everything the Insights view shows: my agents, the chosen one, its numbers. Asks only while the view is on screen. */
export class InsightsSession extends Disposable {
  private agents: readonly InsightsAgent[] = [];
  private selected: string | undefined;
  private days: InsightsDays = 30;
  private statistics: InsightsSnapshot['statistics'] = { kind: 'loading' };
  private controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private hurryUntil = 0;
  private isVisible = false;
  private lastSent = '';

  constructor(private readonly options: InsightsSessionOptions) {
    super();
    const { agents, account, service } = options;
    this.keep(
      agents.onDidChange(() => {
        this.hurryUntil = Date.now() + HURRY_FOR_MS;
        if (this.isVisible) void this.load();
      }),
    );
    this.keep(account.onDidChangeSessions(() => this.isVisible && void this.load()));
    this.keep(service.onDidChangeAddress(() => this.isVisible && void this.load()));
    this.keep(service.connection.onChange((state) => state === 'online' && this.isVisible && void this.load()));
  }

  override dispose(): void {
    this.setVisible(false);
    super.dispose();
  }

  async snapshot(): Promise<InsightsSnapshot> {
    return {
      agents: this.agents,
      ...(this.selected === undefined ? {} : { selected: this.selected }),
      days: this.days,
      statistics: this.statistics,
      isSignedIn: (await this.options.account.current()) !== undefined,
      isTelemetryOn: this.options.isTelemetryOn(),
      serviceUrl: this.options.service.url,
    };
  }

  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible;
    clearTimeout(this.timer);
    this.timer = undefined;
    if (isVisible) void this.load();
    else this.controller.abort();
  }

  async select(choice: { readonly agent?: string | undefined; readonly days?: InsightsDays | undefined }): Promise<void> {
    if (choice.agent !== undefined) this.selected = choice.agent;
    if (choice.days !== undefined) this.days = choice.days;
    this.statistics = { kind: 'loading' };
    await this.loadStatistics();
  }

  /** The list of agents, then the numbers of the chosen one. */
  async load(): Promise<void> {
    this.agents = await this.listAgents();
    if (!this.agents.some((agent) => agent.name === this.selected)) {
      this.selected = this.agents[0]?.name;
      this.statistics = { kind: 'loading' };
    }
    await this.loadStatistics();
  }

  private async listAgents(): Promise<readonly InsightsAgent[]> {
    const { agents, publishing, names } = this.options;
    // A service that cannot be asked leaves the installed ones; the numbers then say what is wrong.
    const published = await publishing.mine().catch(() => []);
    const mine = published.map(({ name, displayName }): InsightsAgent => ({ name, displayName, relation: 'published' }));
    const installed = (await agents.load())
      .flatMap((folder) => folder.rows)
      .map(({ agent }): InsightsAgent => ({ name: agent.agent, displayName: names.of(agent.agent), relation: 'installed' }));
    return [...new Map([...installed, ...mine].map((agent) => [agent.name, agent])).values()].sort(
      (a, b) =>
        Number(b.relation === 'published') - Number(a.relation === 'published') || a.displayName.localeCompare(b.displayName),
    );
  }

  private async loadStatistics(): Promise<void> {
    clearTimeout(this.timer);
    this.controller.abort();
    this.controller = new AbortController();
    const { signal } = this.controller;
    const { selected, days } = this;
    if (selected !== undefined) {
      const statistics = await this.ask(selected, days, signal);
      if (signal.aborted) return;
      this.statistics = statistics;
    }
    await this.send();
    if (!this.isVisible || this.isDisposed) return;
    const waitMs = Date.now() < this.hurryUntil ? HURRY_MS : POLL_MS;
    this.timer = setTimeout(() => void this.loadStatistics(), waitMs);
  }

  private async ask(agent: string, days: number, signal: AbortSignal): Promise<InsightsSnapshot['statistics']> {
    try {
      const value: Statistics = await this.options.service.catalogue.statistics(agent, days, signal);
      return { kind: 'ready', value };
    } catch (error) {
      const { code, message } = codeOfError(error);
      return { kind: 'error', code, message };
    }
  }

  /** Sent only when something changed, so that the chart is not drawn anew every few seconds. */
  private async send(): Promise<void> {
    const snapshot = await this.snapshot();
    const text = JSON.stringify(snapshot);
    if (text === this.lastSent || this.isDisposed) return;
    this.lastSent = text;
    this.options.onSnapshot(snapshot);
  }
}
