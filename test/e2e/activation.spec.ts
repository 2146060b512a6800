import { expect, test } from '../support/workbench/fixtures.ts';

test('the ChatKit view opens', async ({ workbench }) => {
  await workbench.openView();
  await expect(workbench.sideBar).toContainText('ChatKit');
});

test('Show Log opens our log', async ({ workbench, page }) => {
  await workbench.runCommand('ChatKit: Show Log');
  await expect(page.locator('.part.panel')).toContainText('ChatKit Inspector');
});
