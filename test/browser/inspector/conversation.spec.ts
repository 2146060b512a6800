import { expect, test, type Page } from '@playwright/test';
import { SourceError } from '../../../src/chatkit/common/errors.ts';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import { expectAccessible, expectNoAxeViolations } from '../../support/axe.ts';
import { assistant, start, thread, user } from './items.ts';
import { ConversationHost } from './conversationHost.ts';

const field = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true });
const stop = (page: Page) => page.getByRole('button', { name: 'Stop', exact: true });

/** An item of a stream, newer than those that are there. */
const made = (body: ReturnType<typeof user>, id: string): ThreadItem => {
  const [item] = thread([body]);
  return { ...(item as ThreadItem), id, createdAt: start + 60_000 };
};

const conversation = (state0 = {}) =>
  new ConversationHost({ items: thread([user('Where is it now?'), assistant('It reached **Oslo**.')]), state0 });

test('Enter sends, Shift+Enter inserts a line; the response streams and ends', async ({ page }) => {
  const bench = await conversation().open(page);
  await field(page).fill('And');
  await field(page).press('Shift+Enter');
  await field(page).pressSequentially('tomorrow?');
  await expect(stop(page)).toHaveCount(0);
  await field(page).press('Enter');
  await expect(field(page)).toHaveValue('');
  await expect(field(page)).toBeFocused();
  await expect
    .poll(() => bench.host.calls.find(({ method }) => method === 'sendMessage')?.params)
    .toEqual({ threadId: bench.host.threadId, text: 'And\ntomorrow?', quote: null });

  bench.events({ type: 'itemDone', item: made(user('And\ntomorrow?'), 'm1') });
  bench.events({ type: 'progress', text: 'Looking it up', icon: null });
  await expect(page.getByRole('article')).toHaveCount(3);
  await expect(page.locator('.status-line')).toContainText('Looking it up');
  await expect(page.getByRole('status')).toContainText('Looking it up');
  bench.begin(made(assistant(''), 'a1'));
  bench.appendText('a1', 'It will be in **Trond');
  const answer = page.locator('[data-item-id="a1"]');
  await expect(answer).toHaveAttribute('aria-busy', 'true');
  await expect(answer).toContainText('It will be in');
  bench.appendText('a1', 'heim**.\n\n- one\n');
  bench.appendText('a1', '- two');
  await expect(answer.locator('strong')).toHaveText('Trondheim');
  await expect(answer.getByRole('listitem')).toHaveText(['one', 'two']);
  bench.events({ type: 'itemDone', item: made(assistant('It will be in **Trondheim**.\n\n- one\n- two'), 'a1') });
  bench.end();
  await expect(answer).toHaveAttribute('aria-busy', 'false');
  await expect(answer.getByRole('listitem')).toHaveText(['one', 'two']);
  await expect(stop(page)).toHaveCount(0);
  await expect(page.locator('.status-line')).toHaveCount(0);
  await expect(page.getByRole('status')).toHaveText('Response complete.');
  bench.host.page.expectHealthy();
});

test('Arrow Up shows earlier messages, Arrow Down returns to the empty field, and changed text is never replaced', async ({
  page,
}) => {
  const texts = ['Two\nlines', 'First'];
  const handlers = { messageHistory: () => ({ texts }) };
  await new ConversationHost({ items: thread([user('First')]), handlers }).open(page);
  await field(page).press('ArrowUp');
  await expect(field(page)).toHaveValue('Two\nlines');
  // From the last line, the key moves the caret first.
  await field(page).press('ArrowUp');
  await expect(field(page)).toHaveValue('Two\nlines');
  await field(page).press('ArrowUp');
  await expect(field(page)).toHaveValue('First');
  await field(page).press('ArrowUp');
  await expect(field(page)).toHaveValue('First');
  await field(page).press('ArrowDown');
  await field(page).press('ArrowDown');
  await expect(field(page)).toHaveValue('');
  await field(page).fill('Mine');
  await field(page).press('ArrowUp');
  await expect(field(page)).toHaveValue('Mine');
});

test('earlier messages that arrive late do not replace what was sent or typed meanwhile', async ({ page }) => {
  const respond: (() => void)[] = [];
  const messageHistory = () =>
    new Promise<{ texts: string[] }>((resolve) => respond.push(() => resolve({ texts: ['Earlier'] })));
  const bench = await new ConversationHost({ items: thread([user('Earlier')]), handlers: { messageHistory } }).open(
    page,
  );
  await field(page).press('ArrowUp');
  await field(page).fill('Mine');
  await field(page).press('Enter');
  await expect.poll(() => respond.length).toBe(1);
  respond[0]?.();
  await expect(field(page)).toHaveValue('');
  bench.events({ type: 'progress', text: 'After the first', icon: null });
  await expect(page.locator('.status-line')).toContainText('After the first');
  await expect(field(page)).toHaveValue('');

  await field(page).press('ArrowUp');
  await field(page).fill('Next');
  await expect.poll(() => respond.length).toBe(2);
  respond[1]?.();
  await expect(field(page)).toHaveValue('Next');
  bench.events({ type: 'progress', text: 'After the second', icon: null });
  await expect(page.locator('.status-line')).toContainText('After the second');
  await expect(field(page)).toHaveValue('Next');
});

test('the fields for a mention, and for model and tool, get the focus; Escape closes them', async ({ page }) => {
  await conversation().open(page);
  for (const [button, first] of [
    ['Mention an entity', 'Text'],
    ['Model and tool', 'Model'],
  ] as const) {
    await page.getByRole('button', { name: button }).focus();
    await page.keyboard.press('Enter');
    const input = page.getByRole('textbox', { name: first, exact: true });
    await expect(input).toBeFocused();
    await input.press('Escape');
    await expect(input).toHaveCount(0);
    await expect(field(page)).toBeFocused();
  }
});

test('Stop ends the stream and keeps the partial response', async ({ page }) => {
  const bench = await conversation().open(page);
  await field(page).fill('Tell me everything');
  await send(page).click();
  bench.begin(made(assistant(''), 'a1'));
  bench.appendText('a1', 'Once upon a');
  await expect(page.locator('[data-item-id="a1"]')).toContainText('Once upon a');
  await expect(send(page)).toHaveCount(0);
  await stop(page).click();
  await expect(field(page)).toBeFocused();
  await expect(page.getByText('Stopped. The partial response was saved.').first()).toBeVisible();
  await expect(page.locator('[data-item-id="a1"]')).toContainText('Once upon a');
  await expect(page.locator('[data-item-id="a1"]')).toContainText('Incomplete');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.locator('.status-line')).toHaveCount(0);
});

test('the Stop button shows that the server does not allow stopping', async ({ page }) => {
  const bench = await conversation().open(page);
  await field(page).fill('Go');
  await send(page).click();
  bench.events({ type: 'options', allowCancel: false });
  await expect(stop(page)).toHaveAttribute('aria-disabled', 'true');
  await expect(stop(page)).toHaveAccessibleDescription(/does not allow it/);
});

test('a message that was not sent returns to the composer, before text that was typed in the meantime', async ({
  page,
}) => {
  const bench = await conversation().open(page);
  await field(page).fill('First');
  await send(page).click();
  await field(page).fill('Second');
  await expect.poll(() => bench.conversation.draft.text).toBe('Second');
  bench.end(new SourceError('network', 'No route.'));
  await expect(field(page)).toHaveValue('First\nSecond');
  bench.sendState({ message: 'The server cannot be reached.', detail: 'ECONNREFUSED', retry: false, action: null });
  await expect(page.getByRole('alert')).toContainText('The server cannot be reached.');
  await page.getByRole('button', { name: 'Show details' }).click();
  await expect(page.getByRole('alert')).toContainText('ECONNREFUSED');
});

test('the transcript keeps its scroll position, and follows new text at the end', async ({ page }) => {
  const items = thread(Array.from({ length: 60 }, (_, index) => assistant(`Message ${index}\n\nand more`)));
  const bench = await new ConversationHost({ items }).open(page);
  const scroller = page.locator('.scroller');
  const fromEnd = () => scroller.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
  await field(page).fill('Go');
  await send(page).click();
  bench.begin(made(assistant(''), 'a1'));
  for (let index = 0; index < 40; index += 1) bench.appendText('a1', `Line ${index}\n\n`);
  await expect(page.locator('[data-item-id="a1"]')).toContainText('Line 39');
  await expect.poll(fromEnd).toBeLessThan(40);

  await scroller.evaluate((element) => element.scrollBy(0, -600));
  await expect.poll(fromEnd).toBeGreaterThan(500);
  const top = await scroller.evaluate((element) => element.scrollTop);
  for (let index = 40; index < 80; index += 1) bench.appendText('a1', `Line ${index}\n\n`);
  await expect.poll(fromEnd).toBeGreaterThan(1000);
  expect(Math.abs((await scroller.evaluate((element) => element.scrollTop)) - top)).toBeLessThan(4);
});

test('a locked thread shows its reason, and a closed thread has no composer', async ({ page }) => {
  const bench = await conversation().open(page);
  const view = { ...bench.host.state().thread!, status: { type: 'locked' as const, reason: 'A colleague looks' } };
  bench.host.notify('thread', view);
  await expect(field(page)).toBeDisabled();
  await expect(field(page)).toHaveAttribute('placeholder', 'This thread is locked: A colleague looks');
  bench.host.notify('thread', { ...view, status: { type: 'closed', reason: null } });
  await expect(field(page)).toHaveCount(0);
  await expect(page.locator('.conversation .banner')).toHaveText('This thread is closed.');
  await expect(page.getByText('This thread is closed')).toHaveCount(1);
});

test('selected text is quoted, files are attached and removed, model and tool are saved', async ({ page }) => {
  const bench = await conversation().open(page);
  const quote = page.getByRole('button', { name: 'Quote selected text' });
  await expect(quote).toBeDisabled();
  await page.locator('article strong').selectText();
  await quote.click();
  await expect(page.locator('.composer-quote')).toHaveText('Oslo');
  await field(page).fill('Where is that?');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await expect.poll(() => bench.host.calls.map(({ method }) => method)).toContain('attach');
  bench.host.notify('conversation', {
    ...bench.view()!,
    draft: {
      ...bench.view()!.draft,
      files: [
        { key: 'a', name: 'label.png', size: 12, state: 'ready', message: null },
        { key: 'b', name: 'scan.pdf', size: null, state: 'uploading', message: null },
        { key: 'c', name: 'huge.iso', size: null, state: 'failed', message: 'huge.iso is larger than 100 MB.' },
      ],
    },
  });
  await expect(page.getByRole('list', { name: 'Attachments' }).getByRole('listitem')).toHaveCount(3);
  await expect(page.getByText('huge.iso is larger than 100 MB.')).toBeVisible();
  await expect(send(page)).toBeDisabled();
  await page.getByRole('button', { name: 'Remove huge.iso' }).click();
  await expect.poll(() => bench.host.calls.at(-1)).toMatchObject({ method: 'detach', params: { key: 'c' } });
  const again = page.getByRole('switch', { name: 'Send Again on Save' });
  await expect(again).not.toBeChecked();
  await again.click();
  await expect(again).toBeChecked();
  await page.getByRole('button', { name: 'Model and tool' }).click();
  await page.getByRole('textbox', { name: 'Model' }).fill('gpt-5');
  await expect
    .poll(() => bench.host.calls.at(-1)?.params)
    .toEqual({ threadId: bench.host.threadId, model: 'gpt-5', tool: '' });
  await expectNoAxeViolations(page);
});

test('progress, notices, effects and errors of a stream are shown', async ({ page }) => {
  const bench = await new ConversationHost({
    items: thread([user('Where is it now?'), assistant('It reached **Oslo**.')]),
  }).open(page);
  await field(page).fill('Go on');
  await send(page).click();
  bench.events({ type: 'notice', level: 'info', message: 'Open until **18:00**.', title: null });
  bench.events({ type: 'notice', level: 'warning', message: '9 of 10 requests are used.', title: 'Almost used up' });
  bench.events({ type: 'effect', name: 'open_cart', data: { highlight: ['sku_18'] } });
  bench.begin(made(assistant(''), 'a1'));
  bench.appendText('a1', 'Three ways to get there:\n\n1. by train');
  await page.getByRole('button', { name: '2 notices, 1 effect' }).click();
  await expect(page.getByText('Client effect open_cart')).toBeVisible();
  await expect(page.getByRole('note')).toHaveCount(2);
  await field(page).fill('Something longer\nthan one line');
  await expectAccessible(bench.host.page);
  bench.end(new SourceError('network', 'Cut.'));
  bench.sendState({
    message: 'The connection was lost.',
    detail: 'The stream was cut off in the middle of an event.',
    retry: true,
    action: null,
  });
  await expect(page.getByRole('button', { name: 'Retry', exact: true })).toBeVisible();
  await expectAccessible(bench.host.page);
  bench.host.page.expectHealthy();
});

test('the end of a response is announced as complete, incomplete, stopped or failed', async ({ page }) => {
  const bench = await conversation().open(page);
  const status = page.getByRole('status');
  const ends: readonly (readonly [end: () => unknown, text: string])[] = [
    [
      () => {
        bench.events({ type: 'itemDone', item: made(assistant('Done'), 'r0') });
        bench.end();
      },
      'Response complete.',
    ],
    [() => bench.end(), 'The response ended, but it is incomplete.'],
    [() => stop(page).click(), 'Stopped. The partial response was saved.'],
    [() => bench.end(new SourceError('network', 'Cut.')), 'Response failed.'],
  ];
  for (const [index, [end, text]] of ends.entries()) {
    await field(page).fill(`Message ${index}`);
    await send(page).click();
    await expect(status).toHaveText('Responding…');
    bench.begin(made(assistant(''), `r${index}`));
    await expect(page.locator(`[data-item-id="r${index}"]`)).toBeVisible();
    // New items are not announced in between.
    await expect(status).toHaveText('Responding…');
    await end();
    await expect(status).toHaveText(text);
  }
});

test('the time of the last update in the header follows a stream', async ({ page }) => {
  const bench = await conversation().open(page);
  const asOf = page.locator('.facts-line li', { hasText: 'as of' });
  const before = await asOf.textContent();
  await field(page).fill('Go on');
  await send(page).click();
  bench.begin(made(assistant(''), 'a1'));
  // The clock shows seconds.
  await expect(async () => {
    bench.appendText('a1', 'more ');
    expect(await asOf.textContent()).not.toBe(before);
  }).toPass();
});
