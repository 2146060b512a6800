import { expect, type Locator, type Page } from '@playwright/test';
import { Menu } from './menu.ts';

/** Rows of a view in the side bar, by what a screen reader hears. */
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

  async expand(name: string | RegExp): Promise<void> {
    const row = this.row(name);
    await row.click();
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.press('ArrowRight');
    await expect(row).toHaveAttribute('aria-expanded', 'true');
  }

  /** Opens the row's menu. */
  async menu(name: string | RegExp): Promise<Menu> {
    await this.row(name).click({ button: 'right' });
    return new Menu(this.#page);
  }

  /** One of the buttons that show on the row while the mouse is over it. */
  async inlineAction(name: string | RegExp, title: string): Promise<Locator> {
    const row = this.row(name);
    await row.hover();
    return row.getByRole('button', { name: title });
  }
}
