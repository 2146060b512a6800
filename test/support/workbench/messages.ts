import type { Locator, Page } from '@playwright/test';

/** A notification by a part of its text. */
export function notification(page: Page, text: string | RegExp): Locator {
  return page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
}

/** Any notification at all. */
export function notifications(page: Page): Locator {
  return page.locator('.notifications-toasts .notification-list-item');
}

/** The modal question that is open. */
export class Dialog {
  readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  get message(): Locator {
    return this.box.locator('.dialog-message-text');
  }

  get detail(): Locator {
    return this.box.locator('.dialog-message-detail');
  }

  async choose(button: string): Promise<void> {
    await this.box.getByRole('button', { name: button, exact: true }).click();
  }
}
