import { expect, test, type Locator, type Page } from '@playwright/test';
import { FakeHost } from './fakeHost.ts';
import { assistant, thread, tool, user } from './items.ts';

const mixed = (count: number) =>
  thread(
    Array.from({ length: count }, (_, index) => {
      if (index % 4 === 0) return user(`Question ${index}`);
      if (index % 4 === 1) return tool(`tool_${index}`, { index }, { index });
      return assistant(`Answer **${index}**\n\n- one\n- two`);
    }),
  );

/** Returns the position of a row after rows have been measured. */
async function restingTop(row: Locator): Promise<number> {
  let last = Number.NaN;
  await expect
    .poll(async () => {
      const before = last;
      last = (await row.boundingBox())?.y ?? Number.NaN;
      return last - before;
    })
    .toBe(0);
  return last;
}

/** Scrolls on until the element is in the page, and then to it. */
async function scrollTo(page: Page, target: Locator): Promise<void> {
  await expect
    .poll(async () => {
      if ((await target.count()) === 0) await scroller(page).evaluate((element) => element.scrollBy(0, 500));
      return target.count();
    })
    .toBe(1);
  await target.scrollIntoViewIfNeeded();
}

const scroller = (page: Page) => page.locator('.scroller');
const newest = (page: Page) => page.locator('[data-item-id=cti_2000]');

test('a thread opens at its latest items with one request', async ({ page }) => {
  const host = await new FakeHost({ items: mixed(2000) }).open(page);
  await expect(newest(page)).toBeInViewport();
  await expect(page.locator('header')).toContainText('50 items loaded');
  expect(host.loads).toEqual(['desc 50']);
  expect(host.calls.filter(({ method }) => method === 'load')).toEqual([]);
});

/** Collects the numbers of the rows that are rendered from now on, in `window.rendered`. */
async function collectRows(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const rendered = new Set<number>();
    Object.assign(window, { rendered });
    new MutationObserver(() => {
      for (const row of document.querySelectorAll('article')) rendered.add(Number(row.ariaPosInSet));
    }).observe(document, { childList: true, subtree: true });
  });
}

const renderedRows = (page: Page) =>
  page.evaluate(() => [...(window as unknown as { rendered: Set<number> }).rendered].sort((a, b) => a - b));

test('the first rows that are rendered are those that are shown', async ({ page, context }) => {
  await collectRows(page);
  const items = mixed(2000);
  const host = await new FakeHost({ items, pageSize: 100 }).open(page);
  await expect(newest(page)).toBeInViewport();
  expect((await renderedRows(page)).at(0)).toBeGreaterThan(50);

  // With a position of the reader.
  await scroller(page).evaluate((element) => (element.scrollTop = 3000));
  await expect.poll(() => host.page.state).toHaveProperty('anchor.itemId');
  const { anchor } = host.page.state as { anchor: { itemId: string } };
  const again = await context.newPage();
  await collectRows(again);
  await new FakeHost({ items, pageSize: 100, state: host.page.state }).open(again);
  const item = again.locator(`[data-item-id=${anchor.itemId}]`);
  await expect(item).toBeInViewport();
  const place = Number(await item.getAttribute('aria-posinset'));
  // The last row is always rendered: it is in the tab order.
  const rows = (await renderedRows(again)).filter((row) => row < 100);
  expect(rows.at(0)).toBeGreaterThan(place - 30);
  expect(rows.at(-1)).toBeLessThan(place + 40);
});

test('the number of rendered rows is bounded', async ({ page }) => {
  const host = await new FakeHost({ items: mixed(2000), pageSize: 100 }).open(page);
  await host.store.loadAll(host.threadId, new AbortController().signal);
  await expect(page.locator('header')).toContainText('2,000 items');
  for (const top of [0, 20_000, 60_000]) {
    await scroller(page).evaluate((element, to) => (element.scrollTop = to), top);
    await expect(page.locator('article').first()).toBeAttached();
    expect(await page.locator('article').count()).toBeLessThan(60);
  }
});

test('older pages are loaded near the start without moving the scroll position', async ({ page }) => {
  const host = await new FakeHost({ items: mixed(400) }).open(page);
  await expect(page.locator('[data-item-id=cti_0400]')).toBeInViewport();
  const read = page.locator('article').filter({ hasText: 'Question 356' });
  await scroller(page).evaluate((element) => (element.scrollTop = 400));
  await expect(page.locator('header')).toContainText('100 items loaded');
  await expect(read).toBeInViewport();
  expect(host.loads).toEqual(['desc 50', 'desc 50 after cti_0351']);
  const before = await restingTop(read);
  await host.store.loadOlder(host.threadId, new AbortController().signal);
  await expect(page.locator('header')).toContainText('150 items loaded');
  expect(Math.abs((await restingTop(read)) - before)).toBeLessThanOrEqual(2);
});

test('a jump to the start loads a second window, and the gap between them can be closed', async ({ page }) => {
  const host = await new FakeHost({ items: mixed(400) }).open(page);
  await expect(page.locator('[data-item-id=cti_0400]')).toBeInViewport();
  await page.getByRole('button', { name: 'Jump to Start' }).click();
  await expect(page.locator('[data-item-id=cti_0001]')).toBeInViewport();
  await expect(page.getByText('Start of thread')).toBeVisible();
  await expect(page.locator('header')).toContainText('100 items loaded');
  expect(host.loads).toEqual(['desc 50', 'asc 50']);

  // Down to the gap: scrolling near it loads nothing.
  const gap = page.getByRole('group', { name: /are not loaded/ });
  await scrollTo(page, gap);
  expect(host.loads).toHaveLength(2);
  await gap.getByRole('button', { name: 'Load Next' }).click();
  await expect(page.locator('header')).toContainText('150 items loaded');
  expect(host.loads.at(-1)).toBe('asc 50 after cti_0050');
  await scrollTo(page, gap);
  await gap.getByRole('button', { name: 'Load All' }).click();
  await expect(page.locator('header')).toContainText('400 items');
  await expect(page.locator('header')).not.toContainText('loaded');
  await expect(page.getByRole('group', { name: /are not loaded/ })).toHaveCount(0);
});

test('a hidden page restores its scroll position', async ({ page, context }) => {
  const items = mixed(400);
  const host = await new FakeHost({ items, pageSize: 100 }).open(page);
  await expect(page.locator('[data-item-id=cti_0400]')).toBeInViewport();
  await scroller(page).evaluate((element) => (element.scrollTop = 3000));
  await expect.poll(() => host.page.state).toHaveProperty('anchor.itemId');
  const { anchor } = host.page.state as { anchor: { itemId: string; offset: number } };
  const top = await page
    .locator(`[data-item-id=${anchor.itemId}]`)
    .evaluate((element) => element.getBoundingClientRect().top);

  const again = await context.newPage();
  await new FakeHost({ items, pageSize: 100, state: host.page.state }).open(again);
  const item = again.locator(`[data-item-id=${anchor.itemId}]`);
  await expect(item).toBeAttached();
  await expect
    .poll(async () => Math.abs((await item.evaluate((element) => element.getBoundingClientRect().top)) - top))
    .toBeLessThan(4);
});

test('the end of the thread is not remembered as a scroll position', async ({ page }) => {
  const host = await new FakeHost({ items: mixed(400), pageSize: 100 }).open(page);
  await expect(page.locator('[data-item-id=cti_0400]')).toBeInViewport();
  await scroller(page).evaluate((element) => (element.scrollTop = 3000));
  await expect.poll(() => host.page.state).toHaveProperty('anchor.itemId');
  await scroller(page).evaluate((element) => (element.scrollTop = element.scrollHeight));
  await expect.poll(() => (host.page.state as { anchor?: unknown }).anchor).toBeUndefined();
});

test('a message of 10 MB shows its first part and opens in an editor', async ({ page }) => {
  const host = await new FakeHost({ items: thread([assistant('lorem ipsum '.repeat(900_000))]) }).open(page);
  const row = page.locator('article');
  await expect(row).toContainText('Only the first part is shown.');
  expect((await row.innerText()).length).toBeLessThan(60_000);
  await row.getByRole('button', { name: 'Open in Editor' }).click();
  await expect.poll(() => host.calls.at(-1)).toMatchObject({ method: 'openItem', params: { as: 'text' } });
});

test('new items do not move the scroll position, and are announced', async ({ page }) => {
  const host = await new FakeHost({ items: mixed(100), pageSize: 100 }).open(page);
  await expect(page.locator('[data-item-id=cti_0100]')).toBeInViewport();
  await scroller(page).evaluate((element) => (element.scrollTop = 2000));
  const seen = page.locator('article').filter({ hasText: 'Question 24' });
  await expect(seen).toBeInViewport();
  const before = await restingTop(seen);
  host.items.push(...mixed(102).slice(100));
  await host.store.pollNewer(host.threadId, 0, new AbortController().signal);
  await expect(page.locator('header')).toContainText('102 items');
  await expect(page.getByRole('status')).toHaveText('2 new items');
  expect(await restingTop(seen)).toBeCloseTo(before, 0);
});

test('a new page receives all loaded items, the newest first', async ({ page }) => {
  const host = new FakeHost({ items: mixed(3000), pageSize: 100 });
  await host.store.loadAll(host.threadId, new AbortController().signal);
  await host.open(page);
  await expect(page.locator('[data-item-id=cti_3000]')).toBeInViewport();
  await expect(page.locator('header')).toContainText('3,000 items');
  await page.locator('article').last().focus();
  await page.keyboard.press('Home');
  await expect(page.locator('[data-item-id=cti_0001]')).toBeInViewport();
});
