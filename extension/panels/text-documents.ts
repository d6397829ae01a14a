import * as vscode from 'vscode';
import { Disposable } from '../platform/dispose.ts';
import { SCHEMES } from '../platform/ids.ts';

const KEEP = 50;

/** Read-only documents made by us: install plans and files of packages. Nothing of them is on disk. */
export class TextDocuments extends Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new Map<string, vscode.EventEmitter<vscode.Uri>>();

  constructor() {
    super();
    for (const scheme of Object.values(SCHEMES)) {
      const emitter = this.keep(new vscode.EventEmitter<vscode.Uri>());
      this.changed.set(scheme, emitter);
      const provideTextDocumentContent = (uri: vscode.Uri) => this.texts.get(uri.toString()) ?? '';
      const provider = { onDidChange: emitter.event, provideTextDocumentContent };
      this.keep(vscode.workspace.registerTextDocumentContentProvider(scheme, provider));
    }
  }

  /** Keeps a text under an address and answers it; the same path again replaces the text. */
  put(scheme: keyof typeof SCHEMES, path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEMES[scheme], path: `/${path}` });
    this.texts.delete(uri.toString());
    this.texts.set(uri.toString(), text);
    // Old documents that are closed by now; open ones keep their text in the editor.
    for (const key of [...this.texts.keys()].slice(0, Math.max(0, this.texts.size - KEEP))) this.texts.delete(key);
    this.changed.get(SCHEMES[scheme])?.fire(uri);
    return uri;
  }

  /** Opens a document beside what is there; `line` counts from 1. */
  async show(uri: vscode.Uri, options: { readonly line?: number; readonly keepsFocus?: boolean } = {}): Promise<void> {
    const place = options.line === undefined ? undefined : new vscode.Position(Math.max(0, options.line - 1), 0);
    await vscode.window.showTextDocument(uri, {
      preview: true,
      preserveFocus: options.keepsFocus ?? false,
      ...(place === undefined ? {} : { selection: new vscode.Range(place, place) }),
    });
  }

  /** Closes the tabs of a document. */
  async close(uri: vscode.Uri): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const mine = tabs.filter((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString());
    if (mine.length > 0) await vscode.window.tabGroups.close(mine);
  }
}
