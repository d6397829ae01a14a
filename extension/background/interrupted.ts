import * as vscode from 'vscode';
import type { RecoverResult } from '../../installer/engine-types.ts';
import { localFolders } from '../install/workspace-guard.ts';
import { setContext } from '../platform/commands.ts';
import { plural, t } from '../platform/text-core.ts';

/** Whether an earlier window was killed in the middle of an install: its transaction folder is still there. One look per folder. */
export async function findInterrupted(): Promise<boolean> {
  const found = await Promise.all(
    localFolders().map((folder) =>
      vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(folder.uri, '.coditect', 'txn')).then(
        (entries) => entries.length > 0,
        () => false,
      ),
    ),
  );
  const isInterrupted = found.includes(true);
  await setContext('isInterrupted', isInterrupted);
  return isInterrupted;
}

/** What became of an interrupted install, in one line. */
export function announceRecovery(result: RecoverResult, nameOf: (agent: string) => string): void {
  if (result.kind === 'nothing') return;
  const names = result.agents.map(nameOf).join(', ');
  const what =
    result.kind === 'finished'
      ? t('The interrupted change of {0} was finished.', names)
      : t('The interrupted change of {0} was undone.', names);
  const kept = result.keptEdits.length;
  const edits = kept === 0 ? '' : ` ${plural(kept, '1 file you edited was kept.', '{0} files you edited were kept.')}`;
  void vscode.window.showInformationMessage(`${what}${edits}`);
}
