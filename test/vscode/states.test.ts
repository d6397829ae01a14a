import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ide, type IdeOptions, openIde } from '../ide/open.ts';
import { ROOT } from '../lib/paths.ts';
import { freePort } from '../lib/run.ts';
import { type Service, startService } from '../lib/service.ts';
import { removeTempFolder } from '../lib/temp.ts';
import { until } from '../lib/wait.ts';
import { makeWorkspace } from './workspace.ts';

const vsix = join(ROOT, 'dist/coditect-agents.vsix');

async function withIde(options: IdeOptions, work: (ide: Ide) => Promise<void>): Promise<void> {
  const ide = await openIde({ vsix, ...options });
  try {
    await work(ide);
  } finally {
    await ide.close();
  }
}

const labels = async (ide: Ide) => (await ide.treeRows('Marketplace')).map((row) => row.label);

describe('states of the extension', () => {
  let service: Service;
  let folder = '';

  beforeAll(async () => {
    service = await startService();
    folder = makeWorkspace();
  });
  afterAll(async () => {
    await service?.dispose();
    removeTempFolder(folder);
  });

  it('without a folder: can browse, says that a folder is needed to install', async () => {
    await withIde({ settings: { 'coditect.serviceUrl': service.url } }, async (ide) => {
      await ide.openView('Marketplace');
      await until(
        async () => (await labels(ide)).includes('Featured'),
        15_000,
        async () => `rows: ${await labels(ide)}`,
      );
      expect(await ide.welcomeText('Installed')).toContain('Agents are installed into a folder');
      await ide.screenshot('vscode-no-folder-dark');
    });
  });

  it('in an untrusted folder: can browse, refuses to install and says why', async () => {
    const settings = { 'coditect.serviceUrl': service.url, 'security.workspace.trust.startupPrompt': 'never' };
    await withIde({ folder, settings, isTrustAsked: true }, async (ide) => {
      await ide.openView('Marketplace');
      await until(
        async () => (await labels(ide)).includes('Featured'),
        15_000,
        async () => `rows: ${await labels(ide)}`,
      );
      expect(await ide.welcomeText('Installed')).toContain('restricted mode');
      await ide.runCommand('CODITECT: Install Agent');
      const isTold = async () => (await ide.notifications()).some((toast) => toast.message.includes('restricted mode'));
      await until(isTold, 8_000, async () => JSON.stringify(await ide.notifications()));
      await ide.screenshot('vscode-untrusted-dark');
    });
  });

  it('a service that is down at start and comes back: says which address, recovers without a reload; then offline with what was seen', async () => {
    const port = await freePort();
    const settings = { 'coditect.serviceUrl': `http://127.0.0.1:${port}` };
    let late: Service | undefined;
    await withIde({ folder, settings, theme: 'light' }, async (ide) => {
      await ide.openView('Marketplace');
      const isTold = async () => (await labels(ide)).some((label) => label.includes(`127.0.0.1:${port}`));
      await until(isTold, 15_000, async () => `rows: ${await labels(ide)}`);
      await ide.screenshot('vscode-unreachable-light');
      expect(await ide.notifications()).toEqual([]); // a tree row says it, not a pop-up
      late = await startService({ port });
      const upAt = Date.now();
      await until(
        async () => (await labels(ide)).includes('Featured'),
        45_000,
        async () => `rows: ${await labels(ide)}`,
      );
      console.log(`the Marketplace recovered ${Date.now() - upAt} ms after the service was ready`);
      await late.stop();
      await ide.viewAction('Marketplace', 'Refresh');
      const isOffline = async () => {
        const rows = await labels(ide);
        return rows.some((label) => label.startsWith('Offline')) && rows.includes('Featured');
      };
      await until(isOffline, 15_000, async () => `rows: ${await labels(ide)}`);
      await ide.screenshot('vscode-offline-light');
    }).finally(() => late?.dispose());
  });
});
