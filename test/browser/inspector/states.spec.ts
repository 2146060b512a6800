import { expect, test } from '@playwright/test';
import { readOnlyCapabilities } from '../../../src/chatkit/common/threadSource.ts';
import { ConversationHost } from './conversationHost.ts';
import { expectNoAxeViolations } from '../../support/axe.ts';
import type { ResponseView } from '../../../src/eventLog/common/protocol.ts';
import { FakeHost } from './fakeHost.ts';
import { assistant, everyKind, thread, tool, user } from './items.ts';

const refused = {
  place: 'thread' as const,
  message: 'api.openai.com did not accept the API key.',
  detail: 'Status 401\nRequest ID: req_123',
  action: 'Set Credentials…',
};
const activity = { loading: [], problems: [], deleted: false };

test('an error is shown above the loaded items, with the next step', async ({ page }) => {
  const host = await new FakeHost({
    items: thread(everyKind),
    state0: { activity: { ...activity, problems: [refused, { ...refused, place: 'latest' }] } },
  }).open(page);
  await expect(page.getByRole('alert')).toHaveCount(1);
  await expect(page.getByRole('alert')).toContainText(refused.message);
  await expect(page.getByRole('article').first()).toBeAttached();
  await expect(page.locator('header')).toContainText('as of');
  await page.getByRole('button', { name: 'Details' }).click();
  await expect(page.getByRole('alert')).toContainText('Request ID: req_123');
  await page.getByRole('button', { name: 'Set Credentials…' }).click();
  await expect.poll(() => host.calls.at(-1)?.method).toBe('resolveProblem');
});

test('the text of a server keeps its lines, appears once, is copied, and opens the files that it names', async ({
  page,
}) => {
  const detail =
    'Status 500\nResponse:\nTraceback (most recent call last):\n  File "tools/x.py", line 3, in run\n    at respond (/srv/app/x.ts:3:5)\nValueError: no stock';
  const problem = { place: 'latest' as const, message: 'localhost returned an error (500).', detail, action: 'Retry' };
  const host = await new FakeHost({
    items: thread(everyKind),
    state0: { activity: { ...activity, problems: [problem, { ...problem, place: 'thread' }] } },
  }).open(page);
  const banner = page.getByRole('alert');
  await expect(banner).toHaveCount(1);
  await expect(banner.getByText('ValueError')).toHaveCount(0);
  await banner.getByRole('button', { name: 'Show Details' }).click();
  expect(await banner.locator('.problem-detail').innerText()).toBe(detail);
  await banner.getByRole('button', { name: 'File "tools/x.py", line 3' }).click();
  await expect
    .poll(() => host.calls.at(-1))
    .toEqual({ method: 'openLocation', params: { path: 'tools/x.py', line: 3, column: null } });
  await banner.getByRole('button', { name: '/srv/app/x.ts:3:5' }).click();
  await expect
    .poll(() => host.calls.at(-1))
    .toEqual({ method: 'openLocation', params: { path: '/srv/app/x.ts', line: 3, column: 5 } });
  await banner.getByRole('button', { name: 'Copy Error' }).click();
  await expect
    .poll(() => host.calls.at(-1))
    .toEqual({ method: 'copyText', params: { text: `${problem.message}\n${detail}` } });
  await expectNoAxeViolations(page);
});

test('an error in a stream shows its lines, its files and its code once', async ({ page }) => {
  const bench = await new ConversationHost({ items: thread([user('Hello')]) }).open(page);
  const message = 'The tool failed.\nFile "tools/x.py", line 3';
  await page.getByRole('textbox', { name: 'Message' }).fill('Go on');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => bench.conversation.running).not.toBeNull();
  bench.end();
  await expect.poll(() => bench.conversation.running).toBeNull();
  bench.sendState({ message, detail: message, retry: false, action: null });
  const banner = page.getByRole('alert');
  expect(await banner.locator('.error-message').innerText()).toBe(message);
  await expect(banner.getByRole('button', { name: 'Show Details' })).toHaveCount(0);
  await banner.getByRole('button', { name: 'File "tools/x.py", line 3' }).click();
  await expect.poll(() => bench.host.calls.at(-1)?.method).toBe('openLocation');
});

test('an error of loading is shown where items are missing, and is retried only on request', async ({ page }) => {
  const items = thread(Array.from({ length: 30 }, (_, index) => user(`Message ${index}`)));
  const problem = { ...refused, place: 'older' as const, message: 'No answer in time.', action: 'Retry' };
  const host = await new FakeHost({
    items,
    pageSize: 10,
    state0: { activity: { ...activity, problems: [problem] } },
  }).open(page);
  await expect(page.getByText('No answer in time.')).toBeVisible();
  expect(host.calls.map(({ method }) => method)).not.toContain('load');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect
    .poll(() => host.calls.at(-1))
    .toEqual({
      method: 'resolveProblem',
      params: { threadId: host.threadId, place: 'older' },
    });
});

test('a deleted thread stays readable, and no more items can be loaded', async ({ page }) => {
  const items = thread(Array.from({ length: 30 }, (_, index) => user(`Message ${index}`)));
  const host = await new FakeHost({ items, pageSize: 10 }).open(page);
  await expect(page.getByRole('article').last()).toBeVisible();
  host.activity.markDeleted();
  await expect(page.getByRole('alert')).toContainText('This thread was deleted.');
  await expect(page.getByRole('article').last()).toBeVisible();
  for (const name of ['Refresh', 'Follow']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('button', { name, exact: true }).click({ force: true });
  }
  await page.getByRole('button', { name: 'More Actions…' }).click();
  await expect(page.getByRole('menuitem', { name: 'Delete Thread…' })).toHaveCount(0);
  expect(host.calls.map(({ method }) => method)).not.toContain('refresh');
});

test('another thread in the same page replaces the whole state', async ({ page }) => {
  const host = await new FakeHost({ items: thread(everyKind) }).open(page);
  await page.getByRole('textbox', { name: 'Find in thread' }).fill('oslo');
  await expect.poll(() => host.page.state).toMatchObject({ threadId: host.threadId, find: 'oslo' });
  const state = host.state();
  host.notify('show', {
    ...state,
    ref: { connectionId: 'fake', threadId: 'cthr_other' },
    thread: { ...state.thread!, id: 'cthr_other', title: 'Another thread', label: 'Another thread' },
    layout: { ...state.layout, windows: [] },
    items: [],
    activity: { ...activity, loading: ['latest'] },
  });
  await expect(page.getByRole('main', { name: 'Another thread' })).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(0);
  await expect(page.getByText('Loading…')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Find in thread' })).toHaveValue('');
  await expect(page.getByRole('main', { name: 'Customer escalation' })).toHaveCount(0);
  await expect.poll(() => host.page.state).toMatchObject({ threadId: 'cthr_other' });
  expect(host.page.state).not.toHaveProperty('find');
});

test('an empty thread shows that it has no items', async ({ page }) => {
  await new FakeHost({ items: [] }).open(page);
  await expect(page.getByText('This thread has no items.')).toBeVisible();
  await expect(page.getByRole('feed')).toHaveCount(0);
});

test('following shows live, paused, and the time until the next attempt', async ({ page }) => {
  const host = await new FakeHost({ items: thread(everyKind) }).open(page);
  const button = page.getByRole('button', { name: 'Follow', exact: true });
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  await button.click();
  await expect.poll(() => host.calls.at(-1)).toMatchObject({ method: 'follow', params: { on: true } });
  host.notify('follow', { mode: 'live' });
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.follow-state')).toHaveText('live');
  host.notify('follow', { mode: 'retrying', at: Date.now() + 60_000, message: 'No route.' });
  await expect(page.locator('.follow-state')).toHaveText(/retrying in \d+\ss/);
  await expect(page.locator('.follow-state')).toHaveAttribute('title', 'No route.');
  await expect.poll(() => host.page.state).toMatchObject({ follow: true });
});

test('a turn ends with its number, its duration and the time of each kind of item', async ({ page }) => {
  const items = [user('q'), tool('t', {}, {}), assistant('a'), user('again'), user('and again')];
  await new FakeHost({ items: thread(items) }).open(page);
  const lines = page.locator('.turn-line');
  await expect(lines.first()).toContainText('turn 1 · ~2 s · 3 items');
  await expect(lines.first().getByText('~2 s')).toHaveAttribute('title', /^Inferred from the times of the items/);
  await expect(lines.first().getByRole('img')).toHaveAccessibleName('Tool call 2 s');
  await expect(lines.nth(1)).toContainText('turn 2 · 1 item · no response');
  // The last turn has not ended: it waits for a response.
  await expect(lines.last()).toHaveText('turn 3 · 1 item');
  await expect(page.locator('header')).toContainText('waiting for a response');
});

test('a turn that was streamed has the time of its stream', async ({ page }) => {
  const items = thread([user('q'), assistant('a'), user('again')]);
  const response: ResponseView = {
    id: '1',
    command: 'threads.create',
    startedAt: 0,
    count: 0,
    droppedCount: 0,
    withoutJson: 0,
    lastValid: -1,
    itemIds: items.slice(0, 2).map(({ id }) => id),
    latencies: { firstEvent: 100, firstText: 200, end: 3000 },
    end: { kind: 'closed', at: 3000, reason: null },
    preview: 'a',
  };
  await new FakeHost({ items, state0: { log: { responses: [response], replay: null } } }).open(page);
  await expect(page.locator('.turn-line').first()).toContainText('turn 1 · 3 s · 2 items');
});

test('equal times and repeated IDs are marked', async ({ page }) => {
  const [first, second] = thread([assistant('a'), assistant('b')], undefined, 0);
  await new FakeHost({ items: [first!, { ...second!, id: `${first!.id}` }].map((item) => ({ ...item })) }).open(page);
  await expect(page.getByText('The server uses the ID of this item for several items.').first()).toBeVisible();
  await expect(page.locator('.row-time').last()).toHaveAttribute('title', /Same time as the previous item/);
});

test('a menu without space below opens above', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 420 });
  await new FakeHost({ items: thread(everyKind) }).open(page);
  const last = page.locator('article').last();
  await last.hover();
  await last.getByRole('button', { name: 'More Item Actions…' }).click();
  await expect(page.getByRole('menuitem', { name: 'Open in Editor' })).toBeInViewport({ ratio: 1 });
});

for (const [name, size] of [
  ['above a composer', { width: 900, height: 500 }],
  ['in a narrow panel', { width: 320, height: 500 }],
  ['in a low panel', { width: 900, height: 300 }],
] as const) {
  test(`every entry of the menu of the last item can be clicked ${name}`, async ({ page }) => {
    await page.setViewportSize(size);
    const capabilities = { ...readOnlyCapabilities, readOnly: false, send: true, retry: true };
    const bench = new ConversationHost({ items: thread([...everyKind, user('And now?')]), state0: { capabilities } });
    await bench.open(page);
    const last = page.locator('article').last();
    await last.hover();
    await last.getByRole('button', { name: 'More Item Actions…' }).click();
    const menu = page.getByRole('menu', { name: 'More Item Actions…' });
    const entries = menu.getByRole('menuitem');
    for (const entry of await entries.all()) {
      await entry.scrollIntoViewIfNeeded();
      await expect(entry).toBeInViewport({ ratio: 1 });
      // Nothing covers it.
      await entry.click({ trial: true });
    }
    await entries.getByText('Retry from Here').click();
    await expect.poll(() => bench.host.calls.at(-1)?.method).toBe('retryFrom');
    await expect(menu).toHaveCount(0);
  });
}

test('a menu follows its item, and closes when the item is scrolled out of view or its button is pressed again', async ({
  page,
}) => {
  await page.setViewportSize({ width: 900, height: 420 });
  await new FakeHost({ items: thread(everyKind) }).open(page);
  const last = page.locator('article').last();
  await last.hover();
  const button = last.getByRole('button', { name: 'More Item Actions…' });
  await button.click();
  const menu = page.getByRole('menu', { name: 'More Item Actions…' });
  const before = (await menu.boundingBox())!;
  await page.locator('.scroller').evaluate((element) => element.scrollBy(0, -20));
  await expect.poll(async () => (await menu.boundingBox())?.y).toBe(before.y + 20);
  await button.click();
  await expect(menu).toHaveCount(0);
  await button.click();
  await expect(menu).toBeVisible();
  await page.locator('.scroller').evaluate((element) => element.scrollTo(0, 0));
  await expect(menu).toHaveCount(0);
});
