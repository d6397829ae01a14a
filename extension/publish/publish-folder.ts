import * as vscode from 'vscode';
import type { Finding } from '../../contract/findings.ts';
import { publishVersion } from '../../installer/registry/publish-version.ts';
import { withAccount } from '../account/account.ts';
import type { CommandContext } from '../commands/context.ts';
import { runCommand } from '../platform/commands.ts';
import { Cancelled, isApiError } from '../platform/errors-core.ts';
import { plural, t } from '../platform/text-core.ts';
import { choosePackageFolder } from './choose-package-folder.ts';
import { packFolder } from './pack-folder.ts';
import { showFindings } from './package-findings.ts';

/** Packs a folder, shows what the checks say, asks, and publishes it. The same checks run again at the service. */
export async function publishFolder(context: CommandContext, target: unknown): Promise<void> {
  const folder = target instanceof vscode.Uri ? target : await choosePackageFolder();
  const progress = { location: vscode.ProgressLocation.Window, title: t('Checking the package') };
  const packed = await vscode.window.withProgress(progress, () => packFolder(folder.fsPath));
  showFindings(folder, packed.findings);
  const { name, version, displayName, tarball, integrity, shasum, manifest, readme } = packed;
  const refused = packed.findings.filter((finding) => finding.level === 'refused');
  const isReady = name && version && tarball && integrity && shasum && manifest;
  if (refused.length > 0 || !isReady) {
    reportRefusal(displayName ?? folder.path.slice(folder.path.lastIndexOf('/') + 1), refused);
    return;
  }
  if ((await context.account.current()) === undefined) await context.account.createSession();
  const { url } = context.service;
  const token = await context.account.token(url);
  if (token === undefined) throw new Cancelled();
  await confirm(`${displayName ?? name} ${version}`, url, packed.findings.length);
  const parts = { name, version, tarball, integrity, shasum, manifest, ...(readme === undefined ? {} : { readme }) };
  try {
    const upload = {
      location: vscode.ProgressLocation.Notification,
      title: t('Publishing {0} {1}', displayName ?? name, version),
    };
    await vscode.window.withProgress(upload, () =>
      withAccount(context.account, () => publishVersion({ serviceUrl: url, token }, parts)),
    );
  } catch (error) {
    const findings = isApiError(error) ? (error.details.problem?.findings ?? []) : [];
    if (findings.length === 0) throw error;
    showFindings(folder, findings);
    reportRefusal(displayName ?? name, findings);
    return;
  }
  await context.publishing.probe();
  context.publishing.refresh();
  context.marketplace.reload();
  const open = t('Open');
  void vscode.window.showInformationMessage(t('{0} {1} is published.', displayName ?? name, version), open).then((pressed) => {
    return pressed === open ? runCommand('openAgent', { agent: name }) : undefined;
  });
}

async function confirm(what: string, serviceUrl: string, findingCount: number): Promise<void> {
  const publish = t('Publish');
  const notes = [
    t('A published version cannot be replaced, only followed by a newer one.'),
    ...(findingCount === 0
      ? []
      : [
          plural(
            findingCount,
            'The checks noticed 1 thing, listed under Problems.',
            'The checks noticed {0} things, listed under Problems.',
          ),
        ]),
  ];
  const pressed = await vscode.window.showInformationMessage(
    t('Publish {0} to {1}?', what, new URL(serviceUrl).host),
    { modal: true, detail: notes.join('\n') },
    publish,
  );
  if (pressed !== publish) throw new Cancelled();
}

function reportRefusal(what: string, findings: readonly Finding[]): void {
  const show = t('Show');
  const count = plural(findings.length, '1 finding', '{0} findings');
  void vscode.window.showErrorMessage(t('{0} was not published: {1}.', what, count), show).then((pressed) => {
    return pressed === show ? vscode.commands.executeCommand('workbench.actions.view.problems') : undefined;
  });
}
