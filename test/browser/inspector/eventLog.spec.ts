import { expect, test, type Locator, type Page } from '@playwright/test';
import type { RecordedResponse } from '../../../src/eventLog/common/recordedResponse.ts';
import { ResponseRecorder } from '../../../src/eventLog/common/responseRecorder.ts';
import type { Json } from '../../../src/base/common/json.ts';
import { jsonForWebview } from '../../../src/inspector/common/inspectorItem.ts';
import { toEventViews, toResponseView, type ReplayView } from '../../../src/eventLog/common/protocol.ts';
import { expectAccessible, expectNoAxeViolations } from '../../support/axe.ts';
import type { ThemeName } from '../../support/themes.ts';
import { answer, delta, received, startedAt } from '../../unit/eventLog/events.ts';
import { FakeHost } from './fakeHost.ts';
import { everyKind, thread } from './items.ts';

const broken = {
  at: 1240,
  bytes: 11,
  raw: '{"type":"th',
  event: { type: 'unknown', wireType: null, problem: 'not valid JSON' },
} as const;
const cut = { kind: 'failed', at: 1300, reason: 'The stream was cut off in the middle of an event.' } as const;
/** An item of the transcript that the run made. */
const itemId = 'cti_0006';

function brokenRun(): ResponseRecorder {
  const run = new ResponseRecorder('2', { command: 'threads.add_user_message', threadId: 'cthr_abc123', startedAt });
  run.add([
    ...answer,
    ...['It reached ', '**Oslo**', ' today.'].map((text, index) => received(delta(itemId, text), 900 + index * 110)),
    broken,
  ]);
  run.finish(cut);
  return run;
}

function closedRun(): ResponseRecorder {
  const run = new ResponseRecorder('1', {
    command: 'threads.create',
    threadId: 'cthr_abc123',
    startedAt: startedAt - 60_000,
  });
  run.add(answer);
  run.finish({ kind: 'closed', at: 70, reason: null });
  return run;
}

interface Options {
  readonly theme?: ThemeName;
  readonly replay?: ReplayView;
}

async function open(page: Page, runs: readonly RecordedResponse[], { theme, replay }: Options = {}): Promise<FakeHost> {
  const runOf = (responseId: string): RecordedResponse => {
    const run = runs.find(({ id }) => id === responseId);
    if (run === undefined) throw new Error(`No run ${responseId}`);
    return run;
  };
  const host = new FakeHost({
    items: thread(everyKind),
    ...(theme === undefined ? {} : { theme }),
    state0: { log: { responses: runs.map(toResponseView), replay: replay ?? null } },
    handlers: {
      events: ({ responseId, from }) => toEventViews(runOf(responseId), from),
      eventJson: ({ responseId, index }) => jsonForWebview(runOf(responseId).events[index]?.raw ?? null),
    },
  });
  return host.open(page);
}

const log = (page: Page) => page.getByRole('tab', { name: /^Event Log/ });
const rows = (page: Page) => page.locator('[data-event-index]');

test('a thread without streamed responses has no tabs', async ({ page }) => {
  await open(page, []);
  await expect(page.getByRole('feed')).toBeVisible();
  await expect(page.getByRole('tablist', { name: 'Thread views' })).toHaveCount(0);
});

test('shows every event with its time, type, content and size, and the latencies above', async ({ page }) => {
  const host = await open(page, [brokenRun()]);
  await expect(page.getByRole('tab', { name: 'Transcript' })).toHaveAttribute('aria-selected', 'true');
  await log(page).click();
  await expect(log(page)).toHaveText('Event Log (10)');
  await expect(rows(page)).toHaveCount(7);
  const fold = rows(page).nth(3);
  await expect(fold).toContainText('2 text deltas');
  await expect(fold).toContainText('in 0.010 s');
  // The whole row opens.
  await fold.locator('.event-text').click();
  await expect(rows(page)).toHaveCount(9);
  await expect(rows(page).nth(4)).toContainText('0.040 s');
  await expect(rows(page).nth(4)).toContainText('thread.item.updated');
  await expect(rows(page).nth(4)).toContainText('content_part.text_delta');
  await expect(rows(page).nth(4)).toContainText('It is');
  await rows(page).nth(4).locator('.event-text').click();
  await expect(page.locator('.event-json')).toContainText('"delta": "It is "');
  await page.getByRole('button', { name: 'Collapse 2 text deltas' }).click();
  await expect(rows(page)).toHaveCount(7);
  await expect(page.getByText('First event 0.010 s')).toBeVisible();
  await expect(page.getByText('First text 0.040 s')).toBeVisible();
  await expect(page.getByText('End 1.300 s')).toBeVisible();
  await page.setViewportSize({ width: 500, height: 600 });
  await expect(rows(page).nth(0).locator('.event-size')).toBeHidden();
  await expect(rows(page).nth(0).locator('.event-text')).toBeVisible();
  const top = async (part: Locator) => (await part.boundingBox())?.y ?? Number.NaN;
  const filter = page.getByRole('textbox', { name: 'Filter events' });
  const save = page.getByRole('button', { name: 'Save Event Log…' });
  expect(Math.abs((await top(filter)) - (await top(save))), 'in one line').toBeLessThan(8);
  host.page.expectHealthy();
});

test('a broken stream shows its reason and links to the last valid event', async ({ page }) => {
  await open(page, [brokenRun()]);
  await log(page).click();
  await expect(page.getByText(cut.reason)).toBeVisible();
  await expect(rows(page).nth(6)).toContainText('not valid JSON');
  await page.getByRole('textbox', { name: 'Filter events' }).fill('progress');
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: /^Last valid event: 9, thread.item.updated/ }).click();
  await expect(page.getByRole('button', { name: /^Show JSON of event 9,/ })).toBeFocused();
  const link = page.getByRole('button', { name: /^Last valid event: 9, thread.item.updated/ });
  await expect(link, 'in several lines').toHaveCSS('text-align', 'start');
});

test('an event shows its JSON on request, and invalid JSON as text', async ({ page }) => {
  await open(page, [brokenRun()]);
  await log(page).click();
  await page.getByRole('button', { name: 'Expand 2 text deltas' }).click();
  await page.getByRole('button', { name: /^Show JSON of event 4,/ }).click();
  await expect(page.locator('.event-json')).toContainText('"delta": "It is "');
  await page.getByRole('button', { name: /^Hide JSON of event 4,/ }).click();
  await page.getByRole('button', { name: /^Show JSON of event 10,/ }).click();
  await expect(page.locator('.event-json')).toHaveText('{"type":"th');
});

test('an item shows its events, and an event its item', async ({ page }) => {
  await open(page, [closedRun(), brokenRun()]);
  const article = page.locator(`article[data-item-id="${itemId}"]`);
  await article.hover();
  await article.getByRole('button', { name: 'More Item Actions…' }).click();
  await page.getByRole('menuitem', { name: 'Show Events' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('3 text deltas');
  await expect(page.getByText('3 of 10 events')).toBeVisible();
  await page
    .getByRole('button', { name: `Show item ${itemId}` })
    .first()
    .click();
  await expect(article).toBeInViewport();
  await expect(page.getByRole('tab', { name: 'Transcript' })).toHaveAttribute('aria-selected', 'true');
  await log(page).click();
  await page.getByRole('button', { name: 'Show events of all items' }).click();
  await expect(rows(page)).toHaveCount(7);
});

test('one of several responses is selected', async ({ page }) => {
  const host = await open(page, [closedRun(), brokenRun()]);
  await log(page).click();
  await page.getByRole('button', { name: 'Select a response' }).click();
  await expect(page.getByRole('menuitem', { name: /It is in Oslo\..*\(failed\)/ })).toBeVisible();
  await page.getByRole('menuitem', { name: /It is in Oslo\. \(complete\)/ }).click();
  await expect(rows(page)).toHaveCount(5);
  await expect(page.getByText('The server closed the stream.')).toBeVisible();
  await page.getByRole('button', { name: 'Save Event Log…' }).click();
  await expect
    .poll(() => host.calls.at(-1))
    .toEqual({ method: 'saveResponse', params: { threadId: host.threadId, responseId: '1' } });
});

test('new events do not move the scroll position', async ({ page }) => {
  const run = new ResponseRecorder('1', { command: 'threads.create', threadId: 'cthr_abc123', startedAt });
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      received(delta(index % 2 === 0 ? itemId : 'other', `${from + index}`) as Json, from + index),
    );
  run.add(many(0, 3000));
  const host = await open(page, [run]);
  await log(page).click();
  await expect(rows(page).last()).toHaveAttribute('data-event-index', '2999');
  run.add(many(3000, 500));
  host.notify('log', { responses: [toResponseView(run)], replay: null });
  await expect(rows(page).last()).toHaveAttribute('data-event-index', '3499');
  await expect(log(page)).toHaveText('Event Log (3,500)');
  expect(await rows(page).count()).toBeLessThan(80);
  await rows(page).last().getByRole('button').first().focus();
  await page.keyboard.press('Home');
  await expect(page.locator('[data-event-index="0"]').getByRole('button').first()).toBeFocused();
  run.add(many(3500, 10));
  host.notify('log', { responses: [toResponseView(run)], replay: null });
  await expect(log(page)).toHaveText('Event Log (3,510)');
  await expect(page.locator('[data-event-index="0"]')).toBeInViewport();
});

test('all functions work with the keyboard', async ({ page }) => {
  await open(page, [brokenRun()]);
  await page.getByRole('tab', { name: 'Transcript' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(log(page)).toBeFocused();
  await page.keyboard.press('Control+f');
  const field = page.getByRole('textbox', { name: 'Filter events' });
  await expect(field).toBeFocused();
  await page.keyboard.type('text_delta');
  await expect(rows(page)).toHaveCount(5);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: /^Show JSON of event 4,/ })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Hide JSON of event 8,/ })).toBeFocused();
  await expect(page.locator('.event-json')).toContainText('**Oslo**');
});

test('a replay is played, stepped and accelerated from the page', async ({ page }) => {
  const run = brokenRun();
  const replay = {
    mode: 'paused',
    position: 4,
    total: 10,
    speed: 1,
    name: 'a.chatkit-events.jsonl',
    incomplete: null,
  } as const;
  const host = await open(page, [run], { replay });
  const bar = page.getByRole('toolbar', { name: 'Replay' });
  await expect(bar).toContainText('4 of 10 events played');
  await log(page).click();
  await expect(page.locator('[aria-current="step"]')).toHaveAttribute('data-event-index', '3');
  for (const [name, what] of [
    ['Play', 'play'],
    ['Step', 'step'],
    ['Play all remaining events', 'finish'],
    ['Restart', 'restart'],
  ] as const) {
    await bar.getByRole('button', { name, exact: true }).click();
    await expect
      .poll(() => host.calls.at(-1))
      .toEqual({ method: 'replay', params: { threadId: host.threadId, to: { do: what } } });
  }
  await bar.getByRole('button', { name: 'Speed 1×' }).click();
  await page.getByRole('menuitem', { name: '10×' }).click();
  await expect
    .poll(() => host.calls.at(-1))
    .toEqual({ method: 'replay', params: { threadId: host.threadId, to: { do: 'speed', speed: 10 } } });
  host.notify('log', { responses: [toResponseView(run)], replay: { ...replay, mode: 'playing', position: 7 } });
  await expect(bar.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(page.locator('[aria-current="step"]')).toHaveAttribute('data-event-index', '6');
  await expectNoAxeViolations(page);
});

test('axe finds no violations in any theme', async ({ page }) => {
  const replay = {
    mode: 'playing',
    position: 8,
    total: 10,
    speed: 2,
    name: 'oslo.chatkit-events.jsonl',
    incomplete: 'Line 12 of the file cannot be read; it seems to have been cut off there.',
  } as const;
  const host = await open(page, [closedRun(), brokenRun()], { replay });
  await log(page).click();
  await page.getByRole('button', { name: 'Expand 2 text deltas' }).click();
  await page.getByRole('button', { name: /^Show JSON of event 4,/ }).click();
  await expect(page.locator('.event-json')).toContainText('It is');
  await expectAccessible(host.page);
  host.page.expectHealthy();
});

test('protocol problems are marked at their events and at the end', async ({ page }) => {
  const run = new ResponseRecorder('1', { command: 'threads.create', threadId: 'cthr_abc123', startedAt });
  run.add([{ ...received({ type: 'thread.error', error: { message: 'Overloaded' } }, 5), rules: ['CK651'] }]);
  run.finish({ kind: 'failed', at: 10, reason: 'Overloaded', rules: ['CK501'] });
  const host = await open(page, [run]);
  await log(page).click();
  await expect(rows(page).first()).toContainText('CK651');
  await rows(page).first().locator('.event-text').click();
  await expect(page.getByRole('list', { name: 'Protocol problems' })).toContainText('CK651');
  await expect(page.locator('.response-end')).toContainText('CK501');
  await expect(page.locator('.response-end.failed')).toBeVisible();
  await expectAccessible(host.page);
});

test('the Network tab shows what was sent, without secrets', async ({ page }) => {
  const attempt = {
    id: 1,
    startedAt,
    connectedMs: 4,
    firstByteMs: 120,
    endMs: 1300,
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'set-cookie': null },
    bytes: 4321,
    error: null,
  };
  const sent = {
    id: 7,
    startedAt,
    method: 'POST',
    url: 'https://api.example/chatkit',
    query: '',
    command: 'threads.add_user_message',
    headers: { accept: 'text/event-stream', authorization: null },
    bodyLength: 60,
    attempts: [attempt],
  };
  const host = new FakeHost({
    items: thread(everyKind),
    state0: { log: { responses: [], replay: null, requests: 1 } },
    handlers: {
      requests: ({ scope }) => (scope === 'thread' ? [sent] : [{ ...sent, id: 6, command: 'threads.list' }, sent]),
      requestBody: () => ({ text: '{"type":"threads.add_user_message","params":{}}', clipped: false, length: 47 }),
    },
  });
  await host.open(page);
  await page.getByRole('tab', { name: 'Network' }).click();
  const row = page.getByRole('button', { name: 'threads.add_user_message' });
  await expect(page.getByRole('row', { name: /threads.add_user_message/ })).toContainText('1.300 s');
  await expect(row).toHaveAccessibleName(/^threads\.add_user_message, 200, 1\.300\ss, \S/);
  await row.click();
  await expect(page.getByRole('group', { name: 'Request headers' })).toContainText('authorization');
  await expect(page.getByRole('group', { name: 'Request headers' })).toContainText('secret');
  await expect(page.getByRole('group', { name: 'Request body' })).toContainText('threads.add_user_message');
  await expect(page.getByRole('group', { name: 'Response headers (200)' })).toContainText('text/event-stream');
  await page.getByRole('button', { name: 'Copy as cURL' }).click();
  await expect
    .poll(() => host.calls.at(-1))
    .toEqual({ method: 'copyRequest', params: { threadId: host.threadId, requestId: 7 } });
  await page.getByRole('radio', { name: 'All of the connection' }).check();
  await expect(page.getByRole('button', { name: 'threads.list' })).toBeVisible();
  await page.screenshot({ path: '.vscode-test/logs/network.png' });
  await expectAccessible(host.page);
  host.page.expectHealthy();
});
