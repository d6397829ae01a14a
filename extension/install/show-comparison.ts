import * as vscode from 'vscode';
import type { Comparison } from '../../installer/engine-types.ts';
import type { TextDocuments } from '../panels/text-documents.ts';
import { t } from '../platform/text-core.ts';

/**
 * Both sides in the diff editor: the agent's on the left, the workspace's on the right. With `workspaceFile` the right side is the
 * file itself and can be edited there; without it (one entry of a shared file, or a missing file) it is a read-only copy.
 */
export async function showComparison(
  comparison: Comparison,
  displayName: string,
  documents: TextDocuments,
  workspaceFile?: vscode.Uri,
): Promise<void> {
  const theirs = documents.put('packageFile', `${displayName}/${comparison.path}`, comparison.theirs ?? '');
  const mine = workspaceFile ?? documents.put('packageFile', `workspace/${comparison.path}`, comparison.mine ?? '');
  const name = comparison.path.slice(comparison.path.lastIndexOf('/') + 1);
  await vscode.commands.executeCommand('vscode.diff', theirs, mine, t('{0}: {1} and yours', name, displayName), {
    preview: true,
  });
}
