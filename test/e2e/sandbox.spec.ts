import { expect, test } from '../support/workbench/fixtures.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

test.describe.configure({ timeout: 360_000 });

test('the view, the log, and the sandbox from its first use to its end', async ({ workbench }) => {
  await test.step('the ChatKit view opens, and Show Log shows our log', () => showLog(workbench));
  await test.step('the sandbox starts without a connection, survives a reload and stops', () => useSandbox(workbench));
});

async function showLog(workbench: Workbench): Promise<void> {
  await workbench.openView();
  await expect(workbench.sideBar).toContainText('ChatKit');
  await workbench.runCommand('ChatKit: Show Log');
  await expect(workbench.page.locator('.part.panel')).toContainText('ChatKit Inspector');
}

async function useSandbox(workbench: Workbench): Promise<void> {
  const { threads } = workbench;
  await expect(threads.rows).toHaveCount(0);
  await workbench.view('Threads').getByRole('button', { name: 'Start Local Sandbox' }).click();
  await threads.expand(/Local Sandbox/);
  await expect(threads.rows.nth(5)).toBeVisible();
  const title = await threads.rows.nth(1).locator('.label-name').innerText();

  await workbench.reloadWith('chatkit.sandbox');
  await workbench.openView();
  await expect(threads.row(/Local Sandbox/)).toBeVisible();
  await expect(threads.rows.nth(1).locator('.label-name')).toHaveText(title);

  await (await threads.menu(/Local Sandbox/)).choose('Stop Local Sandbox');
  await expect(threads.rows).toHaveCount(0);
  await expect(workbench.view('Threads').getByRole('button', { name: 'Start Local Sandbox' })).toBeVisible();
}
