import { readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { expect, test } from '../support/workbench/fixtures.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

const order = readFileSync(new URL('../../samples/order.widget', import.meta.url), 'utf8');

test.describe.configure({ timeout: 360_000 });
test.use({ workbenchOptions: { files: { 'order.widget': order } } });

const steps = ['Connect', 'Open a Thread', 'Send a Message', 'Create a Session', 'Preview a Widget'];

test('the steps of the walkthrough complete themselves', async ({ workbench }) => {
  await test.step('while it is open', () => connect(workbench));
  await test.step('before it is opened', async () => {
    await workbench.closeEditors();
    await workbench.reload();
    await doTheRest(workbench);
  });
  await test.step('and in another window', async () => {
    await workbench.closeEditors();
    await workbench.reload();
    await openWalkthrough(workbench);
    for (const title of steps) await expect(step(workbench, title), title).toBeChecked();
  });
});

async function connect(workbench: Workbench): Promise<void> {
  await openWalkthrough(workbench);
  for (const title of steps) await expect(step(workbench, title), title).not.toBeChecked();
  await workbench.page.getByRole('button', { name: 'Start Local Sandbox' }).first().click();
  await expect(step(workbench, 'Connect')).toBeChecked();
  for (const title of steps.slice(1)) await expect(step(workbench, title), title).not.toBeChecked();
}

async function doTheRest(workbench: Workbench): Promise<void> {
  const { threads, page, quickInput } = workbench;
  await workbench.openView();
  await threads.row(/Where is order/).click();
  await workbench.inspector(/Where is order/);

  await threads.collapse(/Local Sandbox/);
  await (await threads.menu(/Local Sandbox Server/)).choose('New Thread');
  const inspector = await workbench.inspector('New Thread');
  await inspector.getByRole('textbox', { name: 'Message' }).fill('/text');
  await page.keyboard.press('Enter');
  await expect(inspector.getByRole('article').first()).toContainText('/text');
  const selected = threads.root.getByRole('treeitem', { selected: true });
  await expect(selected, 'the new thread is selected').toHaveAttribute('aria-level', '2');

  await workbench.runCommand('ChatKit: Create Session…');
  await quickInput.expectTitle(/\(1\)/);
  await quickInput.enter('ada');
  await quickInput.expectTitle(/\(2\)/);
  await quickInput.enter('wf_1');
  await quickInput.expectTitle(/\(3\)/);
  await expect(quickInput.rows.first()).toContainText('Create Now');
  await page.keyboard.press('Enter');
  await expect(workbench.sessions.row(/Session of ada/)).toBeVisible();

  await quickInput.openFile('order.widget');
  await expect(workbench.tab(/order\.widget/)).toHaveCount(2);
}

async function openWalkthrough(workbench: Workbench): Promise<void> {
  const { quickInput, page } = workbench;
  await workbench.runCommand('Welcome: Open Walkthrough...');
  await quickInput.pick('Get Started with ChatKit Inspector');
  await expect(page.locator('.gettingStartedContainer').getByText('Preview a Widget')).toBeVisible();
}

function step({ page }: Workbench, title: string): Locator {
  return page.locator('.getting-started-step').filter({ hasText: title }).getByRole('checkbox');
}
