import * as vscode from 'vscode';
import { Disposable } from '../platform/dispose.ts';
import { explainError } from '../platform/errors-core.ts';
import type { Log } from '../platform/log.ts';
import type { TreeNode } from './node.ts';
import { ErrorNode } from './nodes/error-node.ts';

/** A tree over nodes. A branch that cannot be loaded shows its error as a row; the rest of the tree stays usable. */
export abstract class NodeTree extends Disposable implements vscode.TreeDataProvider<TreeNode> {
  private readonly changed = this.keep(new vscode.EventEmitter<TreeNode | undefined>());
  readonly onDidChangeTreeData = this.changed.event;
  private view: vscode.TreeView<TreeNode> | undefined;

  constructor(
    private readonly viewId: string,
    protected readonly log: Log,
  ) {
    super();
  }

  protected abstract roots(): Promise<readonly TreeNode[]> | readonly TreeNode[];

  /** Puts the tree on its view. Called once, after construction. */
  open(onVisibility?: (isVisible: boolean) => void): vscode.TreeView<TreeNode> {
    const view = this.keep(
      vscode.window.createTreeView<TreeNode>(this.viewId, { treeDataProvider: this, showCollapseAll: true }),
    );
    this.view = view;
    if (onVisibility !== undefined) {
      this.keep(view.onDidChangeVisibility((event) => onVisibility(event.visible)));
      onVisibility(view.visible);
    }
    return view;
  }

  get isVisible(): boolean {
    return this.view?.visible ?? false;
  }

  refresh(node?: TreeNode): void {
    this.changed.fire(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node.toTreeItem();
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    try {
      return [...(await (node === undefined ? this.roots() : (node.children?.() ?? [])))];
    } catch (error) {
      const explanation = explainError(error);
      if (explanation === undefined) return [];
      if (explanation.isUnexpected) this.log.error(error instanceof Error ? error : String(error));
      return [new ErrorNode(explanation, () => this.refresh(node))];
    }
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    item.tooltip = node.tooltip?.() ?? item.tooltip;
    return item;
  }

  protected setDescription(text: string | undefined): void {
    if (this.view !== undefined) this.view.description = text ?? '';
  }

  protected setBadge(count: number, tooltip: string): void {
    if (this.view !== undefined) this.view.badge = count === 0 ? undefined : { value: count, tooltip };
  }
}
