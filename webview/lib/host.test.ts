import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Protocol } from '../../contract/webview/messenger.ts';
import { connectInPage, connectToEditor } from './host.ts';

interface Demo extends Protocol {
  readonly requests: {
    readonly double: { readonly params: { readonly value: number }; readonly result: number };
    readonly fail: { readonly params: undefined; readonly result: undefined };
  };
  readonly events: { readonly snapshot: string };
}
const codeOf = (error: unknown) => ({ code: 'internal', message: (error as Error).message });

describe('in a page', () => {
  const connect = () => {
    let send: (text: string) => void = () => {};
    const messenger = connectInPage<Demo>((sendEvent) => {
      send = (text) => sendEvent('snapshot', text);
      return {
        double: async (params) => (params as { value: number }).value * 2,
        fail: async () => {
          throw new Error('no luck');
        },
      };
    }, codeOf);
    return { messenger, send: (text: string) => send(text) };
  };

  it('answers requests by the handlers', async () => {
    await expect(connect().messenger.request('double', { value: 21 })).resolves.toBe(42);
  });
  it('turns a failure into its code and words', async () => {
    await expect(connect().messenger.request('fail', undefined)).rejects.toMatchObject({ code: 'internal', message: 'no luck' });
  });
  it('delivers events until the listener leaves', async () => {
    const { messenger, send } = connect();
    const heard: string[] = [];
    const leave = messenger.on('snapshot', (text) => heard.push(text));
    send('one');
    await Promise.resolve();
    leave();
    send('two');
    await Promise.resolve();
    expect(heard).toEqual(['one']);
  });
});

describe('in an editor', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('posts requests and takes replies from the window', async () => {
    const posted: unknown[] = [];
    vi.stubGlobal('acquireVsCodeApi', () => ({
      postMessage: (message: unknown) => posted.push(message),
      getState: () => undefined,
      setState: () => {},
    }));
    const { messenger } = connectToEditor<Demo>();
    const answer = messenger.request('double', { value: 2 });
    expect(posted).toEqual([{ kind: 'request', id: 1, method: 'double', params: { value: 2 } }]);
    window.dispatchEvent(new MessageEvent('message', { data: { kind: 'reply', id: 1, result: 4 } }));
    await expect(answer).resolves.toBe(4);
  });
  it('keeps what is remembered beside what the host keeps', () => {
    let kept: unknown = { agent: '@a/b' };
    vi.stubGlobal('acquireVsCodeApi', () => ({
      postMessage: () => {},
      getState: () => kept,
      setState: (state: unknown) => {
        kept = state;
      },
    }));
    const { memory } = connectToEditor<Demo>();
    memory.set('tab', 'versions');
    expect(kept).toEqual({ agent: '@a/b', tab: 'versions' });
    expect(memory.get('tab')).toBe('versions');
  });
  it('says so outside of one', () => {
    expect(() => connectToEditor<Demo>()).toThrow('only inside an editor');
  });
});
