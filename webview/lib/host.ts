import {
  createHostMessenger,
  createPageMessenger,
  type Handlers,
  type PageMessenger,
  type Protocol,
  type ToPage,
} from '../../contract/webview/messenger.ts';

/** What VS Code gives a webview once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare const acquireVsCodeApi: (() => VsCodeApi) | undefined;

/** Navigation that survives a hidden panel: never data, that comes back through `ready`. */
export interface PanelMemory {
  get(key: string): unknown;
  set(key: string, value: string): void;
}

/** The transport inside an editor: messages to the extension host. Throws outside of one; an editor hands its API out only once. */
export function connectToEditor<P extends Protocol>(): { messenger: PageMessenger<P>; memory: PanelMemory } {
  if (typeof acquireVsCodeApi !== 'function') throw new Error('this page runs only inside an editor');
  const editor = acquireVsCodeApi();
  const kept = () => (editor.getState() ?? {}) as Record<string, unknown>;
  return {
    messenger: createPageMessenger<P>({
      post: (message) => editor.postMessage(message),
      listen: (listener) => window.addEventListener('message', (event: MessageEvent<ToPage>) => listener(event.data)),
    }),
    memory: { get: (key) => kept()[key], set: (key, value) => editor.setState({ ...kept(), [key]: value }) },
  };
}

/**
 * The transport of a web page: the same protocol, answered in the page itself by handlers that call the service.
 * `makeHandlers` gets the sender of events. Replies arrive asynchronously, as they do in an editor.
 */
export function connectInPage<P extends Protocol>(
  makeHandlers: (send: <E extends keyof P['events'] & string>(name: E, payload: P['events'][E]) => void) => Handlers<P>,
  codeOf: (error: unknown) => { code: string; message: string },
): PageMessenger<P> {
  const listeners: ((message: ToPage) => void)[] = [];
  const host = createHostMessenger<P>({
    post: (message) => queueMicrotask(() => listeners.forEach((listener) => void listener(message))),
    handlers: makeHandlers((name, payload) => host.send(name, payload)),
    codeOf,
  });
  return createPageMessenger<P>({
    post: (message) => host.receive(message),
    listen: (listener) => void listeners.push(listener),
  });
}
