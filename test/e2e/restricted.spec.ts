import { expect, test } from '../support/workbench/fixtures.ts';

test.use({
  workbenchOptions: {
    restrictedMode: true,
    files: { 'a.chatkit-session.json': '{ "user": "u", "workflow": { "id": "wf_1" } }\n' },
  },
});

test('in a folder that is not trusted, threads are read as anywhere', async ({ workbench, page }) => {
  await expect(page.locator('.statusbar').getByText('Restricted Mode')).toBeVisible();
  await workbench.openView();
  await workbench.openSandbox();
  await workbench.threads.row(/Where is order/).click();
  const inspector = await workbench.inspector(/Where is order/);
  await expect(inspector.getByRole('article').first()).toBeVisible();
});
