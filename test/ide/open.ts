import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Keyboard, Page } from 'playwright-core';
import { launchChromium } from '../lib/chromium.ts';
import { OUT } from '../lib/paths.ts';
import { until } from '../lib/wait.ts';
import { type Editor, startEditor } from './editor.ts';
import { createMessages } from './messages.ts';
import { createPalette } from './palette.ts';
import { createTrees } from './trees.ts';
import { createWebviews } from './webviews.ts';

const THEMES = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  hc: 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
} as const;
export type ThemeName = keyof typeof THEMES;

/** No welcome page, no chat side bar, no pop-up of the editor's own: what is left on screen is the extension's. */
const QUIET: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'update.mode': 'none',
  'extensions.ignoreRecommendations': true,
  'extensions.autoUpdate': 'off',
  'git.enabled': false,
  'window.menuBarVisibility': 'compact',
  'editor.accessibilitySupport': 'off',
  'telemetry.telemetryLevel': 'all',
  'workbench.reduceMotion': 'on', // else a picture may show a half faded picker
  'files.autoSave': 'off', // as on the desktop; in a browser the default is to save by itself
  // what is typed stays as typed
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.quickSuggestions': { strings: 'off', other: 'off', comments: 'off' },
  // else settings, running extensions and others open over the workbench and swallow F1
  'workbench.editor.useModal': 'off',
};

export interface IdeOptions {
  readonly vsix?: string;
  /** Absent: an empty window. */
  readonly folder?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: ThemeName;
  readonly size?: { readonly width: number; readonly height: number };
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly isTrustAsked?: boolean;
}

export type Ide = Awaited<ReturnType<typeof openIde>>;

/** Starts the editor with one extension and opens it in Chromium. The caller awaits `close()`, also after a failure. */
export async function openIde(options: IdeOptions = {}) {
  let generation = 0;
  const theme = THEMES[options.theme ?? 'dark'];
  const trust = { 'security.workspace.trust.enabled': options.isTrustAsked ?? false };
  let settings = { ...QUIET, ...trust, 'window.title': titleOf(0), 'workbench.colorTheme': theme, ...options.settings };
  const editor = await startEditor({ ...options, settings });
  const browser = await launchChromium();
  const close = async () => {
    await browser.close().catch(() => {}); // it may have crashed: the editor must be stopped all the same
    await editor.stop();
  };
  try {
    const page = await browser.newPage({ viewport: options.size ?? { width: 1400, height: 1000 } });
    const consoleErrors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && consoleErrors.push(message.text()));
    page.on('pageerror', (error) => consoleErrors.push(String(error)));
    await page.goto(`${editor.url}/${options.folder ? `?folder=${encodeURIComponent(resolve(options.folder))}` : '?ew=true'}`);
    await page.locator('.part.statusbar .statusbar-item').first().waitFor({ timeout: 60_000 });
    await until(async () => (await page.title()) === titleOf(0), 30_000, 'the editor did not read its settings');
    const palette = createPalette(page);

    /** Changes user settings by editing them in the running editor: its file watcher does not see a change from outside. */
    async function set(changes: Readonly<Record<string, unknown>>): Promise<void> {
      const marker = titleOf(++generation);
      settings = { ...settings, ...changes, 'window.title': marker };
      await palette.runCommand('Preferences: Open User Settings (JSON)');
      await page.locator('.part.editor .editor-instance .view-lines').last().click({ timeout: 8_000 });
      await until(() => typeSettings(page, editor, JSON.stringify(settings)), 10_000, 'the settings could not be typed');
      await until(async () => (await page.title()) === marker, 10_000, 'the editor did not take the changed settings');
      await palette.runCommand('View: Close Editor');
    }

    return {
      ...palette,
      ...createTrees(page),
      ...createWebviews(page),
      ...createMessages(page),
      page,
      url: editor.url,
      base: editor.base,
      consoleErrors,
      close,
      set,
      /** By the theme picker, so that no tab is switched and webviews live on. */
      editFile: (file: string, keys: (keyboard: Keyboard) => Promise<void>) => editFile(page, palette, file, keys),
      setTheme: (name: ThemeName) => chooseTheme(palette, name),
      log: (name = 'exthost') => readLogs(editor, name),
      screenshot: (name: string) => saveScreenshot(page, name),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The window's title tells when settings were read: as many invisible characters at its end as there were changes. */
function titleOf(generation: number): string {
  return `shop${'\u2060'.repeat(generation)}`;
}

/** True when the file holds exactly the text: a selection over the whole file is now and then replaced only in part. */
async function typeSettings(page: Page, editor: Editor, text: string): Promise<boolean> {
  for (const key of ['Control+a', 'Delete']) await page.keyboard.press(key);
  await page.keyboard.insertText(text);
  await page.keyboard.press('Control+s');
  await sleep(300);
  return readFileSync(join(editor.user, 'User', 'settings.json'), 'utf8') === text;
}

/** Opens a file of the workspace, puts the cursor at its end, lets `keys` type, and saves. */
async function editFile(
  page: Page,
  palette: ReturnType<typeof createPalette>,
  file: string,
  keys: (keyboard: Keyboard) => Promise<void>,
): Promise<void> {
  await page.keyboard.press('Control+p');
  await palette.typeQuickPick(file);
  await palette.pick(basename(file));
  const tab = page.locator('.part.editor .tab.active').filter({ hasText: basename(file) });
  await tab.waitFor({ timeout: 8_000 });
  await page.locator('.part.editor .editor-instance .view-lines').last().click({ timeout: 8_000 });
  await page.keyboard.press('Control+End');
  await keys(page.keyboard);
  await until(async () => (await tab.getAttribute('class'))?.includes('dirty'), 5_000, `${file} did not change`);
  await page.keyboard.press('Control+s');
  await until(async () => !(await tab.getAttribute('class'))?.includes('dirty'), 5_000, `${file} was not saved`);
}

async function chooseTheme(palette: ReturnType<typeof createPalette>, name: ThemeName): Promise<void> {
  const label = { ...THEMES, hc: 'Dark High Contrast', 'hc-light': 'Light High Contrast' }[name];
  await palette.runCommand('Preferences: Color Theme');
  await palette.typeQuickPick(label);
  await palette.pick(label);
  await sleep(500);
}

/** Logs whose file name fits; an output channel made with `{log: true}` is a file there. */
function readLogs(editor: Editor, name: string): string {
  const files = globSync('**/*.log', { cwd: editor.user }).filter((file) => file.toLowerCase().includes(name.toLowerCase()));
  return files.map((file) => readFileSync(join(editor.user, file), 'utf8')).join('\n');
}

async function saveScreenshot(page: Page, name: string): Promise<string> {
  mkdirSync(OUT, { recursive: true });
  const path = join(OUT, `${name}.png`);
  await page.screenshot({ path });
  return path;
}
