import * as vscode from 'vscode';
import type { TreeNode } from '../node.ts';

/** A heading with rows below it. Its children may be loaded when it is opened. */
export class GroupNode implements TreeNode {
  constructor(
    private readonly options: {
      readonly id: string;
      readonly label: string;
      readonly icon?: string;
      readonly description?: string;
      readonly tooltip?: string;
      readonly isOpen?: boolean;
      readonly children: () => Promise<readonly TreeNode[]> | readonly TreeNode[];
    },
  ) {}

  toTreeItem(): vscode.TreeItem {
    const { id, label, icon, description, tooltip, isOpen } = this.options;
    const state = isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
    const item = new vscode.TreeItem(label, state);
    item.id = id;
    if (icon !== undefined) item.iconPath = new vscode.ThemeIcon(icon);
    if (description !== undefined) item.description = description;
    if (tooltip !== undefined) item.tooltip = tooltip;
    return item;
  }

  children(): Promise<readonly TreeNode[]> | readonly TreeNode[] {
    return this.options.children();
  }
}
