import { expect, type Frame, type Locator, type Page } from '@playwright/test';
import { pageUrl } from '../../../scripts/lib/editors.mjs';
import { ConsoleHealth } from '../console.ts';
import { Dialog } from './messages.ts';
import { QuickInput } from './quickInput.ts';
import { rememberedState } from './rememberedState.ts';
import { Tree } from './tree.ts';
import { inspectorFrame, webviewPath } from './webviewFrame.ts';

/** A real VS Code with the packaged extension, open in a page. */
export class Workbench {
  readonly page: Page;
  readonly url: string;
  /** The folder that is open, absolute. */
  readonly folder: string;
  readonly quickInput: QuickInput;
  readonly dialog: Dialog;
  readonly threads: Tree;
  readonly sessions: Tree;
  /** Errors of webviews only, because the editor logs its own errors here. */
  readonly health: ConsoleHealth;

  readonly #base: string;

  constructor(page: Page, { base, folder }: { readonly base: string; readonly folder: string }) {
    this.page = page;
    this.#base = base;
    this.url = pageUrl(base, { folder });
    this.folder = folder;
    this.quickInput = new QuickInput(page);
    this.dialog = new Dialog(page);
    this.threads = new Tree(page, this.view('Threads').getByRole('tree'));
    this.sessions = new Tree(page, this.view('Sessions').getByRole('tree'));
    this.health = new ConsoleHealth(page, (url) => url.includes(webviewPath) || url.includes('vscode-resource'));
  }

  /** Opens the page, or reloads it as a user does. */
  async open(): Promise<void> {
    await this.page.goto(this.url);
    await this.#ready();
  }

  /** The same editor in another page: a second window after `open()`. */
  on(page: Page): Workbench {
    return new Workbench(page, { base: this.#base, folder: this.folder });
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }

  /** Reloads the page as soon as the saved state of the editor contains these texts, for example panel or tab ids. */
  async reloadWith(...texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      const state = expect.poll(() => rememberedState(this.page), { message: 'the editor to remember its tabs' });
      await state.toContain(text);
    }
    await this.reload();
  }

  /** Shows our views. */
  async openView(): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: 'ChatKit' });
    await expect(tab).toBeVisible();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await expect(this.sideBar).toContainText(/threads/i);
  }

  /** Starts the sandbox from the welcome view, as a new user does. */
  async openSandbox(): Promise<void> {
    await this.view('Threads').getByRole('button', { name: 'Start Local Sandbox' }).click();
    await expect(this.threads.rows.nth(2)).toBeVisible();
  }

  /** Starts the sandbox and collapses the threads of its API, so that the row of its server is visible. */
  async openSandboxServer(): Promise<void> {
    await this.openSandbox();
    await this.threads.collapse(/Local Sandbox/);
    await expect(this.threads.row(/Local Sandbox Server/)).toBeVisible();
  }

  get sideBar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** A view of the side bar: its rows or its welcome content. */
  view(title: 'Threads' | 'Sessions'): Locator {
    const header = this.page.locator('.pane-header', { hasText: title });
    return this.sideBar.locator('.pane').filter({ has: header });
  }

  /** The tab of an editor. */
  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name });
  }

  /** Closes every tab, so that the next step starts as in a new window. */
  async closeEditors(): Promise<void> {
    await this.runCommand('View: Close All Editors');
    await expect(this.tab(/./)).toHaveCount(0);
    await expect(this.page.locator('iframe.webview')).toHaveCount(0);
  }

  /** The visible text of the editors; compare it with `toContainText`, which normalizes spaces. */
  get editorText(): Locator {
    return this.page.locator('.editor-instance .view-lines');
  }

  /** The inspector's page of a thread. */
  inspector(title: string | RegExp): Promise<Frame> {
    return inspectorFrame(this.page, title);
  }

  runCommand(title: string): Promise<void> {
    return this.quickInput.runCommand(title);
  }

  async #ready(): Promise<void> {
    await this.page.waitForFunction(() => 'driver' in window);
    await this.page.evaluate(() =>
      (window as unknown as { driver: { whenWorkbenchRestored(): Promise<void> } }).driver.whenWorkbenchRestored(),
    );
    // Contributions of the extension, including menus, appear slightly later than the rest.
    await expect(this.page.locator('.activitybar').getByRole('tab', { name: 'ChatKit' })).toBeVisible();
  }
}
