import * as vscode from 'vscode';
import type { Engine, InstalledAgent, OutdatedAgent, RecoverResult } from '../../installer/engine-types.ts';
import { Disposable } from '../platform/dispose.ts';
import { type Explanation, explainError } from '../platform/errors-core.ts';
import type { Log } from '../platform/log.ts';
import type { InstalledFact } from '../tree/agent-text-core.ts';
import { loadEngineChunk } from './engine-chunk.ts';
import { localFolders, workspaceObstacle } from './workspace-guard.ts';

export interface InstalledRow {
  readonly agent: InstalledAgent;
  /** Newer version, when an update is known. */
  readonly latest?: string;
  /** Paths that no longer hold what was installed. */
  readonly drifted: readonly string[];
}
export interface FolderAgents {
  readonly folder: vscode.WorkspaceFolder;
  readonly rows: readonly InstalledRow[];
  readonly error?: Explanation;
}

const LOCKFILE = 'agents.lock.json';

/** What is installed in the opened folders. The engine is loaded by the first question, never by activation. */
export class WorkspaceAgents extends Disposable {
  private readonly changed = this.keep(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly recovered = this.keep(new vscode.EventEmitter<RecoverResult>());
  /** An interrupted change was finished or undone. */
  readonly onDidRecover = this.recovered.event;
  private readonly loaded = this.keep(new vscode.EventEmitter<void>());
  /** The list was read: `known` is current. */
  readonly onDidLoad = this.loaded.event;
  private readonly engines = new Map<string, Promise<Engine>>();
  private readonly outdated = new Map<string, readonly OutdatedAgent[]>();
  private last: readonly FolderAgents[] | undefined;
  private loading: Promise<readonly FolderAgents[]> | undefined;
  private generation = 0;

  constructor(
    private readonly options: {
      readonly serviceUrl: () => string;
      readonly token: (serviceUrl: string) => Promise<string | undefined>;
      readonly onDidChangeAddress: vscode.Event<void>;
      readonly log: Log;
    },
  ) {
    super();
    const watcher = this.keep(vscode.workspace.createFileSystemWatcher(`**/${LOCKFILE}`));
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete])
      this.keep(event(() => this.invalidate()));
    this.keep(vscode.workspace.onDidSaveTextDocument((document) => this.noticeEdit(document.uri.fsPath)));
    this.keep(vscode.workspace.onDidChangeWorkspaceFolders(() => this.forgetEngines()));
    this.keep(vscode.workspace.onDidGrantWorkspaceTrust(() => this.invalidate()));
    this.keep(options.onDidChangeAddress(() => this.forgetEngines()));
  }

  /** The engine of a folder. The first use in a window finishes or undoes what an earlier one left halfway. */
  engine(folder: vscode.WorkspaceFolder): Promise<Engine> {
    const key = folder.uri.toString();
    const known = this.engines.get(key);
    if (known !== undefined) return known;
    const made = this.makeEngine(folder).catch((error: unknown) => {
      this.engines.delete(key);
      throw error;
    });
    this.engines.set(key, made);
    return made;
  }

  /** Everything installed, by folder. Folders that cannot be read carry their error. */
  load(): Promise<readonly FolderAgents[]> {
    if (this.last !== undefined) return Promise.resolve(this.last);
    this.loading ??= this.read().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  /** What is known without loading anything. */
  factOf(name: string): InstalledFact | undefined {
    const row = (this.last ?? []).flatMap((each) => each.rows).find((each) => each.agent.agent === name);
    if (row === undefined) return undefined;
    return { version: row.agent.version, ...(row.latest === undefined ? {} : { latest: row.latest }) };
  }

  get known(): readonly FolderAgents[] {
    return this.last ?? [];
  }

  /** Asks the service for newer versions of everything installed. Throws when it cannot be asked. */
  async checkForUpdates(): Promise<readonly OutdatedAgent[]> {
    const found: OutdatedAgent[] = [];
    for (const folder of localFolders()) {
      const outdated = await (await this.engine(folder)).outdated();
      this.outdated.set(folder.uri.toString(), outdated);
      found.push(...outdated);
    }
    this.invalidate();
    return found;
  }

  /** Something on disk changed: the next question reads again. */
  invalidate(): void {
    this.generation += 1;
    this.last = undefined;
    this.loading = undefined;
    this.changed.fire();
  }

  private noticeEdit(path: string): void {
    const isOurs = this.known.some(({ folder, rows }) =>
      rows.some(({ agent }) => agent.files.some((file) => vscode.Uri.joinPath(folder.uri, file.path).fsPath === path)),
    );
    if (isOurs) this.invalidate();
  }

  private forgetEngines(): void {
    this.engines.clear();
    this.outdated.clear();
    this.invalidate();
  }

  private async makeEngine(folder: vscode.WorkspaceFolder): Promise<Engine> {
    const chunk = await loadEngineChunk();
    const serviceUrl = this.options.serviceUrl();
    const token = () => this.options.token(serviceUrl);
    const engine = chunk.createWorkspaceEngine({ serviceUrl, token, workspaceRoot: folder.uri.fsPath });
    const result = await engine.recover();
    if (result.kind !== 'nothing') this.recovered.fire(result);
    return engine;
  }

  private async read(): Promise<readonly FolderAgents[]> {
    if (workspaceObstacle() !== undefined) return [];
    const { generation } = this;
    const all = await Promise.all(localFolders().map((folder) => this.readFolder(folder)));
    // What was read before a change must not hide it.
    if (generation === this.generation) {
      this.last = all;
      this.loaded.fire();
    }
    return all;
  }

  private async readFolder(folder: vscode.WorkspaceFolder): Promise<FolderAgents> {
    try {
      const engine = await this.engine(folder);
      const [agents, checks] = [await engine.list(), await engine.verify()];
      const outdated = this.outdated.get(folder.uri.toString()) ?? [];
      return {
        folder,
        rows: agents.map((agent) => {
          const newer = outdated.find((each) => each.agent === agent.agent && each.version === agent.version);
          const check = checks.find((each) => each.agent === agent.agent);
          const drifted = (check?.files ?? []).filter((file) => file.state !== 'ok').map((file) => file.path);
          return { agent, drifted: [...new Set(drifted)], ...(newer === undefined ? {} : { latest: newer.latest }) };
        }),
      };
    } catch (error) {
      const explanation = explainError(error);
      this.options.log.warn(`reading ${folder.name} failed: ${error instanceof Error ? error.message : String(error)}`);
      return { folder, rows: [], ...(explanation === undefined ? {} : { error: explanation }) };
    }
  }
}
