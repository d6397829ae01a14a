export interface PageOptions {
  /** Base64 or hex, from a cryptographic source, fresh for each page. */
  readonly nonce: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Language of the editor, as in BCP 47. */
  readonly language: string;
  readonly title: string;
  /** A sidebar view lies on another colour than an editor. */
  readonly surface: 'editor' | 'sidebar';
  /** What the editor keeps for the page over a restart; not secret. */
  readonly state?: Readonly<Record<string, string>>;
}

/**
 * The page of a webview. Nothing may load but our own script and styles, and pictures that are already in the message
 * (`data:`): text of publishers is shown here, so remote pictures stay out. The page may talk to nobody but the extension.
 */
export function pageHtml(options: PageOptions): string {
  const { nonce, cspSource } = options;
  const policy = [
    `default-src 'none'`,
    `img-src ${cspSource} data:`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
  const background = options.surface === 'editor' ? 'editor' : 'sideBar';
  return `<!DOCTYPE html>
<html lang="${attribute(options.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(options.title)}</title>
<link rel="stylesheet" nonce="${nonce}" href="${attribute(options.styleUri)}">
<style nonce="${nonce}">body { background: var(--vscode-${background}-background); }</style>
</head>
<body data-surface="${options.surface}">
<div id="app"></div>
${stateScript(nonce, options.state)}<script type="module" nonce="${nonce}" src="${attribute(options.scriptUri)}"></script>
</body>
</html>
`;
}

/** The editor gives the page its handle once; this keeps the state over whatever the page itself saves. */
function stateScript(nonce: string, state: PageOptions['state']): string {
  if (state === undefined) return '';
  // `<` is escaped, so that no value can end the script.
  const json = JSON.stringify(state).replace(/</g, '\\u003c');
  return `<script nonce="${nonce}">(() => {
  const editor = acquireVsCodeApi();
  const own = ${json};
  const keep = (value) => editor.setState({ ...value, ...own });
  keep(editor.getState());
  const handle = { postMessage: editor.postMessage, getState: editor.getState, setState: keep };
  globalThis.acquireVsCodeApi = () => handle;
})();</script>
`;
}

function attribute(value: string): string {
  return text(value).replace(/"/g, '&quot;');
}
function text(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
