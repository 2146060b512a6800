import { expect, test } from '../support/workbench/fixtures.ts';

test('the ChatKit view opens, and Show Log our log', async ({ workbench, page }) => {
  await workbench.openView();
  await expect(workbench.sideBar).toContainText('ChatKit');
  await workbench.runCommand('ChatKit: Show Log');
  await expect(page.locator('.part.panel')).toContainText('ChatKit Inspector');
});
