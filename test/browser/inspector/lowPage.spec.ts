// A low page: the editor at 200 % zoom leaves about 590 × 270 px for a thread.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { toEventViews, toResponseView } from '../../../src/eventLog/common/protocol.ts';
import { ResponseRecorder } from '../../../src/eventLog/common/responseRecorder.ts';
import { answer, startedAt } from '../../unit/eventLog/events.ts';
import { ConversationHost } from './conversationHost.ts';
import { everyKind, thread } from './items.ts';

async function open(page: Page): Promise<ConversationHost> {
  const run = new ResponseRecorder('1', { command: 'threads.create', threadId: 'cthr_abc123', startedAt });
  run.add(answer);
  run.finish({ kind: 'closed', at: 70, reason: null });
  await page.setViewportSize({ width: 590, height: 270 });
  return new ConversationHost({
    items: thread(everyKind),
    state0: { log: { responses: [toResponseView(run)], replay: null } },
    handlers: { events: ({ from }) => toEventViews(run, from) },
  }).open(page);
}

const box = async (part: Locator) => (await part.boundingBox())!;

test('the message and its buttons share a line, and the transcript has room', async ({ page }) => {
  const bench = await open(page);
  const field = await box(page.getByRole('textbox', { name: 'Message' }));
  const send = await box(page.getByRole('button', { name: 'Send', exact: true }));
  expect(Math.abs(field.y + field.height / 2 - (send.y + send.height / 2)), 'in one line').toBeLessThan(6);
  expect((await box(page.locator('.panel'))).height).toBeGreaterThan(100);
  bench.host.page.expectHealthy();
});

test('the event log shows rows, and nothing covers them', async ({ page }) => {
  await open(page);
  await page.getByRole('tab', { name: /^Event Log/ }).click();
  const rows = page.locator('[data-event-index]');
  await expect(rows.nth(2)).toBeVisible();
  const last = await box(rows.nth(2));
  const list = await box(page.locator('.event-scroller'));
  const end = await box(page.getByText('The server closed the stream.'));
  const composer = await box(page.getByRole('region', { name: 'Composer' }));
  expect(last.y + last.height, 'three rows are in the list').toBeLessThanOrEqual(list.y + list.height);
  expect(list.y + list.height).toBeLessThanOrEqual(end.y + 1);
  expect(end.y + end.height).toBeLessThanOrEqual(composer.y);
  // The page scrolls to the message field.
  await page.getByRole('textbox', { name: 'Message' }).focus();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeInViewport({ ratio: 1 });
});
