import { test } from '../support/workbench/fixtures.ts';
import { expectIsolatedPage } from '../support/workbench/pageIsolation.ts';

test.describe.configure({ timeout: 360_000 });

test('a page accepts messages of its parent window only', async ({ workbench }) => {
  await expectIsolatedPage(workbench);
});
