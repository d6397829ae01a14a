import * as vscode from 'vscode';
import type { AgentSummary } from '../../../contract/agents.ts';
import { commandLink } from '../../platform/commands.ts';
import { type AgentRef, ITEM_KINDS } from '../../platform/ids.ts';
import { t } from '../../platform/text-core.ts';
import { categoryIcon, type InstalledFact, rowDescription, tooltipMarkdown } from '../agent-text-core.ts';
import type { TreeNode } from '../node.ts';

/** An agent of the catalogue. */
export class AgentNode implements TreeNode, AgentRef {
  readonly agent: string;
  readonly displayName: string;

  constructor(
    private readonly summary: AgentSummary,
    private readonly group: string,
    private readonly installed: InstalledFact | undefined,
  ) {
    this.agent = summary.name;
    this.displayName = summary.displayName;
  }

  toTreeItem(): vscode.TreeItem {
    const { summary } = this;
    const item = new vscode.TreeItem(summary.displayName, vscode.TreeItemCollapsibleState.None);
    const description = rowDescription(summary, this.installed);
    // The same agent may stand in several groups; ids must not repeat.
    item.id = `${this.group}/${summary.name}`;
    item.description = description;
    item.iconPath = new vscode.ThemeIcon(categoryIcon(summary.categories[0]));
    item.contextValue = this.installed === undefined ? ITEM_KINDS.agent : ITEM_KINDS.agentInstalled;
    item.command = commandLink('openAgent', t('Open'), { agent: summary.name, displayName: summary.displayName });
    item.accessibilityInformation = { label: `${summary.displayName}, ${description}, ${summary.summary}` };
    return item;
  }

  tooltip(): vscode.MarkdownString {
    return new vscode.MarkdownString(tooltipMarkdown(this.summary), true);
  }
}
