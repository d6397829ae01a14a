import * as vscode from 'vscode';
import type { ReviewState } from '../../../contract/agents.ts';
import type { Finding } from '../../../contract/findings.ts';
import type { PublishedAgent } from '../../../contract/publishing.ts';
import { commandLink } from '../../platform/commands.ts';
import { type AgentRef, ITEM_KINDS } from '../../platform/ids.ts';
import { plural, t } from '../../platform/text-core.ts';
import type { TreeNode } from '../node.ts';
import { FindingNode } from './finding-node.ts';

type PublishedVersion = PublishedAgent['versions'][number];

const LOOKS: Record<ReviewState, { readonly icon: string; readonly color?: string }> = {
  pending: { icon: 'loading' },
  passed: { icon: 'pass', color: 'charts.green' },
  needs_review: { icon: 'eye', color: 'charts.yellow' },
  blocked: { icon: 'error', color: 'charts.red' },
  yanked: { icon: 'circle-slash' },
};

/** "in review", "refused: 2 findings": a state in the words of the Publishing view. */
function stateText(version: PublishedVersion): string {
  const findings = plural(version.findings.length, '1 finding', '{0} findings');
  switch (version.reviewState) {
    case 'pending':
      return t('being checked');
    case 'passed':
      return version.findings.length === 0 ? t('published') : t('published, {0}', findings);
    case 'needs_review':
      return t('in review: {0}', findings);
    case 'blocked':
      return t('refused: {0}', findings);
    case 'yanked':
      return t('withdrawn');
  }
}

/** An agent of mine: its newest version's state, and every version below. */
export class PublishedNode implements TreeNode, AgentRef {
  readonly agent: string;
  readonly displayName: string;

  constructor(private readonly published: PublishedAgent) {
    this.agent = published.name;
    this.displayName = published.displayName;
  }

  toTreeItem(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.displayName, vscode.TreeItemCollapsibleState.Collapsed);
    const newest = this.published.versions[0];
    item.id = this.agent;
    item.description = newest === undefined ? this.published.latestVersion : `${newest.version} · ${stateText(newest)}`;
    item.iconPath = new vscode.ThemeIcon('package');
    item.contextValue = ITEM_KINDS.published;
    item.tooltip = this.agent;
    return item;
  }

  children(): TreeNode[] {
    return this.published.versions.map((version) => new PublishedVersionNode(this.published, version));
  }
}

/** One published version with its findings. */
class PublishedVersionNode implements TreeNode, AgentRef {
  readonly agent: string;

  constructor(
    private readonly published: PublishedAgent,
    private readonly release: PublishedVersion,
  ) {
    this.agent = published.name;
  }

  toTreeItem(): vscode.TreeItem {
    const { release } = this;
    const state =
      release.findings.length === 0 ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed;
    const item = new vscode.TreeItem(release.version, state);
    const { icon, color } = LOOKS[release.reviewState];
    item.id = `${this.agent}@${release.version}`;
    item.description = [stateText(release), ...release.distTags].join(' · ');
    item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
    item.tooltip = `${this.agent}@${release.version}, ${new Date(release.publishedAt).toLocaleString()}`;
    if (release.findings.length === 0) item.command = commandLink('openAgent', t('Open'), { agent: this.agent });
    return item;
  }

  children(): TreeNode[] {
    const { name } = this.published;
    return this.release.findings.map(
      (finding: Finding, index) => new FindingNode(finding, { agent: name, version: this.release.version }, index),
    );
  }
}
