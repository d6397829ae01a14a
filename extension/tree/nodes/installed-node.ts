import * as vscode from 'vscode';
import { type HostId, hostName } from '../../../contract/hosts.ts';
import type { InstalledRow } from '../../install/workspace-agents.ts';
import { commandLink } from '../../platform/commands.ts';
import { type AgentRef, ITEM_KINDS } from '../../platform/ids.ts';
import { plural, t } from '../../platform/text-core.ts';
import { escapeMarkdown, listText } from '../agent-text-core.ts';
import type { TreeNode } from '../node.ts';

/** An agent that is installed for one host. */
export class InstalledNode implements TreeNode, AgentRef {
  readonly agent: string;

  constructor(
    private readonly row: InstalledRow,
    readonly displayName: string,
    /** URI text of the workspace folder. */
    readonly folder: string,
    private readonly host: HostId,
  ) {
    this.agent = row.agent.agent;
  }

  /** Edited here counts only for files of this host: another host's files stand under their own heading. */
  private get driftHere(): readonly string[] {
    const here = new Set(this.row.agent.files.filter((file) => file.hosts.includes(this.host)).map((file) => file.path));
    return this.row.drifted.filter((path) => here.has(path));
  }

  toTreeItem(): vscode.TreeItem {
    const { row, driftHere } = this;
    const item = new vscode.TreeItem(this.displayName, vscode.TreeItemCollapsibleState.None);
    item.id = `${this.folder}/${this.host}/${this.agent}`;
    const facts = [
      row.agent.version,
      ...(row.latest === undefined ? [] : [t('update {0}', row.latest)]),
      ...(driftHere.length === 0 ? [] : [t('edited')]),
    ];
    item.description = facts.join(' · ');
    item.iconPath = this.icon();
    item.contextValue = this.kind();
    item.command = commandLink('openAgent', t('Open'), { agent: this.agent, displayName: this.displayName });
    item.accessibilityInformation = { label: `${this.displayName}, ${hostName(this.host)}, ${facts.join(', ')}` };
    return item;
  }

  tooltip(): vscode.MarkdownString {
    const { agent, latest } = this.row;
    const files = agent.files.filter((file) => file.hosts.includes(this.host));
    const lines = [
      `**${escapeMarkdown(this.displayName)}** ${escapeMarkdown(agent.version)}  \n${escapeMarkdown(agent.agent)}`,
      t('{0} for {1}', plural(files.length, '1 file', '{0} files'), listText(agent.hosts.map(hostName))),
      ...(latest === undefined ? [] : [t('{0} is available.', escapeMarkdown(latest))]),
      ...(this.driftHere.length === 0 ? [] : [t('Changed since the install: {0}', escapeMarkdown(this.driftHere.join(', ')))]),
    ];
    return new vscode.MarkdownString(lines.join('\n\n'));
  }

  private icon(): vscode.ThemeIcon {
    if (this.row.latest !== undefined) return new vscode.ThemeIcon('arrow-circle-up', new vscode.ThemeColor('charts.blue'));
    if (this.driftHere.length > 0)
      return new vscode.ThemeIcon('edit', new vscode.ThemeColor('gitDecoration.modifiedResourceForeground'));
    return new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green'));
  }

  private kind(): string {
    const isEdited = this.driftHere.length > 0;
    if (this.row.latest !== undefined) return isEdited ? ITEM_KINDS.installedEditedUpdate : ITEM_KINDS.installedUpdate;
    return isEdited ? ITEM_KINDS.installedEdited : ITEM_KINDS.installed;
  }
}
