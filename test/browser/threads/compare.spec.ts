import { expect, test, type Locator } from '@playwright/test';
import { threadComparison, widgetComparison } from '../../../src/threads/common/compare/compareThreads.ts';
import type { Json } from '../../../src/base/common/json.ts';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import { expectAccessible, expectNoAxeViolations } from '../../support/axe.ts';
import { items as itemsOf } from './compareItems.ts';
import { openComparison } from './compareHost.ts';

const content = (items: readonly ThreadItem[], title = 'Orders') => ({
  thread: { id: 'thr_1', title, status: { type: 'active' } as const },
  items,
});
const changed = () => itemsOf(40, (index) => (index === 10 || index === 30 ? `changed ${index}` : null));
const sample = () => threadComparison(content(itemsOf(40)), content(changed(), 'Orders again'));

test('shows the words that changed, with equal parts collapsed', async ({ page }) => {
  const { webview, calls } = await openComparison(page, sample());
  const rows = page.getByRole('article');
  await expect(page.getByRole('status').first()).toHaveText('2 differences');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toHaveAccessibleName(/^Assistant, Changed, item 11/);
  await expect(rows.first().locator('del')).toHaveCount(1);
  await expect(rows.first().locator('ins')).toContainText('changed 10');
  await expect(page.getByRole('region', { name: 'Title and status' }).locator('ins')).toContainText('again');
  const equal = page.getByRole('button', { name: '10 equal items' });
  await expect(equal).toHaveAttribute('aria-expanded', 'false');
  await equal.click();
  await expect(rows).not.toHaveCount(2);
  await expect(page.getByText('Answer 0:')).toBeVisible();
  expect(calls).toContain('rows {"first":0,"count":10}');
  await page.screenshot({ path: '.vscode-test/logs/compare.png' });
  webview.expectHealthy();
});

test('threads with the same title show when they were created', async ({ page }) => {
  const side = (seconds: number) => ({
    label: 'Orders',
    source: 'Mine',
    count: 3,
    createdAt: Date.UTC(2026, 0, 2, 3, 4, seconds),
  });
  await openComparison(page, sample(), { more: { left: side(5), right: side(40) } });
  const sides = page.locator('.compare-side');
  await expect(sides.first()).toContainText(/Orders.*Mine · 3 items · \d+:04:05/);
  await expect(sides.last()).toContainText(/\d+:04:40/);
});

test('a text that reads from right to left keeps its order', async ({ page }) => {
  const titles = ['استفسار عن الشحنة.', 'سؤال عن الشحنة.'] as const;
  const pair = threadComparison(content(itemsOf(1), titles[0]), content(itemsOf(1), titles[1]));
  await openComparison(page, pair, { more: { left: { label: titles[0], source: 'Mine', count: 1 } } });
  // The period ends the sentence, so it is left of the characters before it.
  const endsAtLeft = (text: Locator) =>
    text.evaluate((element) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      let last = walker.nextNode() as Text;
      while (walker.nextNode()) last = walker.currentNode as Text;
      const leftOf = (index: number) => {
        const range = document.createRange();
        range.setStart(last, index);
        range.setEnd(last, index + 1);
        return range.getBoundingClientRect().left;
      };
      return leftOf(last.length - 1) < leftOf(1);
    });
  const title = page.getByRole('region', { name: 'Title and status' }).locator('p.difference-text');
  await expect(title).toBeVisible();
  expect(await endsAtLeft(title)).toBe(true);
  const label = page.locator('.compare-label').first();
  expect(await endsAtLeft(label)).toBe(true);
});

test('moves from difference to difference with the keyboard', async ({ page }) => {
  await openComparison(page, sample());
  await expect(page.getByRole('article')).toHaveCount(2);
  await page.keyboard.press('F7');
  await expect(page.locator(':focus')).toHaveAccessibleName(/item 11/);
  await page.keyboard.press('F7');
  await expect(page.locator(':focus')).toHaveAccessibleName(/item 31/);
  await expect(page.getByText('Difference 2 of 2')).toBeAttached();
  await page.keyboard.press('F7');
  await expect(page.getByText('This is the last difference.')).toBeAttached();
  await page.keyboard.press('Shift+F7');
  await expect(page.locator(':focus')).toHaveAccessibleName(/item 11/);
});

test('the times of each turn are one click away', async ({ page }) => {
  await openComparison(page, sample());
  const summary = page.locator('summary').filter({ hasText: /^Times: / });
  await expect(page.getByRole('table')).toHaveCount(0);
  await summary.press('Enter');
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows.first()).toHaveText('TurnLeftRight');
  await expect(rows.nth(1)).toContainText(/\d\s(ms|s)/);
});

test('the text diff and both threads are one click away', async ({ page }) => {
  const { calls } = await openComparison(page, sample());
  await page.getByRole('button', { name: 'Compare as Text' }).click();
  await page.getByRole('button', { name: 'Open Right Thread' }).click();
  await expect.poll(() => calls.slice(-2)).toEqual(['openTextDiff {}', 'openThread {"side":"right"}']);
});

test('axe finds no violations in any theme', async ({ page }) => {
  const { webview } = await openComparison(page, sample());
  await expect(page.getByRole('article')).toHaveCount(2);
  await expectAccessible(webview);
});

test('shows a widget as a tree of changed nodes', async ({ page }) => {
  const widget = (label: string) => ({
    type: 'Card',
    children: [
      { type: 'Title', value: 'Parcel' },
      { type: 'Badge', label, color: 'info' },
    ],
  });
  await openComparison(page, widgetComparison(widget('Delayed'), widget('On time')), {
    more: { title: 'Widget before and after', threads: false },
  });
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(page.getByRole('article').locator('del')).toContainText('Delayed');
  await expect(page.getByRole('article').locator('ins')).toContainText('On');
  await expect(page.getByRole('button', { name: 'Compare as Text' })).toHaveCount(0);
  await expectNoAxeViolations(page);
  await page.screenshot({ path: '.vscode-test/logs/compare-widget.png' });
});

test('an added component is readable in every theme', async ({ page }) => {
  const widget = (...children: readonly Json[]) => ({
    type: 'Card',
    children: [{ type: 'Title', value: 'Parcel' }, ...children],
  });
  const added = { type: 'Button', label: 'Track', onClickAction: { type: 'track', payload: { id: 18, again: true } } };
  const { webview } = await openComparison(page, widgetComparison(widget(), widget(added)), {
    more: { title: 'Widget before and after', threads: false },
  });
  await expect(page.getByRole('article').locator('ins')).toContainText('Track');
  await expectAccessible(webview);
});

test('renders few of 2,000 items', async ({ page }) => {
  const right = itemsOf(2_000, (index) => (index % 40 === 10 ? `changed ${index}` : null));
  const comparison = threadComparison(content(itemsOf(2_000)), content(right));
  expect(comparison.state.differences).toBe(50);
  const { webview } = await openComparison(page, comparison);
  await expect(page.getByRole('status').first()).toHaveText('50 differences');
  expect(await page.getByRole('article').count()).toBeLessThan(25);
  for (let step = 0; step < 20; step++) await page.keyboard.press('F7');
  await expect(page.getByText('Difference 20 of 50')).toBeAttached();
  await expect(page.locator(':focus')).toHaveAccessibleName(/Changed/);
  webview.expectHealthy();
});

test('threads that cannot be read are tried again', async ({ page }) => {
  await openComparison(page, sample(), { problem: 'Could not connect.' });
  await expect(page.getByRole('alert')).toHaveText('The threads could not be compared: Could not connect.');
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Try Again' }).click();
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.getByRole('alert')).toHaveCount(0);
});
