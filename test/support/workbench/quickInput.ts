import { expect, type Locator, type Page } from '@playwright/test';

/** The editor's quick picks and input boxes, and the palette. */
export class QuickInput {
  readonly widget: Locator;
  readonly input: Locator;
  readonly rows: Locator;

  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.widget = page.locator('.quick-input-widget');
    this.input = this.widget.locator('.quick-input-box input');
    this.rows = this.widget.getByRole('option');
  }

  /** Waits for a step by its title. */
  async expectTitle(title: string | RegExp): Promise<void> {
    await expect(this.widget.locator('.quick-input-title')).toHaveText(title);
  }

  /** The message below an input box: its prompt or a validation error. */
  get message(): Locator {
    return this.widget.locator('.quick-input-message');
  }

  /** Types into an input box and accepts. */
  async enter(text: string): Promise<void> {
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  /** Chooses a row by the text of its label. */
  async pick(label: string | RegExp): Promise<void> {
    await this.rows.filter({ hasText: label }).first().click();
  }

  /** Chooses a row by its full name, because reused rows keep hidden text of the previous list. */
  async pickNamed(name: string): Promise<void> {
    await this.widget.getByRole('option', { name, exact: true }).click();
  }

  /** Selects every row of a multiple choice. */
  async tickAll(): Promise<void> {
    await this.widget.getByRole('checkbox', { name: 'Toggle all checkboxes' }).click();
    await this.input.focus();
  }

  async back(): Promise<void> {
    await this.widget.getByRole('button', { name: 'Back' }).click();
  }

  /** Saves with the suggested name. The file dialog accepts Enter only after it has read the folder. */
  async saveAs(name: RegExp): Promise<void> {
    await expect(this.input).toHaveValue(name);
    await expect(async () => {
      if (await this.widget.isVisible()) await this.input.press('Enter');
      await expect(this.widget).toBeHidden({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
  }

  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await expect(this.widget).toBeHidden();
  }

  /** Runs a command from the palette by its full title: `ChatKit: Show Log`. */
  runCommand(title: string): Promise<void> {
    return this.#chooseFrom('F1', `>${title}`, title);
  }

  /** Opens a file of the folder by its name. */
  openFile(name: string): Promise<void> {
    return this.#chooseFrom('Control+p', name, name);
  }

  /** Reopens the list until it contains the row, because an open list is not updated and keys may be lost while it opens. */
  async #chooseFrom(key: string, typed: string, title: string): Promise<void> {
    const row = this.rows.filter({ has: this.#page.getByText(title, { exact: true }) }).first();
    await expect(async () => {
      if (await this.widget.isVisible()) await this.#page.keyboard.press('Escape');
      await this.#page.keyboard.press(key);
      await this.input.fill(typed, { timeout: 5_000 });
      await expect(row).toBeVisible({ timeout: 5_000 });
      // An editor that receives the focus late closes the list.
      await row.click({ timeout: 5_000 });
    }).toPass({ timeout: 90_000 });
  }
}
