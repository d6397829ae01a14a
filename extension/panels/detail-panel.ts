import * as vscode from 'vscode';
import type { DetailProtocol } from '../../contract/webview/detail.ts';
import { createHostMessenger } from '../../contract/webview/messenger.ts';
import { loadEngineChunk } from '../install/engine-chunk.ts';
import { workspaceObstacle } from '../install/workspace-guard.ts';
import { runAction } from '../platform/actions.ts';
import { runCommand } from '../platform/commands.ts';
import { Disposable } from '../platform/dispose.ts';
import { codeOfError } from '../platform/errors-core.ts';
import { detailHandlers } from './detail-handlers-core.ts';
import type { DetailPanelsOptions } from './detail-panels.ts';
import { DetailSession } from './detail-session.ts';
import { fillWebview } from './webview-page.ts';

/** One editor tab about one agent. */
export class DetailPanel extends Disposable {
  readonly session: DetailSession;

  constructor(
    readonly agent: string,
    readonly panel: vscode.WebviewPanel,
    private readonly options: DetailPanelsOptions,
  ) {
    super();
    const { service, agents, activity, log } = options;
    const messenger = this.keep(
      createHostMessenger<DetailProtocol>({
        post: (message) => void panel.webview.postMessage(message),
        handlers: detailHandlers({
          snapshot: async () => this.session.snapshot,
          install: () => this.install(),
          update: () => runCommand('updateAgent', this.ref),
          remove: () => runCommand('removeAgent', this.ref),
          retry: () => this.session.load(),
          openAgent: (name) => runCommand('openAgent', { agent: name }),
          openLink: async (url) => void (await vscode.env.openExternal(vscode.Uri.parse(url, true))),
          openEvidence: (path, line) => this.openEvidence(path, line),
        }),
        codeOf: (error) => {
          const told = codeOfError(error);
          log.debug(`${agent}: ${told.code}`);
          return told;
        },
      }),
    );
    this.session = this.keep(
      new DetailSession({
        agent,
        service,
        agents,
        activity,
        log,
        onSnapshot: (snapshot) => {
          if (snapshot.agent.kind === 'ready') panel.title = snapshot.agent.value.displayName;
          messenger.send('snapshot', snapshot);
        },
      }),
    );
    this.keep(panel.webview.onDidReceiveMessage((message) => messenger.receive(message)));
    this.keep(panel.onDidChangeViewState(() => this.followVisibility()));
    this.keep({ dispose: () => service.connection.setVisible(`detail ${agent}`, false) });
    panel.iconPath = {
      light: vscode.Uri.joinPath(options.extensionUri, 'media', 'tab-light.svg'),
      dark: vscode.Uri.joinPath(options.extensionUri, 'media', 'tab-dark.svg'),
    };
    fillWebview(panel.webview, options.extensionUri, {
      screen: 'detail',
      title: panel.title,
      surface: 'editor',
      state: { agent },
    });
    this.followVisibility();
    void this.session.load();
  }

  private get ref(): { agent: string; displayName?: string } {
    const displayName = this.session.detail?.displayName;
    return displayName === undefined ? { agent: this.agent } : { agent: this.agent, displayName };
  }

  /** Where nothing can be installed yet, the button does what makes it possible. */
  private async install(): Promise<void> {
    const obstacle = workspaceObstacle();
    if (obstacle === undefined) await runCommand('installAgent', this.ref);
    else await runAction(obstacle === 'no_folder' ? 'openFolder' : 'manageTrust');
  }

  private followVisibility(): void {
    this.options.service.connection.setVisible(`detail ${this.agent}`, this.panel.visible);
  }

  /** Shows the file of the published package at the line that proves a capability. */
  private async openEvidence(path: string, line: number): Promise<void> {
    const detail = this.session.detail;
    if (detail === undefined) return;
    await openPackageFile(this.options, { agent: this.agent, version: detail.latestVersion, path, line });
  }
}

/** Opens a file of a published package, read-only, at a line counted from 1. */
export async function openPackageFile(
  options: Pick<DetailPanelsOptions, 'service' | 'documents' | 'token'>,
  place: { readonly agent: string; readonly version: string; readonly path: string; readonly line?: number },
): Promise<void> {
  const { service, documents, token } = options;
  const { value: version } = await service.catalogue.version(place.agent, place.version);
  const secret = await token(service.url);
  const { readPackageText } = await loadEngineChunk();
  const text = await readPackageText({
    tarballUrl: new URL(version.tarballPath, `${service.url}/`).href,
    integrity: version.integrity,
    path: place.path,
    ...(secret === undefined ? {} : { token: secret }),
  });
  const uri = documents.put('packageFile', `${place.agent}@${place.version}/${place.path}`, text);
  await documents.show(uri, place.line === undefined ? {} : { line: place.line });
}
