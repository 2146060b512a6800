import { expect, test } from '../support/workbench/fixtures.ts';
import type { Workbench } from '../support/workbench/workbench.ts';

test.describe.configure({ timeout: 360_000 });

const title = /Where is order/;
const other = /Flight to Lisbon/;

test('the inspector: previews and pins, images and JSON, the keyboard, following', async ({ workbench }) => {
  await workbench.openView();
  await workbench.openSandbox();
  await test.step('single clicks reuse a preview panel, pinning keeps it', () => previewAndPin(workbench));
  await workbench.closeEditors();
  await test.step('an image is fetched on request, and JSON is shown in the page and in an editor', () =>
    showImageAndJson(workbench));
  await workbench.closeEditors();
  await test.step('the find command focuses the find field of the active thread', () => findByKeyboard(workbench));
  await workbench.closeEditors();
  await test.step('following shows new items and the state “live”', () => follow(workbench));
});

async function previewAndPin(workbench: Workbench): Promise<void> {
  const { threads, page } = workbench;
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
}

async function showImageAndJson(workbench: Workbench): Promise<void> {
  const { threads, editorText } = workbench;
  await threads.row(title).dblclick();
  const inspector = await workbench.inspector(title);
  await inspector.getByRole('button', { name: 'Jump to Start' }).click();
  await expect(inspector.getByText('Start of thread')).toBeInViewport();

  const message = inspector.locator('[data-item-type=user_message]').first();
  await message.getByRole('button', { name: /^Show: / }).click();
  await expect(message.getByRole('img')).toHaveJSProperty('complete', true);
  expect(await message.getByRole('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1);

  await message.hover();
  await message.getByRole('button', { name: 'Show JSON' }).click();
  await expect(message.getByRole('group', { name: 'JSON' })).toContainText('"type": "chatkit.user_message"');
  await message.getByRole('button', { name: 'More Item Actions…' }).click();
  await message.getByRole('menuitem', { name: 'Open in Editor' }).click();
  await expect(editorText).toContainText('"type": "chatkit.user_message"');
}

async function findByKeyboard(workbench: Workbench): Promise<void> {
  await workbench.threads.row(title).dblclick();
  const inspector = await workbench.inspector(title);
  await inspector.getByRole('article').last().click();
  await workbench.page.keyboard.press('Control+f');
  await expect(inspector.getByRole('textbox', { name: 'Find in thread' })).toBeFocused();
}

async function follow(workbench: Workbench): Promise<void> {
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
}
