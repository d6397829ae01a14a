import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../installer/engine.ts';
import type { InstallPlan } from '../../installer/install-plan.ts';
import { nodePorts } from '../../installer/node-ports.ts';
import { type Ide, openIde, type ThemeName } from '../ide/open.ts';
import { ROOT } from '../lib/paths.ts';
import { type Service, startService } from '../lib/service.ts';
import { makeTempFolder, removeTempFolder } from '../lib/temp.ts';
import { diffTrees, hashTree, readTree } from '../lib/tree.ts';
import { until } from '../lib/wait.ts';
import { readInstalls, sendHistory } from './usage-history.ts';
import { makeWorkspace } from './workspace.ts';

const AGENT = '@coditect/review-board';
const TITLE = 'Review Board';
const HOSTS = ['claude-code', 'vscode'] as const;

/** One session of one user, step after step: each test goes on where the last one ended. */
describe('the whole path in a real VS Code', () => {
  let service: Service;
  let ide: Ide;
  let folder = '';
  let before: ReadonlyMap<string, string>;
  let expected: { plan: InstallPlan; tree: ReadonlyMap<string, string> };
  let installedAt = 0;
  let others = 0;
  let hasFailed = false;

  beforeAll(async () => {
    service = await startService();
    others = await sendHistory(service, AGENT);
    folder = makeWorkspace();
    before = readTree(folder);
    expected = await installByEngine(service, folder);
    const settings = { 'coditect.serviceUrl': service.url };
    ide = await openIde({ vsix: join(ROOT, 'dist/coditect-agents.vsix'), folder, settings });
  });
  afterAll(async () => {
    await ide?.close();
    await service?.dispose();
    removeTempFolder(folder);
  });

  beforeEach(({ skip }) => {
    if (hasFailed) skip('an earlier step failed');
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    hasFailed = true;
    await ide.screenshot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
  });

  const detail = () => ide.frameWith(`h1:has-text("${TITLE}")`);
  const insights = () => ide.frameWith('main.insights');
  const tree = () => readTree(folder);

  it('shows featured agents and categories behind the icon in the activity bar', async () => {
    await ide.page.locator('.part.activitybar .action-label[aria-label*="CODITECT Agents"]').click();
    const labels = await until(
      async () => {
        const rows = (await ide.treeRows('Marketplace')).map((row) => row.label);
        return rows.length > 3 && rows;
      },
      15_000,
      'the Marketplace stayed empty',
    );
    expect(labels).toEqual(expect.arrayContaining(['Featured', 'Categories']));
    await ide.screenshot('vscode-marketplace-dark');
  });

  it('finds agents while typing, typos forgiven', async () => {
    await ide.viewAction('Marketplace', 'Search Agents');
    for (const words of ['review', 'reveiw bord']) {
      await ide.typeQuickPick(words);
      await until(async () => (await ide.quickPick()).some((entry) => entry.label === TITLE), 5_000, `nothing for "${words}"`);
    }
    await ide.screenshot('vscode-search-dark');
  });

  it('opens the agent’s page: README, what it can do with its evidence, versions', async () => {
    await ide.pick(TITLE);
    const page = await detail();
    await page.getByRole('heading', { name: TITLE }).first().waitFor();
    await page.getByRole('tab', { name: 'What it can do' }).click();
    await page
      .getByText(/read files in the workspace/i)
      .first()
      .waitFor();
    await page
      .getByRole('button', { name: /agents\/.+\.md/ })
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByText('1.0.0').first().waitFor();
    await page.getByRole('tab', { name: 'README' }).click();
    await ide.screenshot('vscode-detail-dark');
  });

  it('asks for hosts, shows what it will do, and installs for both', async () => {
    await (await detail()).getByRole('button', { name: 'Install', exact: true }).click();
    await until(async () => (await ide.quickPickTitle()) === `Install ${TITLE}`, 10_000, 'hosts were not asked for');
    const entries = await ide.quickPick();
    expect(entries.map((entry) => entry.label)).toEqual(expect.arrayContaining(['Claude Code', 'VS Code']));
    for (const entry of entries) {
      const isWanted = ['Claude Code', 'VS Code'].includes(entry.label);
      if ((entry.checked === 'true') !== isWanted) await ide.pick(entry.label);
    }
    await ide.acceptQuickPick();
    await until(
      async () => /^Install Review Board 1\.0\.0/.test(await ide.quickPickTitle()),
      10_000,
      'consent was not asked for',
    );
    const lines = (await ide.quickPick()).map((entry) => entry.label).join('\n');
    expect(lines).toMatch(/read files/i);
    expect(diffTrees(before, tree())).toEqual([]); // nothing was written before the answer
    await ide.screenshot('vscode-consent-dark');
    await ide.pick('Install');
    await until(
      async () => (await ide.notifications()).some((toast) => toast.message.includes('is ready in')),
      20_000,
      async () => JSON.stringify(await ide.notifications()),
    );
    installedAt = Date.now();
  });

  it('shows the new install in the Insights chart within five seconds', async () => {
    await ide.openView('Insights');
    const isShown = async () => numberOf(await (await insights()).locator('.numbers').textContent()) === others + 1;
    await until(isShown, 15_000, async () => `${await (await insights()).locator('body').textContent()}`);
    const waitedMs = Date.now() - installedAt;
    console.log(`the install was in the Insights view after ${waitedMs} ms (limit 5000)`);
    expect(await readInstalls(service, AGENT)).toBe(others + 1);
    expect(waitedMs).toBeLessThan(5_000);
  });

  it('wrote exactly the files of the plan, the same bytes as the engine by itself', () => {
    const changed = diffTrees(before, tree()).filter((line) => !line.endsWith('/'));
    const planned = new Set(expected.plan.files.map((file) => file.path));
    expect(planned.size).toBeGreaterThan(3);
    for (const path of planned)
      expect(
        changed.some((line) => line.endsWith(` ${path}`)),
        path,
      ).toBe(true);
    expect(diffTrees(expected.tree, tree())).toEqual([]);
  });

  it('recorded version, checksum, hosts and every file in agents.lock.json', () => {
    const lock = JSON.parse(readFileSync(join(folder, 'agents.lock.json'), 'utf8'));
    const entry = lock.agents[AGENT];
    expect(entry).toMatchObject({ version: expected.plan.version, integrity: expected.plan.integrity, hosts: [...HOSTS] });
    expect(entry.files).toHaveLength(expected.plan.files.length);
  });

  it('lists it under both hosts in the Installed view', async () => {
    const rows = await until(
      async () => {
        const all = await ide.treeRows('Installed');
        return all.filter((row) => row.label === TITLE).length === 2 && all;
      },
      10_000,
      async () => `rows: ${JSON.stringify((await ide.treeRows('Installed')).map((row) => row.label))}`,
    );
    expect(rows.map((row) => row.label)).toEqual(expect.arrayContaining(['Claude Code', 'VS Code']));
    expect(rows.find((row) => row.label === TITLE)?.description).toContain('1.0.0');
  });

  it('has no accessibility finding in page and Insights, in four themes', async () => {
    for (const theme of ['light', 'hc', 'hc-light', 'dark'] as readonly ThemeName[]) {
      await ide.setTheme(theme);
      await ide.clearNotifications();
      for (const frame of [await detail(), await insights()]) expect(await ide.violationsIn(frame), theme).toEqual([]);
      await resetBackground(await detail());
      await resetBackground(await insights());
      await ide.screenshot(`vscode-installed-${theme}`);
    }
  });

  it('shows an edited file as drift, and the way back', async () => {
    const file = expected.plan.files.find((each) => each.kind === 'file' && each.hosts.includes('claude-code'))?.path ?? '';
    const original = readFileSync(join(folder, file));
    await ide.editFile(file, (keyboard) => keyboard.insertText('My own line.'));
    expect(readFileSync(join(folder, file), 'utf8')).toContain('My own line.');
    const isEdited = async () => (await ide.treeRows('Installed')).some((row) => row.description?.includes('edited'));
    await until(isEdited, 15_000, async () => JSON.stringify(await ide.treeRows('Installed')));
    await ide.screenshot('vscode-drift-dark');
    await ide.editFile(file, async (keyboard) => {
      for (const key of ['Shift+Home', 'Delete']) await keyboard.press(key);
    });
    expect(readFileSync(join(folder, file)).equals(original)).toBe(true);
    await until(async () => !(await isEdited()), 15_000, 'the drift stayed after the file was put back');
    await ide.runCommand('View: Close Editor');
  });

  it('removes it without a trace: the workspace is byte-identical to before', async () => {
    await ide.rowAction(TITLE, 'Remove', 'Installed');
    await until(async () => (await ide.quickPickTitle()) === `Remove ${TITLE}`, 10_000, 'it was not asked from which hosts');
    await ide.acceptQuickPick();
    await until(
      async () => (await ide.notifications()).some((toast) => toast.message.includes('was removed')),
      15_000,
      async () => JSON.stringify(await ide.notifications()),
    );
    expect(diffTrees(before, tree())).toEqual([]);
    console.log(`workspace before ${hashTree(before).slice(0, 16)}, after ${hashTree(tree()).slice(0, 16)}`);
    expect(hashTree(tree())).toBe(hashTree(before));
    await until(
      async () => (await ide.welcomeText('Installed')).includes('No agents are installed'),
      5_000,
      'the view is not empty',
    );
  });

  it('logged no error of ours on the way', () => {
    const ours = /coditect/i;
    expect(ide.consoleErrors.filter((text) => ours.test(text))).toEqual([]);
    const log = ide.log('exthost').split('\n');
    expect(log.filter((line) => /\[error\]/.test(line) && ours.test(line))).toEqual([]);
  });
});

/** What the engine alone makes of a copy of the workspace. */
async function installByEngine(
  service: Service,
  folder: string,
): Promise<{ plan: InstallPlan; tree: ReadonlyMap<string, string> }> {
  const base = makeTempFolder('engine');
  const workspaceRoot = join(base, 'workspace');
  cpSync(folder, workspaceRoot, { recursive: true });
  const engine = createEngine({ ports: nodePorts(), serviceUrl: service.url, workspaceRoot, userDir: join(base, 'user') });
  const plan = await engine.planInstall({ agent: AGENT, hosts: HOSTS });
  await engine.apply(plan);
  const tree = readTree(workspaceRoot);
  removeTempFolder(base);
  return { plan, tree };
}

/** The first number of a text such as "1,204 installs +12 %". */
function numberOf(text: string | null): number {
  return Number(/([\d,.]+)\s*installs/.exec((text ?? '').replace(/\s+/g, ' '))?.[1]?.replace(/[,.]/g, '') ?? Number.NaN);
}

/** Takes away the colour that the accessibility check put behind the webview. */
async function resetBackground(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    document.documentElement.style.backgroundColor = '';
  });
}
