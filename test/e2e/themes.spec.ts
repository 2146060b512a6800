import { expect, test } from '../support/workbench/fixtures.ts';

// test/browser looks at every theme closely; this one proves that the editor puts on a page what those tests assume.
test.use({
  workbenchOptions: {
    settings: { 'workbench.colorTheme': 'Default High Contrast Light', 'workbench.reduceMotion': 'on' },
  },
});

test('the inspector wears the theme of the editor', async ({ workbench }) => {
  await workbench.openView();
  await workbench.openSandbox();
  await workbench.threads.row(/Where is order/).click();
  const inspector = await workbench.inspector(/Where is order/);
  await expect(inspector.getByRole('article').first()).toBeVisible();
  const body = inspector.locator('body');
  await expect(body).toHaveClass(/vscode-high-contrast-light/);
  await expect(body).toHaveClass(/vscode-reduce-motion/);
  await expect(body).toHaveCSS('color', 'rgb(41, 41, 41)');
});
