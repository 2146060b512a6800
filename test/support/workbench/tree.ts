import { expect, type Locator, type Page } from '@playwright/test';
import { Menu } from './menu.ts';

/** Rows of a view in the side bar, by their accessible names. */
export class Tree {
  readonly root: Locator;

  readonly #page: Page;

  constructor(page: Page, root: Locator) {
    this.#page = page;
    this.root = root;
  }

  get rows(): Locator {
    return this.root.getByRole('treeitem');
  }

  row(name: string | RegExp): Locator {
    return this.root.getByRole('treeitem', { name }).first();
  }

  /** The row at an index of the whole list, from 0; the order of the elements may differ from that of the rows. */
  at(index: number): Locator {
    return this.root.locator(`[role="treeitem"][data-index="${index}"]`);
  }

  async expand(name: string | RegExp): Promise<void> {
    await this.#unfold(name, true);
  }

  async collapse(name: string | RegExp): Promise<void> {
    await this.#unfold(name, false);
  }

  async #unfold(name: string | RegExp, open: boolean): Promise<void> {
    const row = this.row(name);
    await row.click();
    // The click itself expands or collapses the row.
    await expect(async () => {
      if ((await row.getAttribute('aria-expanded')) === String(!open))
        await row.press(open ? 'ArrowRight' : 'ArrowLeft');
      await expect(row).toHaveAttribute('aria-expanded', String(open), { timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
  }

  /** Moves the focus with keys; retries, because keys are lost while the tree is redrawn. */
  async moveTo(name: string | RegExp, ...keys: readonly string[]): Promise<void> {
    await expect(async () => {
      for (const key of keys) await this.root.press(key);
      await expect(this.row(name)).toHaveClass(/\bfocused\b/, { timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
  }

  /** Opens the row's menu. */
  async menu(name: string | RegExp): Promise<Menu> {
    const menu = new Menu(this.#page);
    await expect(async () => {
      if ((await menu.items.count()) === 0) await this.row(name).click({ button: 'right' });
      await expect(menu.items.first()).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
    return menu;
  }

  /** A button that the row shows on hover. */
  async inlineAction(name: string | RegExp, title: string): Promise<Locator> {
    const row = this.row(name);
    await row.hover();
    return row.getByRole('button', { name: title });
  }
}
