import * as vscode from 'vscode';
import type { TreeNode } from '../node.ts';

/** A row that is a button. */
export class ActionNode implements TreeNode {
  constructor(
    private readonly label: string,
    private readonly icon: string,
    private readonly command: vscode.Command,
    private readonly description?: string,
  ) {}

  toTreeItem(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.label, vscode.TreeItemCollapsibleState.None);
    item.iconPath = new vscode.ThemeIcon(this.icon);
    item.command = this.command;
    if (this.description !== undefined) item.description = this.description;
    return item;
  }
}
