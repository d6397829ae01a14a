import type * as vscode from 'vscode';

/** One row of a tree. `children` present means it can be expanded; `tooltip` is asked for only when the pointer rests on it. */
export interface TreeNode {
  toTreeItem(): vscode.TreeItem;
  children?(): Promise<readonly TreeNode[]> | readonly TreeNode[];
  tooltip?(): vscode.MarkdownString | string | undefined;
}
