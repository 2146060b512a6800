import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';
import { ensureEditor, noKeys, pageUrl, profileOf, startCodeServer } from '../../scripts/lib/editors.mjs';
import { root, temporaryFolder } from '../../scripts/lib/paths.mjs';
import type { SandboxAccess } from '../../scripts/lib/sandbox.mjs';
import { launchChromium } from '../page/browser.ts';
import { HostLink } from './hostLink.ts';
import { inspectorFrame } from '../../test/support/workbench/webviewFrame.ts';
import { allLoaded, clickedAt, probe, rowsPainted, type Painted } from './painted.ts';

/** Generous: a slow machine is slow for all that is compared. */
const patience = 60_000;

export interface EditorOptions {
  /** The production build of the extension, as it would be packaged. */
  readonly extension: string;
  /** Connections by name. */
  readonly connections: Readonly<Record<string, SandboxAccess>>;
  /** Files of the open folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** A real VS Code in a browser with our extension, one that does nothing, and one that shows the peers. */
export class BenchEditor {
  readonly page: Page;
  readonly host: HostLink;
  readonly #newWindow: () => Promise<string>;
  readonly #stop: () => Promise<void>;
  #onPainted: ((painted: Painted) => void) | undefined;

  private constructor(page: Page, host: HostLink, newWindow: () => Promise<string>, stop: () => Promise<void>) {
    this.page = page;
    this.host = host;
    this.#newWindow = newWindow;
    this.#stop = stop;
  }

  static async start({ extension, connections, files }: EditorOptions): Promise<BenchEditor> {
    const [editor, home, host] = await Promise.all([ensureEditor('latest'), temporaryFolder('bench'), HostLink.open()]);
    const { extensionsDir } = profileOf(home.path);
    await cp(extension, join(extensionsDir, 'chatkit-inspector.chatkit-inspector-0.1.0'), { recursive: true });
    for (const name of ['empty', 'peers']) {
      const folder = join(root, 'bench', 'editor', name);
      await cp(folder, join(extensionsDir, `chatkit-bench.${name}-0.0.0`), { recursive: true });
    }
    const ids = Object.entries(connections).map(([name, { url }]) => ({ id: name, name, kind: 'openai', url }));
    const server = await startCodeServer(editor, {
      home: home.path,
      settings: { 'chatkit.connections': ids, 'chatkit.pageSize': 100, 'chatkit.threads.autoRefreshSeconds': 0 },
      env: { ...noKeys, CHATKIT_BENCH_URL: host.url },
    });
    const browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.setDefaultTimeout(patience);
    let windows = 0;
    const newWindow = async (): Promise<string> => {
      const folder = join(home.path, `workspace-${(windows += 1)}`);
      await mkdir(folder);
      for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
      return pageUrl(server.url, { folder });
    };
    const bench = new BenchEditor(page, host, newWindow, async () => {
      await browser.close();
      await server.stop();
      host.close();
      await home.remove();
    });
    await page.exposeBinding('chatkitBenchPainted', (_source, painted: Painted) => bench.#onPainted?.(painted));
    await page.addInitScript(probe);
    // Some frames of a webview start without the initial scripts of a page.
    page.on('framenavigated', (frame) => void frame.evaluate(probe).catch(() => undefined));
    await bench.freshWindow();
    for (const [name, access] of Object.entries(connections)) await bench.#enterKey(name, access.apiKey);
    return bench;
  }

  /**
   * Opens another window, as it is after a start: nothing of ours has been loaded. Its folder is new, because the editor
   * saves the open tabs of a folder from time to time only: one that was closed shortly before would be open again.
   */
  async freshWindow(): Promise<void> {
    const url = await this.#newWindow();
    const ready = this.host.nextHost();
    await this.page.goto(url);
    await ready;
    await this.page.waitForFunction(() => 'driver' in window);
    await this.page.evaluate(() =>
      (window as unknown as { driver: { whenWorkbenchRestored(): Promise<void> } }).driver.whenWorkbenchRestored(),
    );
  }

  /** Shows our views. */
  async openViews(): Promise<void> {
    await this.host.command('workbench.view.extension.chatkit');
    await this.page.locator(`${panes.threads} .monaco-list-row`).first().waitFor();
    await this.row('peers', 'Empty panel').waitFor();
    await this.rest();
  }

  /** Leaves the window as the next one should find it. */
  async leave(): Promise<void> {
    await this.host.command('workbench.action.closeAllEditors');
    await this.host.command('workbench.view.explorer');
    await this.rest();
  }

  async closeEditors(): Promise<void> {
    await this.host.command('workbench.action.closeAllEditors');
    await this.page.locator('iframe.webview').waitFor({ state: 'detached' });
    await this.rest();
  }

  /** A row of a view, by the start of its label. */
  row(view: View, label: string): Locator {
    return this.page.locator(`${panes[view]} .monaco-list-row`, { hasText: new RegExp(`^\\s*${label}`) }).first();
  }

  /** A file in the Explorer. */
  fileRow(name: string): Locator {
    return this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
  }

  /** Clicks on a row and gives the time until a webview of that kind has painted, ms. */
  async clickToPaint(row: Locator, kind: Painted['kind'], title = ''): Promise<number> {
    await row.waitFor();
    const painted = new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Nothing painted: ${kind} ${title}`)), patience);
      this.#onPainted = (found) => {
        if (found.kind !== kind || (title !== '' && found.title !== title)) return;
        clearTimeout(timer);
        resolve(found.at);
      };
    });
    await row.click();
    const at = await painted;
    this.#onPainted = undefined;
    return at - (await clickedAt(this.page));
  }

  /** Expands a root row and gives the time until rows below it are shown, ms. */
  expand(view: View, root: string): Promise<number> {
    return this.#clickToRows(view, this.row(view, root).locator('.monaco-tl-twistie'), null);
  }

  async #scrollToEnd(view: View): Promise<void> {
    await this.page.locator(`${panes[view]} .monaco-list`).focus();
    await this.page.keyboard.press('End');
  }

  /** Clicks on the view's *Load More* and returns the time until a row of another kind takes its place, in ms. */
  async loadMore(view: View): Promise<number> {
    const row = this.row(view, 'Load More');
    // Rows that still arrive move the end away again.
    for (const end = Date.now() + patience; Date.now() < end && !(await row.isVisible()); await this.rest()) {
      await this.#scrollToEnd(view);
    }
    await row.waitFor();
    await this.rest();
    return this.#clickToRows(view, row, await row.getAttribute('data-index'));
  }

  /** Clicks on *Load All* and returns the time until the header of the thread shows the number of items, in ms. */
  async loadAll(title: string, items: number): Promise<number> {
    const frame = await inspectorFrame(this.page, title);
    // The button is at the start of the transcript, outside the viewport.
    await frame.getByRole('button', { name: 'Load All' }).waitFor({ state: 'attached' });
    return frame.evaluate(allLoaded, `${items.toLocaleString('en')} items`);
  }

  /** Waits until the editor is idle, so that earlier work is not part of the next measurement. */
  async rest(): Promise<void> {
    await this.page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2_000 })));
    await delay(150);
  }

  /** Until the extension host and the page have nothing left to do, e.g. of the start of the window. */
  async calm(): Promise<void> {
    await this.host.run('calm');
    await this.rest();
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  async #clickToRows(view: View, target: Locator, index: string | null): Promise<number> {
    await target.hover();
    const shown = this.page.evaluate(rowsPainted, { list: panes[view], index });
    await target.click();
    return (await shown) - (await clickedAt(this.page));
  }

  async #enterKey(connectionId: string, key: string): Promise<void> {
    void this.host.command('chatkit.setCredentials', { connectionId });
    const input = this.page.locator('.quick-input-widget input[type=password]');
    await input.waitFor();
    await input.fill(key);
    await input.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await this.rest();
  }
}

const pane = (title: string) => `.part.sidebar .pane:has(.pane-header[aria-label^="${title}"])`;
const panes = { threads: pane('Threads'), peers: pane('Peers'), rich: pane('Rich rows') };
type View = keyof typeof panes;
