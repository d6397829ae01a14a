import { describe, expect, it } from 'vitest';
import { detailHandlers } from './detail-handlers-core.ts';
import { insightsHandlers } from './insights-handlers-core.ts';

const signal = new AbortController().signal;

function recorder<T extends object>(): { actions: T; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const actions = new Proxy({} as T, {
    get:
      (_, name) =>
      async (...args: unknown[]) => {
        calls.push([name, ...args]);
      },
  });
  return { actions, calls };
}

describe('handlers of the detail screen', () => {
  it('pass parsed parameters on', async () => {
    const { actions, calls } = recorder<Parameters<typeof detailHandlers>[0]>();
    const handlers = detailHandlers(actions);
    await handlers.install(undefined, signal);
    await handlers.openAgent({ name: '@acme/tool' }, signal);
    await handlers.openEvidence({ path: 'hooks/hooks.json', line: 3 }, signal);
    await handlers.openLink({ url: 'https://example.com/a' }, signal);
    expect(calls).toEqual([
      ['install'],
      ['openAgent', '@acme/tool'],
      ['openEvidence', 'hooks/hooks.json', 3],
      ['openLink', 'https://example.com/a'],
    ]);
  });

  it.each([
    ['openAgent', { name: 'acme' }],
    ['openAgent', undefined],
    ['openEvidence', { path: '', line: 1 }],
    ['openEvidence', { path: 'a', line: 0 }],
    ['openLink', { url: 'command:workbench.action.quit' }],
    ['openLink', { url: 'file:///etc/passwd' }],
    ['openLink', { url: 'javascript:alert(1)' }],
    ['openLink', { url: 'vscode://x/y' }],
  ] as const)('refuse %s with %j and do nothing', async (method, params) => {
    const { actions, calls } = recorder<Parameters<typeof detailHandlers>[0]>();
    const run = async () => detailHandlers(actions)[method](params, signal);
    await expect(run()).rejects.toMatchObject({ code: 'invalid_request' });
    expect(calls).toEqual([]);
  });
});

describe('handlers of the Insights screen', () => {
  it('accept the known periods and commands only', async () => {
    const { actions, calls } = recorder<Parameters<typeof insightsHandlers>[0]>();
    const handlers = insightsHandlers(actions);
    await handlers.select({ agent: '@acme/tool', days: 7 }, signal);
    await handlers.runCommand({ command: 'browse' }, signal);
    expect(calls).toEqual([
      ['select', { agent: '@acme/tool', days: 7 }],
      ['run', 'browse'],
    ]);
    await expect(handlers.select({ days: 8 }, signal)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(handlers.runCommand({ command: 'workbench.action.quit' }, signal)).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
