import { expect, type Locator, type Page } from '@playwright/test';

/** An open context menu. */
export class Menu {
  readonly items: Locator;

  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.items = page.locator('.monaco-menu').getByRole('menuitem');
  }

  item(title: string | RegExp): Locator {
    return this.items.filter({ hasText: title }).first();
  }

  async choose(title: string | RegExp): Promise<void> {
    const item = this.item(title);
    await expect(item).toBeVisible();
    // The editor ignores clicks on a menu that has just opened.
    await expect(async () => {
      if ((await this.items.count()) > 0) await item.click({ timeout: 5_000 });
      await expect(this.items).toHaveCount(0, { timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
  }

  /** Moves to an item by keyboard; keys are lost until the menu has the focus. */
  async moveTo(title: string): Promise<void> {
    const item = this.#page.getByRole('menuitem', { name: title });
    await expect(item).toBeVisible();
    await expect(async () => {
      await this.#page.keyboard.press('ArrowUp');
      await expect(item).toBeFocused({ timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
  }

  async titles(): Promise<readonly string[]> {
    await expect(this.items.first()).toBeVisible();
    return (await this.items.allInnerTexts()).map((text) => text.trim());
  }
}
