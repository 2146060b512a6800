import { expect, test, type Page } from '@playwright/test';
import { expectNoAxeViolations } from '../../support/axe.ts';
import { FakeHost } from './fakeHost.ts';
import { assistant, everyKind, thread, tool, user } from './items.ts';

const items = thread(
  Array.from({ length: 300 }, (_, index) => {
    if (index === 10) return tool('get_needle', { where: 'haystack' }, null);
    if (index === 150) return assistant('A **nee**dle in bold, and another needle');
    return index % 2 === 0 ? user(`Question ${index}`) : assistant(`Answer ${index}`);
  }),
);

const field = (page: Page) => page.getByRole('textbox', { name: 'Find in thread' });
const painted = (page: Page, name: string) =>
  page.evaluate((key) => [...(CSS.highlights.get(key) ?? [])].map((range) => (range as Range).toString()), name);

test('finds texts and tool names, also in items that are not rendered', async ({ page }) => {
  const host = await new FakeHost({ items, pageSize: 100 }).open(page);
  await host.store.loadAll(host.threadId, new AbortController().signal);
  await expect(page.locator('header')).toContainText('300 items');
  await page.locator('article').last().focus();
  await page.keyboard.press('Control+f');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('NEEDLE');
  await expect(page.locator('.find-count')).toHaveText(/^3\/3/);
  await expect(page.locator('[data-item-id=cti_0151]')).toBeInViewport();
  await expect.poll(() => painted(page, 'chatkit-find')).toEqual(['needle', 'needle']);
  await expect.poll(() => painted(page, 'chatkit-find-current')).toEqual(['needle']);
  await page.keyboard.press('Enter');
  await expect(page.locator('.find-count')).toHaveText(/^1\/3/);
  await expect(page.locator('[data-item-id=cti_0011]')).toBeInViewport();
  await page.keyboard.press('Shift+Enter');
  await expect(page.locator('.find-count')).toHaveText(/^3\/3/);
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveValue('');
  expect(await painted(page, 'chatkit-find')).toEqual([]);
});

test('shows the scope of the count, and that there are no results', async ({ page }) => {
  await new FakeHost({ items, pageSize: 100 }).open(page);
  await field(page).fill('needle');
  await expect(page.locator('.find-count')).toHaveText('No results in 100 loaded items');
});

test('filters by kind, shows counts, and shows all kinds again', async ({ page }) => {
  const host = await new FakeHost({ items: thread(everyKind) }).open(page);
  await page.getByRole('button', { name: 'Filter by Kind' }).click();
  const entry = page.getByRole('menuitemcheckbox', { name: /^Tool call/ });
  await expect(entry).toHaveText(/2$/);
  await entry.click();
  await expect(entry).toHaveAttribute('aria-checked', 'false');
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-item-type=client_tool_call]')).toHaveCount(0);
  await expect(page.locator('article').first()).toHaveAttribute('aria-setsize', '10');
  await expect.poll(() => host.page.state).toMatchObject({ hidden: ['client_tool_call'] });
  await page.getByRole('button', { name: 'Filter by Kind' }).click();
  await page.getByRole('menuitem', { name: 'Show All Kinds' }).click();
  await expect(page.locator('article').first()).toHaveAttribute('aria-setsize', '12');
});

test('one kind is shown alone, with the mouse and with the keyboard', async ({ page }) => {
  const host = await new FakeHost({ items: thread(everyKind) }).open(page);
  const filter = page.getByRole('button', { name: 'Filter by Kind' });
  await filter.click();
  await page.getByRole('menuitemcheckbox', { name: /^Tool call/ }).hover();
  await page.getByRole('menuitem', { name: 'Only Tool call' }).click();
  await page.keyboard.press('Escape');
  await expect(page.locator('article').first()).toHaveAttribute('aria-setsize', '2');
  await expect(filter).toContainText('1 of 10 kinds');
  await filter.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Show All Kinds' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('menuitem', { name: 'Only User' })).toBeFocused();
  await expectNoAxeViolations(page);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('menuitemcheckbox', { name: /^User/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(filter).toBeFocused();
  await expect(page.locator('[data-item-type=user_message]')).toHaveCount(2);
  await expect(page.locator('article').first()).toHaveAttribute('aria-setsize', '2');
  host.page.expectHealthy();
});
