import * as vscode from 'vscode';
import { Cancelled } from '../platform/errors-core.ts';
import { t } from '../platform/text-core.ts';

interface FolderItem extends vscode.QuickPickItem {
  readonly uri?: vscode.Uri;
}

const AT_MOST = 50;

/** One of the agent packages in the workspace, or any other folder. Throws Cancelled. */
export async function choosePackageFolder(): Promise<vscode.Uri> {
  const other: FolderItem = { label: t('Choose another folder…'), iconPath: new vscode.ThemeIcon('folder-opened') };
  const packages = await findPackages();
  const picked =
    packages.length === 0
      ? other
      : await vscode.window.showQuickPick([...packages, other], { title: t('Publish which agent?'), matchOnDescription: true });
  if (picked === undefined) throw new Cancelled();
  if (picked.uri !== undefined) return picked.uri;
  const chosen = await vscode.window.showOpenDialog({ canSelectFiles: false, canSelectFolders: true, openLabel: t('Publish') });
  const [first] = chosen ?? [];
  if (first === undefined) throw new Cancelled();
  return first;
}

/** Folders whose package.json has an `agent` block. */
async function findPackages(): Promise<FolderItem[]> {
  const found = await vscode.workspace.findFiles('**/package.json', '**/node_modules/**', AT_MOST);
  const items = await Promise.all(found.map(readPackage));
  return items.filter((item) => item !== undefined).sort((a, b) => a.label.localeCompare(b.label));
}

async function readPackage(uri: vscode.Uri): Promise<FolderItem | undefined> {
  try {
    const manifest: unknown = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
    if (typeof manifest !== 'object' || manifest === null || !('agent' in manifest)) return undefined;
    const { name, version } = manifest as { name?: unknown; version?: unknown };
    const folder = vscode.Uri.joinPath(uri, '..');
    return {
      label: typeof name === 'string' ? name : vscode.workspace.asRelativePath(folder),
      description: [...(typeof version === 'string' ? [version] : []), vscode.workspace.asRelativePath(folder)].join(' · '),
      iconPath: new vscode.ThemeIcon('package'),
      uri: folder,
    };
  } catch {
    // Not JSON: somebody else's file, or an author in the middle of an edit; the folder can still be chosen by hand.
    return undefined;
  }
}
