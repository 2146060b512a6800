import { expect, test } from '../support/workbench/fixtures.ts';

const title = /Where is order/;

test('first use: the sandbox, its threads, one in the inspector, deleted', async ({ workbench }) => {
  const { threads, dialog } = workbench;
  await workbench.openView();
  await workbench.openSandbox();
  await threads.row(title).click();
  const inspector = await workbench.inspector(title);
  await expect(inspector.getByRole('feed').getByRole('article').first()).toBeVisible();
  await expect(inspector.locator('[data-widget-root]').first()).toBeVisible();
  const count = await threads.rows.count();

  await (await threads.menu(title)).choose('Delete Thread…');
  await expect(dialog.message).toContainText(title);
  await expect(dialog.detail).toContainText('Local Sandbox');
  await expect(dialog.detail).toContainText('cannot be undone');
  await dialog.choose('Cancel');
  await expect(threads.row(title)).toBeVisible();

  await threads.row(title).press('Delete');
  await expect(dialog.message).toContainText(title);
  await dialog.choose('Delete');
  await expect(threads.row(title)).toHaveCount(0);
  expect(await threads.rows.count()).toBeLessThanOrEqual(count);
  await expect(inspector.getByText('This thread was deleted')).toBeVisible();
});

test('a reload brings the open thread back, where it was', async ({ workbench }) => {
  const { threads } = workbench;
  await workbench.openView();
  await workbench.openSandbox();
  await threads.row(title).dblclick();
  const before = await workbench.inspector(title);
  await before.getByRole('textbox', { name: 'Find in thread' }).fill('Oslo');
  await expect(before.getByRole('status').filter({ hasText: /^\d\/5$/ })).toHaveCount(1);

  await workbench.reloadWith('Oslo');
  const after = await workbench.inspector(title);
  await expect(after.getByRole('article').first()).toBeVisible();
  await expect(after.getByRole('textbox', { name: 'Find in thread' })).toHaveValue('Oslo');
});

test('JSON and transcript open in editors that cannot be changed', async ({ workbench }) => {
  const { threads, editorText } = workbench;
  await workbench.openView();
  await workbench.openSandbox();
  await (await threads.menu(title)).choose('Open as Markdown Transcript');
  await expect(editorText).toContainText('# Where is order');
  await (await threads.menu(title)).choose('Open as JSON');
  await expect(editorText).toContainText('"object": "chatkit.thread"');
});
