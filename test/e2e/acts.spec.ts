import { expect, test } from '../support/workbench/fixtures.ts';

test('acting on a server: a tool answered by hand, a widget pressed, an answer judged, a thread renamed, another user', async ({
  workbench,
}) => {
  test.slow();
  const { threads, quickInput } = workbench;
  await workbench.openView();
  await workbench.openSandboxServer();
  await (await threads.menu(/Local Sandbox Server/)).choose('New Thread');
  const inspector = await workbench.inspector('New Thread');
  const message = inspector.getByRole('textbox', { name: 'Message' });
  const answer = inspector.locator('[data-item-type=assistant_message]').last();
  await message.fill('/tool where_am_i');
  await message.press('Enter');

  const call = inspector.locator('[data-item-type=client_tool_call]');
  await call.getByRole('textbox', { name: 'Output as JSON' }).fill('{"city":"Oslo"}');
  await call.getByRole('button', { name: 'Send Output' }).click();
  await expect(call).toContainText('completed');
  await expect(call.getByRole('group', { name: 'Output' })).toContainText('"city": "Oslo"');
  await expect(answer).toContainText('Thank you, the tool answered');
  await expect(answer).toHaveAttribute('aria-busy', 'false');

  await message.fill('/widget');
  await message.press('Enter');
  const counter = inspector.locator('[data-item-type=widget]').last();
  const count = counter.locator('[data-widget-type=Title]');
  await expect(count).toHaveText('0');
  await expect(inspector.getByRole('button', { name: 'Send', exact: true })).toBeVisible();
  await counter.getByRole('button', { name: 'Press in sync' }).click();
  await expect(count).toHaveText('1');
  await counter.getByRole('button', { name: 'Press', exact: true }).click();
  await expect(count).toHaveText('2');
  await expect(answer).toContainText('You sent sandbox.count');

  await answer.hover();
  await answer.getByRole('button', { name: 'Good answer' }).click();
  await expect(answer.getByRole('button', { name: 'Good answer' })).toHaveAttribute('aria-pressed', 'true');

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

  await (await threads.menu(/Local Sandbox Server/)).choose('Act as User…');
  await quickInput.enter('user_nobody_knows');
  await expect(threads.row(/Local Sandbox Server.*as user_nobody_knows/)).toBeVisible();
  await expect(threads.row(/No threads yet/)).toBeVisible();
});
