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
    await expect(found).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
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

  /** Presses a button, and waits until the keyboard is where it was before the question. */
  async choose(button: string): Promise<void> {
    await this.box.getByRole('button', { name: button, exact: true }).click();
    await expect(this.box).toBeHidden();
  }

  /** Presses the button that the keyboard is on, once that is this one. */
  async accept(button: string): Promise<void> {
    await expect(this.box.getByRole('button', { name: button, exact: true })).toBeFocused();
    await this.box.page().keyboard.press('Enter');
    await expect(this.box).toBeHidden();
  }
}
