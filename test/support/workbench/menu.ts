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
    await this.item(title).click();
    await expect(this.items).toHaveCount(0);
  }

  async titles(): Promise<readonly string[]> {
    await expect(this.items.first()).toBeVisible();
    return (await this.items.allInnerTexts()).map((text) => text.trim());
  }
}
