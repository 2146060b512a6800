// A thread becomes a test: the test finds a fault of the server at its line, and passes again after the fix.
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Frame, TestInfo } from '@playwright/test';
import { startNodePort } from '../../scripts/lib/sandbox.mjs';
import { expect, test as base } from '../support/workbench/fixtures.ts';
import { Menu } from '../support/workbench/menu.ts';
import { webviewFrame } from '../support/workbench/webviewFrame.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

interface Server {
  readonly url: string;
  /** Calls the tool of the weather with another city. */
  hasFault: boolean;
}

/** A server that is not ours, behind a proxy that can put a fault into its responses. */
async function startServer(): Promise<{ readonly server: Server; stop(): Promise<void> }> {
  const port = await startNodePort();
  const proxy = createServer((request, response) => {
    void text(request).then(async (body) => {
      const answer = await fetch(`${port.url}/tests`, { method: 'POST', body });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      const answered = await answer.text();
      response.end(server.hasFault ? answered.replaceAll('Oslo', 'Bergen') : answered);
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const server = { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/chatkit`, hasFault: false };
  return {
    server,
    stop: async () => {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
      await port.stop();
    },
  };
}

const test = base.extend<{ server: Server }>({
  server: async ({}, use) => {
    const { server, stop } = await startServer();
    await use(server);
    await stop();
  },
  workbenchOptions: async ({ server }, use) => {
    const connections = [{ id: 'mine', name: 'My server', kind: 'server', url: server.url }];
    await use({ settings: { 'chatkit.connections': connections } });
  },
});

test('a thread becomes a test that finds a fault and passes after its fix', async ({ workbench, server }, info) => {
  test.setTimeout(360_000);
  const { page } = workbench;
  await test.step('the palette contains the commands of a saved connection before the extension is loaded', async () => {
    await workbench.runCommand('ChatKit: New Thread');
    await workbench.inspector('New Thread');
    await workbench.closeEditors();
  });
  await workbench.openView();

  await test.step('a conversation', async () => {
    await (await workbench.threads.menu(/My server/)).choose('New Thread');
    const inspector = await workbench.inspector('New Thread');
    await send(inspector, 'weather');
    await expect(inspector.locator('[data-item-type=client_tool_call]')).toContainText('get_weather');
  });

  await test.step('Make Test opens a test, which is saved and passes', async () => {
    await workbench.runCommand('ChatKit: Make Test…');
    await expect(workbench.quickInput.rows.filter({ hasText: 'Structure and exact texts' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(workbench.editorText).toContainText('"connection": "My server"');
    await expect(workbench.editorText).toContainText('"city": "Oslo"');
    await page.keyboard.press('Control+s');
    await expect(page.locator('.tab.dirty')).toHaveCount(0);
    await workbench.runCommand('Testing: Focus on Test Explorer View');
    await runFile(workbench, 'Passed');
  });

  await test.step('a fault of the server fails it at its line, with what arrived', async () => {
    server.hasFault = true;
    await runFile(workbench, 'Failed');
    const place = page.locator('.editor-instance').getByText('Bergen != Oslo');
    await expect(place).toBeVisible();
    await shot(workbench, info, 'failure');
    await place.click();
    const peek = page.locator('.peekview-widget');
    await expect(peek.locator('.monaco-diff-editor')).toContainText('Bergen');
    await shot(workbench, info, 'peek');
    await page.keyboard.press('Escape');
    await expect(peek).toHaveCount(0);
  });

  await test.step('its result opens its thread and saves its event log', async () => {
    const result = page.locator('.test-output-peek-tree .monaco-list-row').filter({ hasText: 'weather' }).first();
    await result.click({ button: 'right' });
    await new Menu(page).choose('Open Thread');
    await webviewFrame(page, async (one) => (await one.getByText('Bergen').count()) > 0);
    await result.click({ button: 'right' });
    await new Menu(page).choose('Save Event Log…');
    await workbench.quickInput.saveAs(/\.chatkit-events\.jsonl$/);
    await expect.poll(() => savedLog(workbench)).toContain('Bergen');
  });

  await test.step('the menu of its file in the Testing view opens its thread', async () => {
    const file = workbench.tab(/\.chatkit-test\.json/);
    await file.click();
    await expect(file).toHaveAttribute('aria-selected', 'true');
    await page.locator('.test-explorer').getByRole('treeitem', { name: '(Failed)' }).first().click();
    await page.keyboard.press('Shift+F10');
    await new Menu(page).choose('Open Thread');
    await expect(file).toHaveAttribute('aria-selected', 'false');
  });

  await test.step('it passes after the fix', async () => {
    server.hasFault = false;
    await runFile(workbench, 'Passed');
    await shot(workbench, info, 'passed');
  });

  await test.step('Run Again opens a comparison, which remains after a reload', async () => {
    await workbench.openView();
    await (await workbench.threads.menu(/weather/)).choose('Run Again…');
    const compared = workbench.tab(/ ↔ /);
    await expect(compared).toBeVisible();
    await shot(workbench, info, 'compared');
    await workbench.reloadWith(' ↔ ', '"left":{"connectionId"');
    await expect(compared).toBeVisible();
    const frame = await webviewFrame(page, async (one) => (await one.getByText('No differences').count()) > 0);
    await expect(frame.getByText('No differences').first()).toBeVisible();
    await shot(workbench, info, 'restored');
  });
});

/** The text of the event log that was saved in the folder; empty if there is none. */
async function savedLog({ folder }: Workbench): Promise<string> {
  const name = (await readdir(folder)).find((one) => one.endsWith('.chatkit-events.jsonl'));
  return name === undefined ? '' : readFile(join(folder, name), 'utf8');
}

async function send(inspector: Frame, message: string): Promise<void> {
  const box = inspector.getByRole('textbox', { name: 'Message' });
  await box.fill(message);
  await box.press('Enter');
}

/** Runs the test of the open file with the keyboard. The Testing view is shown. */
async function runFile(workbench: Workbench, result: 'Passed' | 'Failed'): Promise<void> {
  const { page } = workbench;
  await workbench.tab(/\.chatkit-test\.json/).click();
  await page.keyboard.press('Control+;');
  await page.keyboard.press('f');
  await expect(
    page
      .locator('.test-explorer')
      .getByRole('treeitem', { name: `(${result})` })
      .first(),
  ).toBeVisible();
}

async function shot({ page }: Workbench, info: TestInfo, name: string): Promise<void> {
  await page.screenshot({ path: info.outputPath(`${name}.png`) });
}
