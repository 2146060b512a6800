import type { Frame, Locator } from '@playwright/test';
import { expect, test } from '../support/workbench/fixtures.ts';
import { webviewFrame } from '../support/workbench/webviewFrame.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

test.describe.configure({ timeout: 360_000 });

test('a conversation with a server, offline', async ({ workbench }) => {
  await workbench.openView();
  await workbench.openSandboxServer();
  await test.step('a response streams into a new thread; another response is stopped and retried', () =>
    conversation(workbench));
  await workbench.closeEditors();
  await test.step('tool output, widget action, feedback, renaming a thread, acting as another user', async () => {
    const inspector = await newThread(workbench);
    const answer = inspector.locator('[data-item-type=assistant_message]').last();
    await answerTool(inspector, answer);
    await pressWidget(inspector, answer);
    await judge(answer);
    await compareWidget(workbench, inspector);
    await rename(workbench);
    await actAsUser(workbench);
  });
});

async function newThread(workbench: Workbench): Promise<Frame> {
  await (await workbench.threads.menu(/Local Sandbox Server/)).choose('New Thread');
  return workbench.inspector('New Thread');
}

/**
 * Opens the palette and closes it, until the page has the focus again: in about one of 150 visits, the editor focuses only
 * the frame around the page.
 */
async function visitPalette(workbench: Workbench, inspector: Frame): Promise<void> {
  await expect(async () => {
    await workbench.page.keyboard.press('F1');
    await expect(workbench.quickInput.input).toBeFocused();
    await workbench.quickInput.cancel();
    await expect.poll(() => inspector.evaluate(() => document.hasFocus()), { timeout: 5_000 }).toBe(true);
  }).toPass({ timeout: 60_000 });
}

async function send(inspector: Frame, text: string): Promise<void> {
  const message = inspector.getByRole('textbox', { name: 'Message' });
  await message.fill(text);
  await message.press('Enter');
}

async function conversation(workbench: Workbench): Promise<void> {
  const { threads, dialog } = workbench;
  const inspector = await newThread(workbench);
  const message = inspector.getByRole('textbox', { name: 'Message' });
  await expect(message).toBeFocused();
  await send(inspector, '/text');

  await expect(inspector.getByRole('article').first()).toContainText('/text');
  const answer = inspector.locator('[data-item-type=assistant_message]').last();
  await expect(answer).toContainText('Three ways to Lisbon');
  await expect(answer.getByRole('table')).toContainText('Ferry');
  await expect(answer).toHaveAttribute('aria-busy', 'false');
  await expect(workbench.tab('Text')).toBeVisible();
  await expect(threads.row(/^Text, /), 'the new thread is selected').toHaveAttribute('aria-selected', 'true');

  await send(inspector, '/slow');
  await expect(answer).toContainText('1 2 3');
  await inspector.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(inspector.getByText('Stopped. The partial response was saved.').first()).toBeVisible();
  await expect(answer).toContainText('1 2 3');
  await expect(message).toBeFocused();
  await expect(inspector.locator('.turn-line').last(), 'the time until Stop').toContainText(/turn 2 · \d/);

  await visitPalette(workbench, inspector);
  await expect(message, 'after a visit to the palette').toBeFocused();
  await workbench.page.keyboard.type('Typed');
  await expect(message).toHaveValue('Typed');
  await message.fill('');

  const first = inspector.getByRole('article').first();
  await inspector.getByRole('button', { name: 'Jump to Start' }).click();
  await first.hover();
  await first.getByRole('button', { name: 'More Item Actions…' }).click();
  await first.getByRole('menuitem', { name: 'Retry from Here' }).click();
  await expect(dialog.detail).toContainText('This deletes 3 items after this message');
  await dialog.choose('Delete and Retry');
  await expect(inspector.getByRole('article')).toHaveCount(2);
  await expect(answer.getByRole('table')).toContainText('Ferry');
  await expect(answer).toHaveAttribute('aria-busy', 'false');
}

async function answerTool(inspector: Frame, answer: Locator): Promise<void> {
  await send(inspector, '/tool where_am_i');
  const call = inspector.locator('[data-item-type=client_tool_call]');
  await call.getByRole('textbox', { name: 'Output as JSON' }).fill('{"city":"Oslo"}');
  await call.getByRole('button', { name: 'Send Output' }).click();
  await expect(call).toContainText('completed');
  await expect(call.getByRole('group', { name: 'Output' })).toContainText('"city": "Oslo"');
  await expect(answer).toContainText('Thank you, the tool answered');
  await expect(answer).toHaveAttribute('aria-busy', 'false');
}

async function pressWidget(inspector: Frame, answer: Locator): Promise<void> {
  await send(inspector, '/widget');
  const counter = inspector.locator('[data-item-type=widget]').last();
  const count = counter.locator('[data-widget-type=Title]');
  await expect(count).toHaveText('0');
  await expect(inspector.getByRole('button', { name: 'Send', exact: true })).toBeVisible();
  await counter.getByRole('button', { name: 'Press in sync' }).click();
  await expect(count).toHaveText('1');
  await counter.getByRole('button', { name: 'Press', exact: true }).click();
  await expect(count).toHaveText('2');
  await expect(answer).toContainText('You sent sandbox.count');
}

async function compareWidget(workbench: Workbench, inspector: Frame): Promise<void> {
  const counter = inspector.locator('[data-item-type=widget]').last();
  await counter.hover();
  await counter.getByRole('button', { name: 'More Item Actions…' }).click();
  await counter.getByRole('menuitem', { name: 'Compare Before and After' }).click();
  const comparison = await webviewFrame(
    workbench.page,
    async (frame) => (await frame.getByRole('article', { name: /Changed/ }).count()) > 0,
  );
  const node = comparison.getByRole('article').first();
  await expect(node.locator('del').first()).toContainText('1');
  await expect(node.locator('ins').first()).toContainText('2');
  await workbench.runCommand('View: Close Editor');
}

async function judge(answer: Locator): Promise<void> {
  await answer.hover();
  await answer.getByRole('button', { name: 'Good response' }).click();
  await expect(answer.getByRole('button', { name: 'Good response' })).toHaveAttribute('aria-pressed', 'true');
}

async function rename(workbench: Workbench): Promise<void> {
  const { threads, quickInput } = workbench;
  await threads.expand(/Local Sandbox Server/);
  const row = threads.row(/^Tool where_am_i, /);
  await row.click();
  await expect(row).toHaveClass(/\bfocused\b/);
  await row.press('F2');
  await quickInput.expectTitle('Rename Thread');
  await expect(quickInput.input).toHaveValue('Tool where_am_i');
  await quickInput.enter('Where it is');
  await expect(threads.row(/^Where it is, /)).toBeVisible();
  await expect(workbench.tab('Where it is')).toBeVisible();
}

async function actAsUser(workbench: Workbench): Promise<void> {
  const { threads, quickInput } = workbench;
  await (await threads.menu(/Local Sandbox Server/)).choose('Act as User…');
  await quickInput.enter('user_unknown_here');
  await expect(threads.row(/Local Sandbox Server.*as user_unknown_here/)).toBeVisible();
  await expect(threads.row(/No threads yet/)).toBeVisible();
}
