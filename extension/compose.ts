import * as vscode from 'vscode';
import { Account } from './account/account.ts';
import { SessionStore } from './account/session-store.ts';
import { Service } from './api/service.ts';
import { ActiveAgents } from './background/active-agents.ts';
import { announceRecovery } from './background/interrupted.ts';
import { StatusBar } from './background/status-bar.ts';
import type { CommandContext } from './commands/context.ts';
import { DisplayNames } from './install/display-names.ts';
import { InstallActivity } from './install/install-activity.ts';
import { WorkspaceAgents } from './install/workspace-agents.ts';
import { DetailPanels } from './panels/detail-panels.ts';
import { InsightsView } from './panels/insights-view.ts';
import { TextDocuments } from './panels/text-documents.ts';
import { VIEWS } from './platform/ids.ts';
import { Telemetry } from './platform/telemetry.ts';
import { InstalledTree } from './tree/installed-tree.ts';
import { MarketplaceTree } from './tree/marketplace-tree.ts';
import { PublishingTree } from './tree/publishing-tree.ts';
import { loadUsageChunk } from './usage/load-usage.ts';
import { UsageQueue } from './usage/queue.ts';
import { Reporter } from './usage/reporter.ts';

export interface Composition {
  readonly commands: CommandContext;
  readonly statusBar: StatusBar;
}

/** Makes every service once and connects them. The only place that does; no call leaves the machine here. */
export function compose(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Composition {
  const keep = <T extends { dispose(): unknown }>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const { extensionUri, globalState, workspaceState } = context;
  const { id: extensionId, packageJSON } = context.extension;
  const storage = context.globalStorageUri;
  const version = (packageJSON as { version: string }).version;

  const account = keep(new Account(new SessionStore(context.secrets), log));
  const token = (serviceUrl: string) => account.token(serviceUrl);
  const cacheDirectory = vscode.Uri.joinPath(storage, 'catalogue').fsPath;
  const service = keep(new Service({ cacheDirectory, userAgent: `coditect-agents-extension/${version}`, token }));
  const queue = new UsageQueue({ directory: vscode.Uri.joinPath(storage, 'usage').fsPath });
  const reporter = new Reporter({
    queue,
    serviceUrl: () => service.url,
    deliver: async (events, url) => (await loadUsageChunk()).deliver(events, url),
    log,
  });
  const telemetry = keep(new Telemetry(reporter, log));
  const usage = telemetry.record;

  const agents = keep(
    new WorkspaceAgents({ serviceUrl: () => service.url, token, onDidChangeAddress: service.onDidChangeAddress, log }),
  );
  const names = new DisplayNames(globalState);
  const documents = keep(new TextDocuments());
  const activity = keep(new InstallActivity());
  const marketplace = keep(new MarketplaceTree({ service, agents, names, log }));
  const installed = keep(new InstalledTree(agents, names, log));
  const publishing = keep(new PublishingTree({ service, account, names, memory: globalState, log }));
  const panels = keep(new DetailPanels({ extensionUri, service, agents, activity, documents, names, token, usage, log }));
  const statusBar = keep(new StatusBar(agents));

  keep(new InsightsView({ extensionUri, service, account, agents, publishing, names, isTelemetryOn: () => telemetry.isOn }));
  keep(new ActiveAgents(agents, workspaceState, usage));
  keep(
    agents.onDidRecover((result) => {
      statusBar.setInterrupted(false);
      announceRecovery(result, (name) => names.of(name));
    }),
  );
  keep(service.connection.onChange((state) => state === 'online' && reporter.hurry()));
  marketplace.open((isVisible) => {
    service.connection.setVisible(VIEWS.marketplace, isVisible);
    if (isVisible) void publishing.probe();
  });
  installed.open();
  publishing.open();

  const progressView = () => (installed.isVisible && !marketplace.isVisible ? VIEWS.installed : VIEWS.marketplace);
  const commands = {
    extensionId,
    log,
    service,
    account,
    agents,
    activity,
    names,
    documents,
    marketplace,
    publishing,
    panels,
    usage,
    workspaceMemory: workspaceState,
    progressView,
  };
  return { commands, statusBar };
}
