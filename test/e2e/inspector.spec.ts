import { expect, test } from '../support/workbench/fixtures.ts';

const title = /Where is order/;
const other = /Flight to Lisbon/;

test('single clicks reuse a preview panel, pinning keeps it', async ({ workbench, page }) => {
  const { threads } = workbench;
  await workbench.openView();
  await workbench.openSandbox();
  await threads.row(title).click();
  await expect(workbench.tab(title)).toBeVisible();
  await workbench.inspector(title);
  await threads.row(other).click();
  await expect(workbench.tab(other)).toBeVisible();
  await expect(workbench.tab(title)).toHaveCount(0);
  const inspector = await workbench.inspector(other);
  await expect(inspector.getByRole('article').first()).toBeVisible();

  await inspector.getByRole('heading', { level: 1 }).click();
  const pin = page.getByRole('button', { name: 'Pin Thread' });
  await pin.click();
  await expect(pin).toHaveCount(0);
  await threads.row(title).click();
  await expect(workbench.tab(title)).toBeVisible();
  await expect(workbench.tab(other)).toBeVisible();
});

test('an image is fetched when it is asked for, and JSON opens in place and in an editor', async ({ workbench }) => {
  const { threads, editorText } = workbench;
  await workbench.openView();
  await workbench.openSandbox();
  await threads.row(title).dblclick();
  const inspector = await workbench.inspector(title);
  await inspector.getByRole('button', { name: 'Jump to start' }).click();
  await expect(inspector.getByText('Start of the thread')).toBeInViewport();

  const message = inspector.locator('[data-item-type=user_message]').first();
  await message.getByRole('button', { name: /^Show: / }).click();
  await expect(message.getByRole('img')).toHaveJSProperty('complete', true);
  expect(await message.getByRole('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1);

  await message.hover();
  await message.getByRole('button', { name: 'Show JSON' }).click();
  await expect(message.getByRole('group', { name: 'JSON' })).toContainText('"type": "chatkit.user_message"');
  await message.getByRole('button', { name: 'More item actions' }).click();
  await message.getByRole('menuitem', { name: 'Open in Editor' }).click();
  await expect(editorText).toContainText('"type": "chatkit.user_message"');
});

test('the keyboard finds in the thread in front', async ({ workbench, page }) => {
  await workbench.openView();
  await workbench.openSandbox();
  await workbench.threads.row(title).dblclick();
  const inspector = await workbench.inspector(title);
  await inspector.getByRole('article').last().click();
  await page.keyboard.press('Control+f');
  await expect(inspector.getByRole('textbox', { name: 'Find in thread' })).toBeFocused();
});

test('following shows new items and says that it is live', async ({ workbench }) => {
  await workbench.openView();
  await workbench.openSandbox();
  await workbench.threads.row(/Release train/).dblclick();
  const inspector = await workbench.inspector(/Release train/);
  await expect(inspector.getByRole('article').first()).toBeVisible();
  const last = await inspector.getByRole('article').last().getAttribute('data-item-id');
  await inspector.getByRole('button', { name: 'Follow' }).click();
  await expect(inspector.locator('header')).toContainText('live');
  await expect(inspector.getByRole('article').last()).not.toHaveAttribute('data-item-id', last ?? '', {
    timeout: 40_000,
  });
  await expect(inspector.getByRole('article').last()).toBeInViewport();
});
