import * as vscode from 'vscode';
import { showComparison } from '../install/show-comparison.ts';
import { Cancelled } from '../platform/errors-core.ts';
import { t } from '../platform/text-core.ts';
import type { CommandContext } from './context.ts';
import { installedTarget } from './pick-installed.ts';

/** Shows what was changed since the install, in the diff editor: the agent's text on the left, the workspace's on the right. */
export async function compareAgent(context: CommandContext, target: unknown): Promise<void> {
  // Files may have been changed outside of the editor since they were last looked at.
  context.agents.invalidate();
  const { ref, folder, row } = await installedTarget(context, target, {
    title: t('Compare which agent?'),
    fits: (each) => each.drifted.length > 0,
    none: t('Nothing was changed since the install.'),
  });
  const path = await pickPath(row.drifted);
  const engine = await context.agents.engine(folder);
  const comparison = await engine.compareInstalled(ref.agent, path);
  const isWholeFile = row.agent.files.some((file) => file.path === path && file.kind === 'file') && comparison.mine !== undefined;
  const file = isWholeFile ? vscode.Uri.joinPath(folder.uri, path) : undefined;
  await showComparison(comparison, context.names.of(ref.agent), context.documents, file);
}

async function pickPath(paths: readonly string[]): Promise<string> {
  const [first] = paths;
  if (first !== undefined && paths.length === 1) return first;
  if (first === undefined) {
    void vscode.window.showInformationMessage(t('Nothing was changed since the install.'));
    throw new Cancelled();
  }
  const picked = await vscode.window.showQuickPick([...paths], { title: t('Which file?') });
  if (picked === undefined) throw new Cancelled();
  return picked;
}
