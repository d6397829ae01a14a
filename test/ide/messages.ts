import type { Page } from 'playwright-core';

export interface Toast {
  readonly severity: string | undefined;
  readonly message: string;
  readonly actions: readonly string[];
}

export interface Dialog {
  readonly message: string;
  readonly detail: string | undefined;
  readonly buttons: readonly string[];
}

/** Notifications, modal dialogs and the buttons of welcome views. */
export function createMessages(page: Page) {
  return {
    notifications: (): Promise<Toast[]> =>
      page.locator('.notifications-toasts .notification-list-item').evaluateAll((items) =>
        items.map((item) => ({
          severity: /codicon-(error|warning|info)/.exec(item.querySelector('.notification-list-item-icon')?.className ?? '')?.[1],
          message: item.querySelector('.notification-list-item-message')?.textContent?.trim() ?? '',
          actions: [...item.querySelectorAll('.notification-list-item-buttons-container .monaco-button')].map(
            (button) => button.textContent?.trim() ?? '',
          ),
        })),
      ),
    async dialog(): Promise<Dialog | undefined> {
      const found = await page.locator('.monaco-dialog-box').evaluateAll((boxes) =>
        boxes.map((box) => ({
          message: box.querySelector('.dialog-message')?.textContent?.trim() ?? '',
          detail: box.querySelector('.dialog-message-detail')?.textContent?.trim(),
          buttons: [...box.querySelectorAll('.dialog-buttons .monaco-button')].map((button) => button.textContent?.trim() ?? ''),
        })),
      );
      return found[0];
    },
    /** Presses a button of a toast, a dialog or a welcome view by its words. */
    async press(text: string): Promise<void> {
      const buttons = page.locator(
        '.monaco-dialog-box .monaco-button, .notifications-toasts .monaco-button, .welcome-view .monaco-button',
      );
      await buttons.filter({ hasText: text }).first().click({ timeout: 8_000 });
    },
    async clearNotifications(): Promise<void> {
      const close = page.locator('.notifications-toasts .codicon-notifications-clear');
      while (await close.count())
        await close
          .first()
          .click({ timeout: 1_000 })
          .catch(() => {});
    },
  };
}
