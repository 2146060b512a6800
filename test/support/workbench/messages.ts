import { expect, type Locator, type Page } from '@playwright/test';

/**
 * Waits for a notification by a part of its text. Searches the notification list, because an editor under test shows no
 * toasts.
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

/** The open modal dialog. */
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

  /** Presses a button and waits until the focus is where it was before the dialog. */
  async choose(button: string): Promise<void> {
    await this.box.getByRole('button', { name: button, exact: true }).click();
    await expect(this.box).toBeHidden();
  }

  /** Waits until this button has the focus and presses it. */
  async accept(button: string): Promise<void> {
    await expect(this.box.getByRole('button', { name: button, exact: true })).toBeFocused();
    await this.box.page().keyboard.press('Enter');
    await expect(this.box).toBeHidden();
  }
}
