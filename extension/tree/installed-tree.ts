import * as vscode from 'vscode';
import { HOSTS } from '../../contract/hosts.ts';
import type { DisplayNames } from '../install/display-names.ts';
import type { FolderAgents, WorkspaceAgents } from '../install/workspace-agents.ts';
import { localFolders } from '../install/workspace-guard.ts';
import { setContext } from '../platform/commands.ts';
import { VIEWS } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { plural } from '../platform/text-core.ts';
import type { TreeNode } from './node.ts';
import { NodeTree } from './node-tree.ts';
import { ErrorNode } from './nodes/error-node.ts';
import { GroupNode } from './nodes/group-node.ts';
import { InstalledNode } from './nodes/installed-node.ts';

/** The Installed view: by host, and by folder first when several are open. Empty, untrusted and folderless states are welcome texts. */
export class InstalledTree extends NodeTree {
  constructor(
    private readonly agents: WorkspaceAgents,
    private readonly names: DisplayNames,
    log: Log,
  ) {
    super(VIEWS.installed, log);
    this.keep(agents.onDidChange(() => this.refresh()));
  }

  protected override async roots(): Promise<readonly TreeNode[]> {
    await setContext('hasLockfile', await hasLockfile());
    const folders = await this.agents.load();
    const updates = folders.flatMap((folder) => folder.rows).filter((row) => row.latest !== undefined).length;
    this.setBadge(updates, plural(updates, '1 agent can be updated', '{0} agents can be updated'));
    const isSingle = folders.length === 1;
    return folders.flatMap((folder): TreeNode[] => {
      const rows = this.hosts(folder);
      if (isSingle || rows.length === 0) return rows;
      const { name, uri } = folder.folder;
      return [new GroupNode({ id: uri.toString(), label: name, icon: 'root-folder', isOpen: true, children: () => rows })];
    });
  }

  private hosts(folder: FolderAgents): TreeNode[] {
    if (folder.error !== undefined) return [new ErrorNode(folder.error, () => this.agents.invalidate())];
    const key = folder.folder.uri.toString();
    return HOSTS.flatMap((host) => {
      const rows = folder.rows.filter((row) => row.agent.hosts.includes(host.id));
      if (rows.length === 0) return [];
      const nodes = rows
        .map((row) => new InstalledNode(row, this.names.of(row.agent.agent), key, host.id))
        .sort((a, b) => a.displayName.localeCompare(b.displayName));
      const description = nodes.length.toLocaleString();
      return [new GroupNode({ id: `${key}#${host.id}`, label: host.name, isOpen: true, description, children: () => nodes })];
    });
  }
}

/** A lockfile without installed files: the folder was cloned, and its agents can be restored. */
async function hasLockfile(): Promise<boolean> {
  const found = await Promise.all(
    localFolders().map((folder) =>
      vscode.workspace.fs.stat(vscode.Uri.joinPath(folder.uri, 'agents.lock.json')).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
