import * as vscode from 'vscode';
import { type HostId, hostName } from '../../contract/hosts.ts';
import type { InstalledAgent, RemoveResult } from '../../installer/engine-types.ts';
import { Cancelled } from '../platform/errors-core.ts';
import { showError } from '../platform/show-error.ts';
import { plural, t } from '../platform/text-core.ts';
import { listText } from '../tree/agent-text-core.ts';
import type { CommandContext } from './context.ts';
import { type InstalledTarget, installedTarget } from './pick-installed.ts';

/** Removes an agent: only files that are still as they were installed go; edited ones stay. Can be undone from the message. */
export async function removeAgent(context: CommandContext, target: unknown): Promise<void> {
  const chosen = await installedTarget(context, target, {
    title: t('Remove which agent?'),
    none: t('This agent is not installed in this workspace.'),
  });
  const { ref, folder, row } = chosen;
  const hosts = await pickHostsToRemove(context.names.of(ref.agent), row.agent.hosts);
  await context.activity.during(ref.agent, async (report) => {
    const engine = await context.agents.engine(folder);
    report(t('Removing files'));
    const isAll = hosts.length === row.agent.hosts.length;
    const title = t('Removing {0}', context.names.of(ref.agent));
    const result = await vscode.window.withProgress({ location: { viewId: context.progressView() }, title }, () =>
      engine.remove(ref.agent, isAll ? {} : { hosts }),
    );
    context.agents.invalidate();
    const { agent, version } = result;
    context.usage({ name: 'Agent Removed', properties: { agent, version, hosts: [...result.hosts] } });
    context.log.info(`removed ${agent}@${version}: ${result.removed.length} files, ${result.left.length} left`);
    announce(context, chosen, result);
  });
  context.panels.refreshStatistics(ref.agent);
}

/** With one host there is nothing to ask. Throws Cancelled. */
async function pickHostsToRemove(displayName: string, hosts: readonly HostId[]): Promise<readonly HostId[]> {
  if (hosts.length < 2) return hosts;
  const items = hosts.map((host) => ({ label: hostName(host), picked: true, host }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Remove {0}', displayName),
    placeHolder: t('From which hosts?'),
    canPickMany: true,
  });
  if (picked === undefined || picked.length === 0) throw new Cancelled();
  return picked.map((item) => item.host);
}

function announce(context: CommandContext, { ref, folder, row }: InstalledTarget, result: RemoveResult): void {
  const name = context.names.of(ref.agent);
  const gone = t('{0} was removed from {1}.', name, listText(result.hosts.map(hostName)));
  const edited = new Set(result.left.filter((file) => file.why === 'edited').map((file) => file.path)).size;
  const left = edited === 0 ? '' : ` ${plural(edited, '1 file you edited stays.', '{0} files you edited stay.')}`;
  const undo = t('Undo');
  void vscode.window.showInformationMessage(`${gone}${left}`, undo).then(async (pressed) => {
    if (pressed !== undo) return;
    try {
      await putBack(context, folder, row.agent);
    } catch (error) {
      showError(error, context.log);
    }
  });
}

/** The same version for the same hosts again: it was agreed to before. */
async function putBack(context: CommandContext, folder: vscode.WorkspaceFolder, before: InstalledAgent): Promise<void> {
  const engine = await context.agents.engine(folder);
  const { agent, version, hosts, options } = before;
  const plan = await engine.planInstall({ agent, version, hosts, ...options, onConflict: 'keep' });
  const result = await engine.apply(plan);
  context.agents.invalidate();
  context.usage({ name: 'Agent Installed', properties: { agent, version: result.version, hosts: [...result.hosts] } });
}
