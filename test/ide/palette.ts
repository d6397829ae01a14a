import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { until } from '../lib/wait.ts';
import { bestMatch } from './match.ts';

export interface QuickPickEntry {
  readonly label: string;
  readonly description: string | undefined;
  readonly detail: string | undefined;
  /** 'true' or 'false' in a list of many, else undefined. */
  readonly checked: string | undefined;
  readonly buttons: readonly string[];
}

/** The quick pick and the command palette. */
export function createPalette(page: Page) {
  const picker = page.locator('.quick-input-widget:visible');
  const rows = picker.locator('.quick-input-list .monaco-list-row');

  async function type(text: string): Promise<void> {
    await picker.locator('.quick-input-filter input').fill(text);
    await sleep(150);
  }

  /** Entries on screen; a long list draws only what fits. Empty when no quick pick is open. */
  async function entries(): Promise<QuickPickEntry[]> {
    if ((await picker.count()) === 0) return [];
    return rows.evaluateAll((elements) =>
      elements.map((row) => {
        const text = (selector: string) => row.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() || undefined;
        const buttons = row.querySelectorAll('.quick-input-list-entry-action-bar .action-label');
        return {
          label: text('.quick-input-list-row .label-name') ?? text('.label-name') ?? row.getAttribute('aria-label') ?? '',
          description: text('.label-description'),
          detail: text('.quick-input-list-label-meta') ?? text('.quick-input-list-rows > :nth-child(2)'),
          checked: row.querySelector('.quick-input-list-checkbox, .monaco-checkbox')?.getAttribute('aria-checked') ?? undefined,
          buttons: [...buttons].map((button) => button.getAttribute('aria-label') ?? ''),
        };
      }),
    );
  }
  const labels = async () => (await entries()).map((entry) => entry.label);

  /** Clicks the entry that fits best, or one of its buttons. */
  async function pick(label: string, button?: string): Promise<void> {
    const position = await until(
      async () => bestMatch(await labels(), label) + 1,
      8_000,
      async () => `no entry "${label}" in the quick pick; there are: ${(await labels()).join(', ') || 'none'}`,
    );
    const row = rows.nth(position - 1);
    await row.hover();
    if (button === undefined) await row.click();
    else await row.locator(`.quick-input-list-entry-action-bar .action-label[aria-label="${button}"]`).click();
  }

  /** Opened afresh until the entry is there: an open list does not notice an extension that registers a moment later. */
  async function choose(prefix: string, title: string): Promise<void> {
    const isListed = async () => {
      if (await picker.count()) await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      await picker.waitFor({ timeout: 5_000 });
      await type(prefix + title);
      return bestMatch(await labels(), title) >= 0;
    };
    await until(isListed, 20_000, async () => `no "${title}"; the list has: ${(await labels()).join(', ') || 'nothing'}`);
    await pick(title);
  }

  return {
    typeQuickPick: type,
    quickPick: entries,
    pick,
    /** Presses the OK button of a quick pick that takes many, or Enter in one that has none. */
    async acceptQuickPick(): Promise<void> {
      const button = picker.locator('.quick-input-action .monaco-button:visible');
      if (await button.count()) await button.first().click();
      else await page.keyboard.press('Enter');
    },
    quickPickTitle: async () =>
      (
        await picker
          .locator('.quick-input-title')
          .textContent()
          .catch(() => '')
      )?.trim() ?? '',
    /** Runs a command by its palette title, "Category: Title" or just the title. */
    runCommand: (title: string) => choose('>', title),
    /** Shows and focuses a view by its title, in whatever container it is. */
    async openView(title: string): Promise<void> {
      await choose('view ', title);
      await sleep(300);
    },
  };
}
