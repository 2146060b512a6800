import { expect, test } from '../support/workbench/fixtures.ts';

test('the bench, offline: a new thread, its answer streams, another is stopped, and answered anew', async ({
  workbench,
}) => {
  test.slow();
  const { threads, dialog } = workbench;
  await workbench.openView();
  await workbench.openSandboxServer();
  await (await threads.menu(/Local Sandbox Server/)).choose('New Thread');
  const inspector = await workbench.inspector('New Thread');
  const message = inspector.getByRole('textbox', { name: 'Message' });
  await expect(message).toBeFocused();
  await message.fill('/text');
  await message.press('Enter');

  await expect(inspector.getByRole('article').first()).toContainText('/text');
  const answer = inspector.locator('[data-item-type=assistant_message]').last();
  await expect(answer).toContainText('Three ways to Lisbon');
  await expect(answer.getByRole('table')).toContainText('Ferry');
  await expect(answer).toHaveAttribute('aria-busy', 'false');
  await expect(workbench.tab('Text')).toBeVisible();
  await threads.expand(/Local Sandbox Server/);
  await expect(threads.row(/^Text, /)).toBeVisible();

  await message.fill('/slow');
  await message.press('Enter');
  await expect(answer).toContainText('1 2 3');
  await inspector.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(inspector.getByText('Stopped. What came stays.').first()).toBeVisible();
  await expect(answer).toContainText('1 2 3');
  await expect(message).toBeFocused();

  const first = inspector.getByRole('article').first();
  await inspector.getByRole('button', { name: 'Jump to start' }).click();
  await first.hover();
  await first.getByRole('button', { name: 'More item actions' }).click();
  await first.getByRole('menuitem', { name: 'Retry from Here' }).click();
  await expect(dialog.detail).toContainText('The 3 items after this message are deleted');
  await dialog.choose('Delete and Retry');
  await expect(inspector.getByRole('article')).toHaveCount(2);
  await expect(answer.getByRole('table')).toContainText('Ferry');
});
