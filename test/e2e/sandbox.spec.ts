import { expect, test } from '../support/workbench/fixtures.ts';

test('first use: no connection, the sandbox, its threads; a reload brings it back; closing ends it', async ({
  workbench,
}) => {
  test.slow();
  const { threads } = workbench;
  await workbench.openView();
  await expect(threads.rows).toHaveCount(0);
  await workbench.view('Threads').getByRole('button', { name: 'Try the Local Sandbox' }).click();
  await threads.expand(/Local Sandbox/);
  await expect(threads.rows.nth(5)).toBeVisible();
  const title = await threads.rows.nth(1).locator('.label-name').innerText();

  await workbench.reloadWith('chatkit.sandbox');
  await workbench.openView();
  await expect(threads.row(/Local Sandbox/)).toBeVisible();
  await expect(threads.rows.nth(1).locator('.label-name')).toHaveText(title);

  await (await threads.menu(/Local Sandbox/)).choose('Close the Local Sandbox');
  await expect(threads.rows).toHaveCount(0);
  await expect(workbench.view('Threads').getByRole('button', { name: 'Try the Local Sandbox' })).toBeVisible();
});
