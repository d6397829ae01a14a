import * as vscode from 'vscode';
import { commandLink } from '../../platform/commands.ts';
import { ITEM_KINDS } from '../../platform/ids.ts';
import { t } from '../../platform/text-core.ts';
import type { TreeNode } from '../node.ts';
import { ActionNode } from './action-node.ts';

/** The service does not answer: which address, retry, settings. With a kept catalogue it also says from when that is. */
export class UnreachableNode implements TreeNode {
  constructor(
    private readonly serviceUrl: string,
    private readonly savedAt: string | undefined,
  ) {}

  toTreeItem(): vscode.TreeItem {
    const { host } = new URL(this.serviceUrl);
    const isOffline = this.savedAt !== undefined;
    const label = isOffline ? t('Offline: no answer from {0}', host) : t('No answer from {0}', host);
    const item = new vscode.TreeItem(
      label,
      isOffline ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded,
    );
    item.id = isOffline ? 'offline' : 'unreachable';
    item.iconPath = new vscode.ThemeIcon('debug-disconnect', new vscode.ThemeColor('list.warningForeground'));
    item.contextValue = ITEM_KINDS.unreachable;
    item.tooltip = isOffline
      ? t(
          '{0} does not answer. This is the catalogue of {1}. It is asked again by itself.',
          this.serviceUrl,
          localTime(this.savedAt),
        )
      : t('{0} does not answer. It is asked again by itself.', this.serviceUrl);
    return item;
  }

  children(): TreeNode[] {
    const again = t('Try again');
    const settings = t('Change the address');
    return [
      new ActionNode(again, 'refresh', commandLink('refreshMarketplace', again)),
      new ActionNode(settings, 'gear', commandLink('openSettings', settings)),
    ];
  }
}

function localTime(iso: string): string {
  return new Date(iso).toLocaleString();
}
