import * as vscode from 'vscode';
import type { Engine } from '../../installer/engine-types.ts';
import type { ConflictChoice, InstallPlan, PlannedFile } from '../../installer/install-plan.ts';
import type { TextDocuments } from '../panels/text-documents.ts';
import { Cancelled } from '../platform/errors-core.ts';
import { plural, t } from '../platform/text-core.ts';
import { showComparison } from './show-comparison.ts';

interface Row extends vscode.QuickPickItem {
  readonly file: PlannedFile;
}

const REASONS = {
  edited: () => t('you changed it since the install'),
  unmanaged: () => t('a file of yours with other contents'),
  other_agent: () => t('belongs to another agent'),
  invalid_json: () => t('is not valid JSON and stays as it is'),
};

/**
 * Files in the way: those that are ticked are replaced, the others stay as they are. Nothing is ticked in advance, so that Enter
 * never loses a change. Each row can be compared first. Throws Cancelled.
 */
export function askConflicts(
  plan: InstallPlan,
  engine: Engine,
  documents: TextDocuments,
): Promise<Readonly<Record<string, ConflictChoice>>> {
  const conflicts = plan.files.filter((file) => file.action === 'conflict');
  const compare: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('diff'), tooltip: t('Compare') };
  return new Promise((resolve, reject) => {
    const pick = vscode.window.createQuickPick<Row>();
    let choices: Record<string, ConflictChoice> | undefined;
    pick.title = plural(conflicts.length, '1 file is in the way of {1}', '{0} files are in the way of {1}').replace(
      '{1}',
      plan.displayName,
    );
    pick.placeholder = t('Tick what to replace; what is not ticked stays as it is');
    pick.canSelectMany = true;
    pick.ignoreFocusOut = true;
    pick.items = conflicts.map((file) => ({
      label: file.pointer === undefined ? file.path : `${file.path} ${file.pointer}`,
      description: file.conflict === undefined ? '' : REASONS[file.conflict.reason](),
      buttons: [compare],
      file,
    }));
    pick.onDidTriggerItemButton(({ item }) => {
      void engine
        .compare(plan, item.file.path)
        .then((comparison) => showComparison(comparison, plan.displayName, documents))
        .catch(reject);
    });
    pick.onDidAccept(() => {
      const replaced = new Set(
        pick.selectedItems.filter((item) => item.file.conflict?.canReplace !== false).map((item) => item.file.path),
      );
      choices = Object.fromEntries(conflicts.map((file) => [file.path, replaced.has(file.path) ? 'replace' : 'keep']));
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      if (choices === undefined) reject(new Cancelled());
      else resolve(choices);
    });
    pick.show();
  });
}
