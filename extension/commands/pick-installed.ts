import * as vscode from 'vscode';
import { hostName } from '../../contract/hosts.ts';
import type { InstalledRow } from '../install/workspace-agents.ts';
import { requireWorkspace } from '../install/workspace-guard.ts';
import { Cancelled, UserError } from '../platform/errors-core.ts';
import type { AgentRef } from '../platform/ids.ts';
import { t } from '../platform/text-core.ts';
import { listText } from '../tree/agent-text-core.ts';
import { agentRefOf } from './agent-target.ts';
import type { CommandContext } from './context.ts';

export interface InstalledTarget {
  readonly ref: AgentRef;
  readonly folder: vscode.WorkspaceFolder;
  readonly row: InstalledRow;
}

/** The installed agent that a command is about; from the palette it is picked. Throws Cancelled or UserError. */
export async function installedTarget(
  context: CommandContext,
  target: unknown,
  options: { readonly title: string; readonly fits?: (row: InstalledRow) => boolean; readonly none: string },
): Promise<InstalledTarget> {
  requireWorkspace();
  const wanted = agentRefOf(target);
  const all = (await context.agents.load()).flatMap(({ folder, rows }) => rows.map((row) => ({ folder, row })));
  const fitting = all.filter(({ folder, row }) => {
    if (wanted === undefined) return options.fits?.(row) ?? true;
    return row.agent.agent === wanted.agent && (wanted.folder === undefined || wanted.folder === folder.uri.toString());
  });
  const only = fitting.length === 1 && wanted !== undefined ? fitting[0] : undefined;
  if (fitting.length === 0) {
    const text = all.length === 0 ? t('No agents are installed in this workspace.') : options.none;
    throw new UserError(text, { code: 'not_installed' });
  }
  const chosen = only ?? (await pick(context, fitting, options.title));
  const { agent } = chosen.row.agent;
  return { ...chosen, ref: { agent, displayName: context.names.of(agent), folder: chosen.folder.uri.toString() } };
}

async function pick(
  context: CommandContext,
  candidates: readonly { readonly folder: vscode.WorkspaceFolder; readonly row: InstalledRow }[],
  title: string,
): Promise<{ folder: vscode.WorkspaceFolder; row: InstalledRow }> {
  const isMultiRoot = new Set(candidates.map(({ folder }) => folder.name)).size > 1;
  const items = candidates.map(({ folder, row }) => ({
    label: context.names.of(row.agent.agent),
    description: [row.agent.version, ...(isMultiRoot ? [folder.name] : [])].join(' · '),
    detail: t('for {0}', listText(row.agent.hosts.map(hostName))),
    folder,
    row,
  }));
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
  if (picked === undefined) throw new Cancelled();
  return picked;
}
