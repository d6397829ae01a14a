import * as vscode from 'vscode';
import type { Finding } from '../../../contract/findings.ts';
import { commandLink } from '../../platform/commands.ts';
import { ITEM_KINDS } from '../../platform/ids.ts';
import { t } from '../../platform/text-core.ts';
import type { TreeNode } from '../node.ts';

const LOOKS: Record<Finding['level'], { readonly icon: string; readonly color: string }> = {
  refused: { icon: 'error', color: 'charts.red' },
  review: { icon: 'warning', color: 'charts.yellow' },
  notice: { icon: 'info', color: 'charts.blue' },
};

/** A finding of the package checks; opens the file at its line. */
export class FindingNode implements TreeNode {
  constructor(
    readonly finding: Finding,
    readonly of: { readonly agent: string; readonly version: string },
    private readonly index: number,
  ) {}

  toTreeItem(): vscode.TreeItem {
    const { finding } = this;
    const item = new vscode.TreeItem(finding.message, vscode.TreeItemCollapsibleState.None);
    const { icon, color } = LOOKS[finding.level];
    const place =
      finding.path === undefined ? undefined : `${finding.path}${finding.line === undefined ? '' : `:${finding.line}`}`;
    item.id = `${this.of.agent}@${this.of.version}#${this.index}`;
    if (place !== undefined) {
      item.description = place;
      item.command = commandLink('openFinding', t('Open the file'), this);
    }
    item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
    item.contextValue = ITEM_KINDS.finding;
    item.tooltip = [finding.message, ...(finding.fix === undefined ? [] : [finding.fix]), `${finding.code} ${place ?? ''}`].join(
      '\n',
    );
    return item;
  }
}
