import { expect, type Locator, type Page } from '@playwright/test';

/**
 * Waits for a notification by a part of its text. It is looked for in the list of all: an editor that tests may drive
 * shows no toasts.
 */
export async function notification(page: Page, text: string | RegExp): Promise<Locator> {
  const center = page.locator('.notifications-center');
  const found = center.locator('.notification-list-item').filter({ hasText: text });
  await expect(async () => {
    if (!(await center.isVisible())) await page.locator('[id="status.notifications"]').click();
    await expect(found).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 40_000 });
  return found;
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
