import { expect, type Locator, type Page } from '@playwright/test';

/** An open context menu. */
export class Menu {
  readonly items: Locator;

  constructor(page: Page) {
    this.items = page.locator('.monaco-menu').getByRole('menuitem');
  }

  item(title: string | RegExp): Locator {
    return this.items.filter({ hasText: title }).first();
  }

  async choose(title: string | RegExp): Promise<void> {
    // The editor takes no click on a menu that has only just opened.
    await expect(async () => {
      if ((await this.items.count()) > 0) await this.item(title).click({ timeout: 2_000 });
      await expect(this.items).toHaveCount(0, { timeout: 2_000 });
    }).toPass({ timeout: 40_000 });
  }

  async titles(): Promise<readonly string[]> {
    await expect(this.items.first()).toBeVisible();
    return (await this.items.allInnerTexts()).map((text) => text.trim());
  }
}
