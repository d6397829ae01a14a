import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { until } from '../lib/wait.ts';
import { bestMatch } from './match.ts';

export interface TreeRow {
  readonly index: number;
  readonly label: string;
  readonly description: string | undefined;
  readonly level: number;
  readonly expanded: boolean | undefined;
  /** What a screen reader says. */
  readonly aria: string | undefined;
  /** Labels of the inline actions. */
  readonly actions: readonly string[];
}

const PARTS = ':is(.part.sidebar, .part.auxiliarybar, .part.panel)';

/** Tree views in the side bar. */
export function createTrees(page: Page) {
  /** The pane of a view; a container with a single view has no pane header of its own. */
  async function pane(title: string): Promise<Locator> {
    const panes = page.locator(`${PARTS} .pane`);
    const titles = await panes.evaluateAll((all) =>
      all.map((each) => each.querySelector('.pane-header h3.title')?.textContent ?? ''),
    );
    const index = bestMatch(titles, title);
    if (index < 0 && titles.length !== 1)
      throw new Error(`no view "${title}" on screen; there are: ${titles.join(', ') || 'none'}`);
    return panes.nth(Math.max(index, 0));
  }

  /** Every row of a tree view: the list draws only what fits, so it is scrolled through. */
  async function treeRows(title: string): Promise<TreeRow[]> {
    const scope = await pane(title);
    const seen = new Map<number, TreeRow>();
    const list = scope.locator('.monaco-list').first();
    if ((await list.count()) === 0) return [];
    await list.hover().catch(() => {}); // an empty list has no height to hover
    await page.mouse.wheel(0, -1e6);
    await sleep(120);
    for (let before = -1; before !== seen.size; await page.mouse.wheel(0, 150), await sleep(60)) {
      before = seen.size;
      for (const row of await readRows(scope)) seen.set(row.index, row);
    }
    await page.mouse.wheel(0, -1e6);
    return [...seen.values()].sort((a, b) => a.index - b.index);
  }

  async function row(label: string, within?: string): Promise<Locator> {
    const scope = within === undefined ? page.locator(PARTS) : await pane(within);
    const all = scope.locator('.monaco-list-row');
    const texts = () =>
      all.evaluateAll((rows) => rows.map((each) => (each.querySelector('.label-name') ?? each).textContent?.trim() ?? ''));
    const position = await until(
      async () => bestMatch(await texts(), label) + 1,
      8_000,
      async () => `no row "${label}" on screen; there are: ${(await texts()).join(', ') || 'none'}`,
    );
    return all.nth(position - 1);
  }

  return {
    pane,
    treeRows,
    async clickRow(label: string, view?: string): Promise<void> {
      await (await row(label, view)).click();
    },
    /** Presses an inline action of a row, as with a mouse that hovers it. */
    async rowAction(label: string, action: string, view?: string): Promise<void> {
      const found = await row(label, view);
      await found.hover();
      const buttons = found.locator('.actions .action-label');
      const names = await buttons.evaluateAll((all) =>
        all.map((each) => each.getAttribute('aria-label') ?? (each as HTMLElement).title),
      );
      const index = bestMatch(names, action);
      if (index < 0) throw new Error(`row "${label}" has no action "${action}"; it has: ${names.join(', ') || 'none'}`);
      await buttons.nth(index).click();
    },
    /** Presses an action in the title bar of a view. */
    async viewAction(view: string, action: string): Promise<void> {
      const scope = await pane(view);
      await scope.locator('.pane-header').hover();
      const buttons = scope.locator('.pane-header .action-label');
      const names = await buttons.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
      const index = bestMatch(names, action);
      if (index < 0) throw new Error(`view "${view}" has no action "${action}"; it has: ${names.join(', ') || 'none'}`);
      await buttons.nth(index).click();
    },
    /** Text of the welcome content of an empty view, '' when there is none. */
    async welcomeText(view: string): Promise<string> {
      const texts = await (await pane(view)).locator('.welcome-view-content').allInnerTexts();
      return texts.join('\n').replace(/\s+/g, ' ').trim();
    },
  };
}

function readRows(scope: Locator): Promise<TreeRow[]> {
  return scope.locator('.monaco-list-row').evaluateAll((rows) =>
    rows.map((row) => {
      const text = (selector: string) => row.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() || undefined;
      const expanded = row.getAttribute('aria-expanded');
      return {
        index: Number((row as HTMLElement).dataset.index),
        label: text('.label-name') ?? text('.monaco-icon-label') ?? row.textContent?.trim() ?? '',
        description: text('.label-description'),
        level: Number(row.getAttribute('aria-level') ?? 1),
        expanded: expanded === null ? undefined : expanded === 'true',
        aria: row.getAttribute('aria-label') ?? undefined,
        actions: [...row.querySelectorAll<HTMLElement>('.actions .action-label')].map(
          (each) => each.getAttribute('aria-label') ?? each.title,
        ),
      };
    }),
  );
}
