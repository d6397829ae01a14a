import * as vscode from 'vscode';
import type { WorkspaceAgents } from '../install/workspace-agents.ts';
import { Disposable } from '../platform/dispose.ts';
import { COMMANDS } from '../platform/ids.ts';
import { plural, t } from '../platform/text-core.ts';

/** One status-bar item, there only while there is something to do: an interrupted install, or updates. */
export class StatusBar extends Disposable {
  private item: vscode.StatusBarItem | undefined;
  private isInterrupted = false;

  constructor(private readonly agents: WorkspaceAgents) {
    super();
    this.keep(agents.onDidLoad(() => this.draw()));
    this.keep({ dispose: () => this.item?.dispose() });
  }

  setInterrupted(isInterrupted: boolean): void {
    this.isInterrupted = isInterrupted;
    this.draw();
  }

  private draw(): void {
    const updates = this.agents.known.flatMap((folder) => folder.rows).filter((row) => row.latest !== undefined).length;
    if (this.isInterrupted) {
      this.show(
        '$(warning)',
        t('Finish install'),
        t('An install was interrupted. Select to finish or undo it.'),
        COMMANDS.recoverInstall,
      );
    } else if (updates > 0) {
      const text = plural(updates, '1 agent can be updated', '{0} agents can be updated');
      this.show('$(arrow-circle-up)', String(updates), text, 'coditect.installed.focus');
    } else this.item?.hide();
  }

  private show(icon: string, text: string, tooltip: string, command: string): void {
    this.item ??= vscode.window.createStatusBarItem('coditect.status', vscode.StatusBarAlignment.Left, 0);
    this.item.name = t('CODITECT Agents');
    this.item.text = `${icon} ${text}`;
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label: tooltip };
    this.item.command = command;
    this.item.show();
  }
}
