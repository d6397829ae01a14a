import * as vscode from 'vscode';
import type { TreeNode } from '../node.ts';

/** Nothing to list, in words. */
export class EmptyNode implements TreeNode {
  constructor(
    private readonly label: string,
    private readonly icon = 'info',
  ) {}

  toTreeItem(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.label, vscode.TreeItemCollapsibleState.None);
    item.iconPath = new vscode.ThemeIcon(this.icon);
    return item;
  }
}
