import { expect, test, type Page } from '@playwright/test';
import type { RecordedResponse } from '../../../src/eventLog/common/recordedResponse.ts';
import { ResponseRecorder } from '../../../src/eventLog/common/responseRecorder.ts';
import type { Json } from '../../../src/base/common/json.ts';
import { jsonForPage } from '../../../src/inspector/common/inspectorItem.ts';
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
      eventJson: ({ responseId, index }) => jsonForPage(runOf(responseId).events[index]?.raw ?? null),
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
  await expect(rows(page)).toHaveCount(10);
  await expect(rows(page).nth(3)).toContainText('+40 ms');
  await expect(rows(page).nth(3)).toContainText('thread.item.updated');
  await expect(rows(page).nth(3)).toContainText('content_part.text_delta');
  await expect(rows(page).nth(3)).toContainText('It is');
  await expect(page.getByText('First event 10 ms')).toBeVisible();
  await expect(page.getByText('First text 40 ms')).toBeVisible();
  await expect(page.getByText('End 1,300 ms')).toBeVisible();
  host.page.expectHealthy();
});

test('a broken stream shows its reason and links to the last valid event', async ({ page }) => {
  await open(page, [brokenRun()]);
  await log(page).click();
  await expect(page.getByText(cut.reason)).toBeVisible();
  await expect(rows(page).nth(9)).toContainText('not valid JSON');
  await page.getByRole('textbox', { name: 'Filter events' }).fill('progress');
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: /^Last valid event: 9, thread.item.updated/ }).click();
  await expect(page.getByRole('button', { name: /^Show JSON of event 9,/ })).toBeFocused();
});

test('an event shows its JSON on request, and invalid JSON as text', async ({ page }) => {
  await open(page, [brokenRun()]);
  await log(page).click();
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
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByText('3 of 10 events')).toBeVisible();
  await page
    .getByRole('button', { name: `Show item ${itemId}` })
    .first()
    .click();
  await expect(article).toBeInViewport();
  await expect(page.getByRole('tab', { name: 'Transcript' })).toHaveAttribute('aria-selected', 'true');
  await log(page).click();
  await page.getByRole('button', { name: 'Show events of all items' }).click();
  await expect(rows(page)).toHaveCount(10);
});

test('one of several responses is selected', async ({ page }) => {
  const host = await open(page, [closedRun(), brokenRun()]);
  await log(page).click();
  await page.getByRole('button', { name: 'Select a response' }).click();
  await page.getByRole('menuitem', { name: /^1\. threads\.create/ }).click();
  await expect(rows(page)).toHaveCount(6);
  await expect(page.getByText('The server closed the stream.')).toBeVisible();
  await page.getByRole('button', { name: 'Save Event Log…' }).click();
  await expect
    .poll(() => host.calls.at(-1))
    .toEqual({ method: 'saveResponse', params: { threadId: host.threadId, responseId: '1' } });
});

test('new events do not move the scroll position', async ({ page }) => {
  const run = new ResponseRecorder('1', { command: 'threads.create', threadId: 'cthr_abc123', startedAt });
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => received(delta(itemId, `${from + index}`) as Json, from + index));
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
  await page.getByRole('button', { name: /^Show JSON of event 4,/ }).click();
  await expect(page.locator('.event-json')).toContainText('It is');
  await expectAccessible(host.page);
  host.page.expectHealthy();
});
