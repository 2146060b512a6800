import { expect, test, type Page } from '@playwright/test';
import { FakeHost } from './fakeHost.ts';
import { assistant, everyKind, thread, user } from './items.ts';

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('article')?.getAttribute('data-item-id'));

test('arrow keys, j and k move between items, Home and End to the first and the last', async ({ page }) => {
  await new FakeHost({ items: thread(everyKind) }).open(page);
  await page.locator('article').last().focus();
  for (const [key, id] of [
    ['ArrowUp', 'cti_0011'],
    ['k', 'cti_0010'],
    ['j', 'cti_0011'],
    ['Home', 'cti_0001'],
    ['ArrowUp', 'cti_0001'],
    ['ArrowDown', 'cti_0002'],
    ['End', 'cti_0012'],
    ['ArrowDown', 'cti_0012'],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(() => focused(page), { message: key }).toBe(id);
  }
});

test('keys that move reach the items although nothing in the page has the focus', async ({ page }) => {
  await new FakeHost({ items: thread(everyKind) }).open(page);
  await expect(page.locator('article').last()).toBeVisible();
  for (const [key, id] of [
    ['ArrowDown', 'cti_0012'],
    ['ArrowUp', 'cti_0011'],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(() => focused(page), { message: key }).toBe(id);
  }
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Home');
  await expect.poll(() => focused(page)).toBe('cti_0001');
});

test('the menu key and Shift+F10 open the menu of an item, but not in a field', async ({ page }) => {
  await new FakeHost({ items: thread(everyKind) }).open(page);
  const last = page.locator('article').last();
  for (const key of ['ContextMenu', 'Shift+F10']) {
    await last.focus();
    await page.keyboard.press(key);
    await expect(page.getByRole('menuitem', { name: 'Copy as Text' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(last.getByRole('button', { name: 'More Item Actions…' })).toBeFocused();
  }
  await page.getByRole('textbox', { name: 'Find in thread' }).focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu')).toHaveCount(0);
});

test('a new item does not take the focus back after the find field was left for an item that had it before', async ({
  page,
}) => {
  const host = await new FakeHost({ items: thread([user('one'), user('two')]) }).open(page);
  const find = page.getByRole('textbox', { name: 'Find in thread' });
  await page.locator('article').last().focus();
  await find.focus();
  await find.press('Escape');
  await expect.poll(() => focused(page)).toBe('cti_0002');
  await find.focus();
  for (const item of thread([user('one'), user('two'), user('three')]).slice(2)) {
    host.store.putItem(host.threadId, item);
  }
  await expect(page.locator('article')).toHaveCount(3);
  await expect(find).toBeFocused();
});

test('the focus stays on its item while scrolling', async ({ page }) => {
  const items = thread(
    Array.from({ length: 200 }, (_, index) => (index % 2 ? assistant(`a ${index}`) : user(`u ${index}`))),
  );
  await new FakeHost({ items, pageSize: 100 }).open(page);
  await page.locator('article').last().focus();
  await page.locator('.scroller').evaluate((element) => element.scrollBy(0, -2000));
  await expect(page.locator('article').first()).not.toHaveAttribute('data-item-id', 'cti_0200');
  expect(await focused(page)).toBe('cti_0200');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => focused(page)).toBe('cti_0199');
  await expect(page.locator('[data-item-id=cti_0199]')).toBeInViewport();
});

test('Enter shows the JSON of an item; Escape moves from a control to its item, then to the find field', async ({
  page,
}) => {
  await new FakeHost({ items: thread(everyKind) }).open(page);
  const last = page.locator('article').last();
  await last.focus();
  await page.keyboard.press('Enter');
  await expect(last.getByRole('group', { name: 'JSON' })).toBeVisible();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
  await page.keyboard.press('Escape');
  await expect(last).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Find in thread' })).toBeFocused();
});

test('the transcript is one stop in the tab order', async ({ page }) => {
  await new FakeHost({ items: thread([user('one'), user('two'), user('three')]) }).open(page);
  await page.getByRole('button', { name: 'Jump to Latest' }).focus();
  await page.keyboard.press('Tab');
  await expect.poll(() => focused(page)).toBe('cti_0003');
  const names: string[] = [];
  for (let stop = 0; stop < 4; stop++) {
    await page.keyboard.press('Tab');
    names.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''));
  }
  expect(names).toEqual(['Show JSON', 'Copy as Text', 'More Item Actions…', '']);
});

test('a menu opens with the keyboard, arrow keys move in it, and Escape returns the focus', async ({ page }) => {
  const host = await new FakeHost({ items: thread(everyKind) }).open(page);
  const button = page.getByRole('button', { name: 'More Actions…' });
  await button.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Open as JSON' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Open as Markdown Transcript' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Delete Thread…' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => host.calls.at(-1))
    .toEqual({
      method: 'runAction',
      params: { threadId: host.threadId, action: 'openJson' },
    });
});
