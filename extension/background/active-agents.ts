import type * as vscode from 'vscode';
import type { WorkspaceAgents } from '../install/workspace-agents.ts';
import { Disposable } from '../platform/dispose.ts';
import type { RecordUsage } from '../platform/telemetry.ts';

const KEY = 'activeReported';

/** Reports, at most once a day for each agent, that it is installed in an opened workspace: what "active installs" counts. */
export class ActiveAgents extends Disposable {
  constructor(
    private readonly agents: WorkspaceAgents,
    private readonly memory: vscode.Memento,
    private readonly usage: RecordUsage,
    private readonly now: () => Date = () => new Date(),
  ) {
    super();
    this.keep(agents.onDidLoad(() => void this.report()));
  }

  private async report(): Promise<void> {
    const day = this.now().toISOString().slice(0, 10);
    const reported = this.memory.get<{ day: string; agents: string[] }>(KEY);
    const known = new Set(reported?.day === day ? reported.agents : []);
    const fresh = this.agents.known.flatMap((folder) => folder.rows).filter((row) => !known.has(row.agent.agent));
    if (fresh.length === 0) return;
    for (const { agent } of fresh) {
      known.add(agent.agent);
      this.usage({ name: 'Agent Active', properties: { agent: agent.agent, version: agent.version, hosts: [...agent.hosts] } });
    }
    await this.memory.update(KEY, { day, agents: [...known] });
  }
}
