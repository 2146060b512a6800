import type { Page } from '@playwright/test';
import type { SandboxAccess } from '../../scripts/lib/sandbox.mjs';
import { expect, test } from '../support/workbench/fixtures.ts';
import type { QuickInput } from '../support/workbench/quickInput.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

// A long journey in a real editor.
test.describe.configure({ timeout: 360_000 });

const add = 'ChatKit: Add Connection…';
const edit = 'ChatKit: Edit Connection…';

/** Runs a command from the palette by keyboard. */
async function typeCommand(page: Page, quickInput: QuickInput, title: string): Promise<void> {
  await expect(async () => {
    // Reopened for each attempt, because the list of commands does not update while it is open.
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await quickInput.input.fill(`>${title}`);
    await expect(quickInput.rows.first()).toContainText(title, { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await page.keyboard.press('Enter');
}

/** Types into the focused box, as a user does. */
async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
}

test('adds connections: Back, plain HTTP, keyboard only', async ({ workbench, sandbox }) => {
  await workbench.openView();
  await test.step('Back preserves answers, and cancelling saves nothing', () => goBackAndLeave(workbench));
  await test.step('asks before it allows plain HTTP to another machine', () => askAboutHttp(workbench));
  await test.step('by keyboard only: shows why a key is wrong, and lists threads with a valid key', () =>
    addByKeyboard(workbench, sandbox));
  await test.step('adds a local server in three steps, and returns to a rejected value', () =>
    addLocalServer(workbench, sandbox));
});

async function goBackAndLeave(workbench: Workbench): Promise<void> {
  const { quickInput, threads, page } = workbench;
  await workbench.runCommand(add);
  await quickInput.expectTitle('Add Connection (1)');
  await moreOptions(quickInput, 'Self-Hosted ChatKit Server');
  await quickInput.expectTitle('Add Connection (2/7)');
  await quickInput.enter('http://localhost:8000/chatkit');
  await quickInput.expectTitle('Add Connection (3/7)');
  await expect(quickInput.input).toHaveValue('localhost:8000');
  await quickInput.enter('Mine');
  await quickInput.expectTitle('Add Connection (4/7)');
  await quickInput.back();
  await quickInput.expectTitle('Add Connection (3/7)');
  await expect(quickInput.input).toHaveValue('Mine');
  await page.keyboard.press('Enter');
  await quickInput.expectTitle('Add Connection (4/7)');
  await quickInput.enter('X-Api-Key, not a header');
  await expect(quickInput.message).toContainText('“not a header” is not a valid header name');
  await quickInput.enter('X-Api-Key, Authorization');
  await quickInput.expectTitle('Add Connection (5/9)');
  await expect(quickInput.message).toContainText('x-api-key');
  await expect(quickInput.input).toHaveAttribute('type', 'password');
  await quickInput.cancel();
  await workbench.runCommand(add);
  await moreOptions(quickInput, 'OpenAI API');
  await quickInput.expectTitle('Add Connection (2/6)');
  await quickInput.input.press('Enter');
  await quickInput.expectTitle('Add Connection (3/6)');
  await expect(quickInput.input).toHaveValue('OpenAI');
  await quickInput.cancel();
  await expect(threads.rows).toHaveCount(0);
}

async function moreOptions(quickInput: QuickInput, kind: string): Promise<void> {
  await quickInput.pick('More Options…');
  await expect(quickInput.rows).toHaveCount(2);
  await quickInput.pick(kind);
}

async function askAboutHttp(workbench: Workbench): Promise<void> {
  const { quickInput } = workbench;
  await workbench.runCommand(add);
  await quickInput.pick('Self-Hosted ChatKit Server');
  await quickInput.expectTitle('Add Connection (2/3)');
  // TEST-NET-1 (RFC 5737): no such host.
  await quickInput.enter('http://192.0.2.1/chatkit');
  await quickInput.expectTitle('Add Connection (3/4)');
  await expect(quickInput.rows.last()).toContainText('Credentials and messages are sent unencrypted');
  await quickInput.pick('Change the URL');
  await expect(quickInput.input).toHaveValue('http://192.0.2.1/chatkit');
  await quickInput.cancel();
}

/** Three steps: the kind, the URL, and a test. Everything else is asked only when it is necessary. */
async function addLocalServer(workbench: Workbench, { serverUrl, apiKey }: SandboxAccess): Promise<void> {
  const { quickInput, threads } = workbench;
  const { host } = new URL(serverUrl);
  await threads.moveTo(/Acme/, 'Home');
  await threads.collapse(/Acme/); // Otherwise the next connection is not visible.
  await workbench.runCommand(add);
  await quickInput.pick('Self-Hosted ChatKit Server');
  await quickInput.expectTitle('Add Connection (2/3)');
  // No server listens here: Back returns to this value.
  await quickInput.enter('http://localhost:9/chatkit');
  await expect(quickInput.rows.first()).toContainText('Could not connect to localhost:9');
  await expect(quickInput.rows.first()).toContainText('ECONNREFUSED');
  await quickInput.pick('Back');
  await quickInput.expectTitle('Add Connection (2/3)');
  await expect(quickInput.input).toHaveValue('http://localhost:9/chatkit');
  await expect(quickInput.message).toContainText('Could not connect to localhost:9');
  // The sandbox requires a header, which the test finds out.
  await quickInput.enter(serverUrl);
  await expect(quickInput.rows.first()).toContainText(
    'requires credentials, but this connection has no secret headers',
  );
  await quickInput.pick('Enter Secret Headers…');
  await quickInput.expectTitle('Add Connection (4/7)');
  await quickInput.enter('Authorization');
  await quickInput.expectTitle('Add Connection (5/8)');
  await quickInput.enter('Bearer wrong');
  await quickInput.expectTitle('Add Connection (6/8)');
  await quickInput.enter('');
  await quickInput.expectTitle('Add Connection (7/8)');
  await quickInput.pick('Read and Write');
  await expect(quickInput.rows.first()).toContainText('did not accept the secret headers');
  await quickInput.pick('Back');
  await quickInput.expectTitle('Add Connection (5/8)');
  await expect(quickInput.input).toHaveValue('Bearer wrong');
  await quickInput.enter(`Bearer ${apiKey}`);
  await quickInput.expectTitle('Add Connection (6/8)');
  await quickInput.enter('');
  await quickInput.expectTitle('Add Connection (7/8)');
  await quickInput.pick('Read and Write');
  await expect(quickInput.widget).toBeHidden();
  await expect(threads.row(new RegExp(`^Connection ${host.replaceAll('.', '\\.')}`))).toHaveAttribute(
    'aria-expanded',
    'true',
  );

  await workbench.runCommand('ChatKit: New Thread');
  const inspector = await workbench.inspector('New Thread');
  await inspector.getByRole('textbox', { name: 'Message' }).fill('/text');
  await inspector.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(inspector.locator('[data-item-type=assistant_message]')).toContainText('Three ways to Lisbon');
  await expect(threads.root.locator('.selected')).toContainText(/text|Lisbon/i);
}

async function addByKeyboard(workbench: Workbench, sandbox: SandboxAccess): Promise<void> {
  const { quickInput, threads, page } = workbench;
  await typeCommand(page, quickInput, add);

  await quickInput.expectTitle('Add Connection (1)');
  await expect(quickInput.rows.first()).toContainText('OpenAI API');
  for (let row = 0; row < 3; row += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(quickInput.rows).toHaveCount(2);
  await page.keyboard.press('Enter');
  await quickInput.expectTitle('Add Connection (2/6)');
  await type(page, 'api.acme.test');
  await expect(quickInput.message).toContainText('Enter a full address');
  await type(page, sandbox.url);
  await quickInput.expectTitle('Add Connection (3/6)');
  await type(page, 'Acme');

  await quickInput.expectTitle('Add Connection (4/6)');
  await expect(quickInput.input).toHaveAttribute('type', 'password');
  await type(page, 'sk-wrong-0123456789');
  await expect(quickInput.rows.first()).toContainText('did not accept the API key');
  await expect(quickInput.rows.first()).toContainText('Incorrect API key provided');
  await expect(quickInput.rows.nth(1)).toContainText('Enter Another Key');
  await expect(quickInput.rows.last()).toContainText('Save Anyway');
  await page.keyboard.press('Enter');
  await expect(quickInput.message).toContainText('did not accept the API key');
  await expect(quickInput.message).toContainText('Request ID: req_');
  await expect(quickInput.message).not.toContainText('sk-wrong');
  await expect(quickInput.input).toHaveValue('sk-wrong-0123456789');
  await type(page, sandbox.apiKey);

  await quickInput.expectTitle('Add Connection (5/6)');
  await page.keyboard.press('Enter');
  await quickInput.expectTitle('Add Connection (6/6)');
  await page.keyboard.press('Enter');
  await expect(quickInput.widget).toBeHidden();
  await expect(threads.row(/Acme/)).toHaveAttribute('aria-expanded', 'true');
  await expect(threads.rows.nth(5)).toBeVisible();

  await workbench.reload();
  await workbench.openView();
  await threads.expand(/Acme/);
  await expect(threads.rows.nth(5)).toBeVisible();
}

test.describe('with OPENAI_API_KEY', () => {
  test.use({ workbenchOptions: { env: { OPENAI_API_KEY: 'sk-env-0123456789wxyz' } } });

  test('it is used only when selected, and shown as the source of the key', async ({ workbench, sandbox }) => {
    const { quickInput, threads } = workbench;
    await workbench.openView();
    await workbench.runCommand(add);
    await moreOptions(quickInput, 'OpenAI API');
    await quickInput.expectTitle('Add Connection (2/7)');
    await quickInput.enter(sandbox.url);
    await quickInput.expectTitle('Add Connection (3/7)');
    await quickInput.enter('Acme');
    await expect(quickInput.rows.first()).toContainText('Enter an API Key');
    await expect(quickInput.rows.nth(1)).toContainText('sk-…wxyz');
    await quickInput.pick('Use the Environment Variable OPENAI_API_KEY');
    await expect(quickInput.rows.nth(1)).toContainText('Enter Another Key');
    await quickInput.pick('Save Anyway');
    await quickInput.expectTitle('Add Connection (5/6)');
    await quickInput.enter('');
    await quickInput.expectTitle('Add Connection (6/6)');
    await quickInput.enter('');
    await expect(threads.row(/Acme/)).toBeVisible();
    await workbench.runCommand(edit);
    await expect(quickInput.rows.filter({ hasText: 'Credentials' })).toContainText('sk-…wxyz (from OPENAI_API_KEY)');
  });
});

test.describe('added in the settings', () => {
  const connection = { id: 'acme', name: 'Acme', kind: 'openai', url: 'https://api.acme.test/v1' };
  test.use({ workbenchOptions: { settings: { 'chatkit.connections': [connection] } } });

  test('a connection asks for its key, and for confirmation before it is removed', async ({ workbench, sandbox }) => {
    const { quickInput, threads, dialog, page } = workbench;
    await workbench.openView();
    await threads.expand(/Acme/);
    await expect(threads.row(/No API key is set/)).toBeVisible();

    await workbench.runCommand(edit);
    await quickInput.pick('URL');
    await expect(quickInput.input).toHaveValue(connection.url);
    await quickInput.enter(sandbox.url);
    await quickInput.pick('Credentials');
    await expect(quickInput.input).toHaveAttribute('type', 'password');
    await quickInput.enter(sandbox.apiKey);
    await expect(quickInput.rows.filter({ hasText: 'Credentials' })).toContainText('(saved)');
    await quickInput.pick('URL');
    await expect(quickInput.input).toHaveValue(sandbox.url);
    await quickInput.enter(connection.url);
    await expect(quickInput.rows.filter({ hasText: 'Credentials' })).toContainText('not sent');
    await quickInput.cancel();
    await expect(threads.row(/saved for a different server/)).toBeVisible();

    const menu = await threads.menu(/Acme/);
    await menu.choose('Remove Connection…');
    await expect(dialog.message).toHaveText('Remove the connection “Acme”?');
    await expect(dialog.detail).toContainText('saved credentials');
    await page.keyboard.press('Escape');
    await expect(threads.row(/Acme/)).toBeVisible();
    await workbench.runCommand('ChatKit: Start Local Sandbox');
    await expect(threads.row(/Local Sandbox,/)).toBeVisible();
    await (await threads.menu(/Acme/)).choose('Remove Connection…');
    await dialog.choose('Remove');
    await expect(threads.row(/Acme/)).toBeHidden();
    // The next row has the focus.
    await expect(threads.root.locator('.focused')).toHaveAccessibleName(/Connection Local Sandbox/);
  });
});
