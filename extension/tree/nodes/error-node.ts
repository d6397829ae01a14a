import * as vscode from 'vscode';
import { actionOf } from '../../platform/actions.ts';
import { commandLink } from '../../platform/commands.ts';
import type { Explanation } from '../../platform/errors-core.ts';
import { t } from '../../platform/text-core.ts';
import type { TreeNode } from '../node.ts';
import { ActionNode } from './action-node.ts';

/** A branch that could not be loaded: what happened, and below it what to do. */
export class ErrorNode implements TreeNode {
  constructor(
    private readonly explanation: Explanation,
    private readonly retry: () => void,
  ) {}

  toTreeItem(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.explanation.message, vscode.TreeItemCollapsibleState.Expanded);
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    item.tooltip = this.explanation.message;
    item.accessibilityInformation = { label: t('Error: {0}', this.explanation.message) };
    return item;
  }

  children(): TreeNode[] {
    const again = t('Try again');
    const rows = [new ActionNode(again, 'refresh', commandLink('runRow', again, this))];
    const { action } = this.explanation;
    if (action !== undefined) {
      const { title, icon, command } = actionOf(action);
      rows.push(new ActionNode(title, icon, command));
    }
    return rows;
  }

  /** Run by the command that "goes on" with a row. */
  proceed(): void {
    this.retry();
  }
}
