import type * as vscode from 'vscode';
import type { Account } from '../account/account.ts';
import type { Service } from '../api/service.ts';
import type { DisplayNames } from '../install/display-names.ts';
import type { InstallActivity } from '../install/install-activity.ts';
import type { WorkspaceAgents } from '../install/workspace-agents.ts';
import type { DetailPanels } from '../panels/detail-panels.ts';
import type { TextDocuments } from '../panels/text-documents.ts';
import type { RecordUsage } from '../platform/telemetry.ts';
import type { MarketplaceTree } from '../tree/marketplace-tree.ts';
import type { PublishingTree } from '../tree/publishing-tree.ts';

/** What commands work with; made in compose.ts, nowhere else. */
export interface CommandContext {
  readonly extensionId: string;
  readonly log: vscode.LogOutputChannel;
  readonly service: Service;
  readonly account: Account;
  readonly agents: WorkspaceAgents;
  readonly activity: InstallActivity;
  readonly names: DisplayNames;
  readonly documents: TextDocuments;
  readonly marketplace: MarketplaceTree;
  readonly publishing: PublishingTree;
  readonly panels: DetailPanels;
  readonly usage: RecordUsage;
  /** What is remembered for this workspace. */
  readonly workspaceMemory: vscode.Memento;
  /** The view that shows progress: the one the person looks at. */
  readonly progressView: () => string;
}
