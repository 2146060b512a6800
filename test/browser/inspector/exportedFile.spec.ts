import { expect, test, type Page } from '@playwright/test';
import { noThread, type ExportedThread, type ExportView } from '../../../src/export/common/exportView.ts';
import { expectAccessible, expectNoAxeViolations } from '../../support/axe.ts';
import { FakeHost, type FakeHostOptions } from './fakeHost.ts';
import { everyKind, start, thread } from './items.ts';

const names = ['Where is order 4711?', 'Flight to Lisbon', 'Release train is late', '注文の状況', 'cthr_68e8283b…7b67'];
const threads = (count: number): ExportedThread[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `cthr_${index}`,
    label: names[index] ?? `Thread ${index}`,
    user: index % 3 === 2 ? null : `user_${index}`,
    createdAt: start - index * 3_600_000,
    items: index === 1 ? 1 : 12 + index,
  }));

const whole: ExportView = {
  name: 'acme.chatkit.jsonl',
  connectionName: 'Acme',
  exportedAt: start,
  redacted: false,
  count: 500,
  threads: threads(500),
  error: null,
  problems: [],
};

function openList(page: Page, file: Partial<ExportView>, options: Partial<FakeHostOptions> = {}): Promise<FakeHost> {
  const view = { ...whole, ...file };
  return new FakeHost({
    items: [],
    ...options,
    state0: {
      ref: { connectionId: 'file:///acme.chatkit.jsonl', threadId: noThread },
      live: false,
      thread: null,
      file: view,
    },
  }).open(page);
}

const chosen = (host: FakeHost) => host.calls.filter(({ method }) => method === 'export').map(({ params }) => params);

test('axe finds no violations in the list of a file', async ({ page }) => {
  const host = await openList(page, { problems: ['Could not read line 7.'] });
  await expect(page.getByRole('listbox')).toBeFocused();
  await page.getByRole('button', { name: 'Details' }).click();
  await expect(page.getByRole('alert')).toContainText('Could not read line 7.');
  await expectNoAxeViolations(page);
  await page.getByRole('listbox').focus();
  await page.keyboard.press('ArrowDown');
  await expectAccessible(host.page);
  host.page.expectHealthy();
});

test('a thread is selected with the keyboard, also among many', async ({ page }) => {
  const host = await openList(page, {});
  const list = page.getByRole('listbox', { name: 'Threads in the file' });
  await expect(list).toBeFocused();
  await page.keyboard.press('j');
  await expect(page.getByRole('option', { selected: true })).toContainText('Flight to Lisbon');
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await expect(page.getByRole('option', { selected: true })).toContainText('Where is order 4711?');
  await page.keyboard.press('End');
  const last = page.getByRole('option', { selected: true });
  await expect(last).toContainText('Thread 499');
  await expect(last).toHaveAttribute('aria-posinset', '500');
  await expect(last).toBeInViewport();
  expect(await page.getByRole('option').count()).toBeLessThan(100);
  await page.keyboard.press('Enter');
  await expect.poll(() => chosen(host)).toEqual([{ do: 'choose', threadId: 'cthr_499' }]);
});

test('threads are found by title, user and ID', async ({ page }) => {
  const host = await openList(page, {});
  const field = page.getByRole('textbox', { name: 'Search threads by title, user or ID' });
  await expect(page.getByRole('listbox')).toBeFocused();
  host.notify('find', { open: true });
  await expect(field).toBeFocused();
  await field.fill('lisbon USER_1');
  await expect(page.getByRole('option')).toHaveCount(1);
  await expect(page.getByText('1 of 500 threads')).toBeVisible();
  await field.fill('unmatched');
  await expect(page.getByText('No results')).toBeVisible();
  await field.fill('cthr_42');
  await field.press('Enter');
  await expect(page.getByRole('listbox')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => chosen(host)).toEqual([{ do: 'choose', threadId: 'cthr_42' }]);
});

test('Back returns from a thread to the list', async ({ page }) => {
  const host = await new FakeHost({
    items: thread(everyKind),
    state0: { live: false, file: { ...whole, threads: [], problems: ['Could not read line 7.'] } },
  }).open(page);
  await expect(page.getByRole('article').first()).toBeAttached();
  await expect(page.getByRole('alert')).toContainText('Some parts of this file could not be read.');
  for (const name of ['Refresh', 'Follow'])
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Show all 500 threads in the file' }).click();
  await expect.poll(() => chosen(host)).toEqual([{ do: 'choose', threadId: noThread }]);
  await expectNoAxeViolations(page, { exclude: ['[data-widget-root]'] });
});

test('a file that is not an export shows a message and opens as text', async ({ page }) => {
  const error = '“acme.chatkit.json” is not a ChatKit Inspector export, or the start of the file is damaged.';
  const host = await openList(page, { count: 0, threads: [], error });
  await expect(page.getByRole('alert')).toContainText(error);
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Reopen as Text' }).click();
  await expect.poll(() => chosen(host)).toEqual([{ do: 'reopenAsText' }]);
});

test('a disposed page requests the thread that it showed', async ({ page }) => {
  const state = { connectionId: 'file:///acme.chatkit.jsonl', threadId: 'cthr_7' };
  const host = await openList(page, {}, { state });
  await expect.poll(() => host.calls[0]).toEqual({ method: 'ready', params: { threadId: 'cthr_7' } });
});
