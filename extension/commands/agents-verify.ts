import * as vscode from 'vscode';
import { requireWorkspace } from '../install/workspace-guard.ts';
import { runCommand } from '../platform/commands.ts';
import { plural, t } from '../platform/text-core.ts';
import type { CommandContext } from './context.ts';

/** Compares every installed file with what was installed and says how many differ. */
export async function verifyAgents(context: CommandContext): Promise<void> {
  requireWorkspace();
  context.agents.invalidate();
  const folders = await context.agents.load();
  const rows = folders.flatMap((folder) => folder.rows);
  const files = rows.reduce((sum, row) => sum + new Set(row.agent.files.map((file) => file.path)).size, 0);
  const drifted = rows.reduce((sum, row) => sum + row.drifted.length, 0);
  if (drifted === 0) {
    void vscode.window.showInformationMessage(
      files === 0
        ? t('No agents are installed in this workspace.')
        : plural(files, '1 installed file is as it was installed.', 'All {0} installed files are as they were installed.'),
    );
    return;
  }
  const compare = t('Compare');
  const text = plural(drifted, '1 installed file was changed.', '{0} installed files were changed.');
  void vscode.window
    .showInformationMessage(text, compare)
    .then((pressed) => (pressed === compare ? runCommand('compareAgent') : undefined));
}
