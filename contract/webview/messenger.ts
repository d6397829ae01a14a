/**
 * One typed transport between a webview and its extension host.
 * The page sends requests and awaits replies; the host sends events that carry whole snapshots, never deltas.
 */
export interface Protocol {
  /** Page to host: name to parameters and result. */
  readonly requests: Record<string, { readonly params: unknown; readonly result: unknown }>;
  /** Host to page: name to payload. */
  readonly events: Record<string, unknown>;
}

export interface RequestMessage {
  readonly kind: 'request';
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}
export interface AbortMessage {
  readonly kind: 'abort';
  readonly id: number;
}
export type ReplyMessage =
  | { readonly kind: 'reply'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly code: string; readonly message: string };
export interface EventMessage {
  readonly kind: 'event';
  readonly name: string;
  readonly payload: unknown;
}
export type ToHost = RequestMessage | AbortMessage;
export type ToPage = ReplyMessage | EventMessage;

/** A request failed: `code` is from contract/errors.ts, or one of the transport's own (`timeout`, `closed`). */
export class MessageError extends Error {
  override readonly name = 'MessageError';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface PageMessenger<P extends Protocol> {
  request<M extends keyof P['requests'] & string>(
    method: M,
    params: P['requests'][M]['params'],
    options?: { signal?: AbortSignal; timeoutMs?: number },
  ): Promise<P['requests'][M]['result']>;
  on<E extends keyof P['events'] & string>(name: E, listener: (payload: P['events'][E]) => void): () => void;
}

/** The page's end. `post` sends to the host, `listen` subscribes to what it sends. */
export function createPageMessenger<P extends Protocol>(port: {
  post(message: ToHost): void;
  listen(listener: (message: ToPage) => void): void;
}): PageMessenger<P> {
  let lastId = 0;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const listeners = new Map<string, Set<(payload: never) => void>>();

  port.listen((message) => {
    if (message.kind === 'event') {
      for (const listener of listeners.get(message.name) ?? []) listener(message.payload as never);
      return;
    }
    const entry = waiting.get(message.id);
    if (entry === undefined) return;
    if (message.kind === 'reply') entry.resolve(message.result);
    else entry.reject(new MessageError(message.code, message.message));
  });

  return {
    request(method, params, options = {}) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const stop = (error: unknown) => {
          port.post({ kind: 'abort', id });
          finish(() => reject(error));
        };
        const timer = setTimeout(() => stop(new MessageError('timeout', `${method} took too long`)), options.timeoutMs ?? 60_000);
        const onAbort = () => stop(options.signal?.reason);
        const finish = (settle: () => void) => {
          clearTimeout(timer);
          options.signal?.removeEventListener('abort', onAbort);
          waiting.delete(id);
          settle();
        };
        options.signal?.addEventListener('abort', onAbort, { once: true });
        waiting.set(id, {
          resolve: (value) => finish(() => resolve(value as never)),
          reject: (error) => finish(() => reject(error)),
        });
        port.post({ kind: 'request', id, method, params });
      });
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as (payload: never) => void));
      return () => set.delete(listener as (payload: never) => void);
    },
  };
}

/** Handlers of a surface: one for each request of its protocol, parsing its own parameters. */
export type Handlers<P extends Protocol> = {
  [M in keyof P['requests'] & string]: (params: unknown, signal: AbortSignal) => Promise<P['requests'][M]['result']>;
};

export interface HostMessenger<P extends Protocol> {
  send<E extends keyof P['events'] & string>(name: E, payload: P['events'][E]): void;
  /** Feed every message that the webview posts. Foreign shapes are ignored: third-party text is rendered there. */
  receive(message: unknown): void;
  dispose(): void;
}

/** The host's end. `codeOf` turns a thrown value into the code and text the page may see. */
export function createHostMessenger<P extends Protocol>(options: {
  post(message: ToPage): void;
  handlers: Handlers<P>;
  codeOf(error: unknown): { code: string; message: string };
}): HostMessenger<P> {
  const running = new Map<number, AbortController>();

  async function run(message: RequestMessage): Promise<void> {
    const controller = new AbortController();
    running.set(message.id, controller);
    try {
      const handler = Object.hasOwn(options.handlers, message.method) ? options.handlers[message.method] : undefined;
      if (handler === undefined) throw new MessageError('unknown_request', `no handler for ${message.method}`);
      const result = await handler(message.params, controller.signal);
      if (!controller.signal.aborted) options.post({ kind: 'reply', id: message.id, result });
    } catch (error) {
      if (!controller.signal.aborted) options.post({ kind: 'error', id: message.id, ...options.codeOf(error) });
    } finally {
      running.delete(message.id);
    }
  }

  return {
    send: (name, payload) => options.post({ kind: 'event', name, payload }),
    receive(message) {
      if (isRequest(message)) void run(message);
      else if (isAbort(message)) running.get(message.id)?.abort(new MessageError('closed', 'cancelled by the page'));
    },
    dispose() {
      for (const controller of running.values()) controller.abort(new MessageError('closed', 'the panel was closed'));
      running.clear();
    },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
function isRequest(value: unknown): value is RequestMessage {
  return isObject(value) && value.kind === 'request' && typeof value.id === 'number' && typeof value.method === 'string';
}
function isAbort(value: unknown): value is AbortMessage {
  return isObject(value) && value.kind === 'abort' && typeof value.id === 'number';
}
