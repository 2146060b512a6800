import { expect, test, type Page } from '@playwright/test';
import type { Json } from '../../../src/base/common/json.ts';
import { parseJsonText } from '../../../src/base/common/parseJson.ts';
import type { Source } from '../../../src/chatkit/common/model/content.ts';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import { readOnlyCapabilities } from '../../../src/chatkit/common/threadSource.ts';
import { RpcError } from '../../../src/base/common/rpc.ts';
import { expectAccessible, expectNoAxeViolations } from '../../support/axe.ts';
import { FakeHost, type FakeHostOptions } from './fakeHost.ts';
import { assistant, everyKind, task, thread, tool, user } from './items.ts';

test.use({ viewport: { width: 1000, height: 1000 } });

const able = {
  ...readOnlyCapabilities,
  readOnly: false,
  delete: true,
  rename: true,
  send: true,
  customActions: true,
  syncActions: true,
  answerForms: true,
  feedback: true,
};
const common = { title: null, description: null, timestamp: null, group: null };
const url = (title: string): Source => ({
  ...common,
  type: 'url',
  title,
  url: `https://${title}.example/`,
  attribution: null,
});
const form = everyKind.find(({ kind }) => kind === 'structured_input')!;

async function open(page: Page, items: readonly ThreadItem[], options: Partial<FakeHostOptions> = {}) {
  return new FakeHost({ ...options, items, state0: { capabilities: able, ...options.state0 } }).open(page);
}

function asked(host: FakeHost, method: string): readonly unknown[] {
  return host.calls.filter((call) => call.method === method).map(({ params }) => params);
}

function widget(button: Json): ReturnType<typeof tool> {
  const children = [{ type: 'Text', value: 'Order 18' }, button];
  return {
    kind: 'widget',
    widget: parseJsonText(JSON.stringify({ type: 'Card', size: 'sm', children })),
    copyText: null,
  } as unknown as ReturnType<typeof tool>;
}

test('the output of an open tool call is validated as JSON before it is sent', async ({ page }) => {
  const host = await open(page, thread([user('Where am I?'), tool('get_location', { precision: 'city' }, undefined)]), {
    handlers: {
      lastOutput: () => ({ json: '{"city":"Oslo"}' }),
      answerTool: () => ({ sent: true }),
    },
  });
  const field = page.getByRole('textbox', { name: 'Output as JSON' });
  await field.fill('{"city": ');
  await field.press('Control+Enter');
  await expect(page.getByRole('alert')).toContainText('Invalid JSON');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  expect(asked(host, 'answerTool')).toEqual([]);
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Last Output' }).click();
  await expect(field).toHaveValue('{"city":"Oslo"}');
  await page.getByRole('button', { name: 'Send Output' }).click();
  await expect
    .poll(() => asked(host, 'answerTool'))
    .toEqual([{ threadId: host.threadId, itemId: 'cti_0002', json: '{"city":"Oslo"}' }]);
  host.page.expectHealthy();
});

test('what the thread waits for gets the focus from the header, and its item after the output was sent', async ({
  page,
}) => {
  const items = thread([user('Where am I?'), tool('get_location', {}, undefined)]);
  const answered = thread([user('Where am I?'), tool('get_location', {}, { city: 'Oslo' })]);
  const host: FakeHost = await open(page, items, {
    handlers: {
      answerTool: () => {
        for (const item of answered.slice(1)) host.store.putItem(host.threadId, item);
        return { sent: true };
      },
    },
  });
  const article = page.locator('[data-item-id=cti_0002]');
  await page.getByRole('button', { name: 'waiting for tool get_location' }).press('Enter');
  await expect(article).toBeFocused();
  await article.getByRole('textbox', { name: 'Output as JSON' }).fill('{"city":"Oslo"}');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(article.getByText('completed')).toBeVisible();
  await expect(article).toBeFocused();
});

test('only the last item accepts an output', async ({ page }) => {
  await open(page, thread([user('Where am I?'), tool('get_location', {}, undefined), assistant('Never mind.')]));
  await expect(page.getByText('never answered')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Output as JSON' })).toHaveCount(0);
});

test('no input is shown where nothing can be sent', async ({ page }) => {
  const call = tool('get_location', {}, undefined);
  await open(page, thread([user('Where am I?'), form, call]), { state0: { capabilities: readOnlyCapabilities } });
  await expect(page.getByText('waiting for output')).toBeVisible();
  await expect(page.getByText('waiting for answers')).toBeVisible();
  for (const name of ['Send Output', 'Send Answers']) {
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  }
});

test('a form is filled in with the keyboard, a question is skipped, and a missing answer is reported', async ({
  page,
}) => {
  const host = await open(page, thread([user('Send it'), form]), {
    handlers: { answerForm: () => ({ sent: true }) },
  });
  const item = page.getByRole('form', { name: 'Structured input' });
  await item.getByRole('radio', { name: 'Low' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(item.getByRole('radio', { name: 'High' })).toBeChecked();
  await item.getByRole('button', { name: 'Send Answers' }).click();
  await expect(item.getByText('Enter an answer or skip this question.')).toHaveCount(1);
  await expect(item.getByRole('textbox', { name: 'Who receives it?' })).toBeFocused();
  await expectNoAxeViolations(page);
  await item.getByRole('group', { name: 'Who receives it?' }).getByRole('checkbox', { name: 'Skip' }).check();
  await item.getByRole('button', { name: 'Send Answers' }).click();
  await expect.poll(() => asked(host, 'answerForm')).toHaveLength(1);
  await item.getByRole('button', { name: 'Skip All' }).click();
  const about = { threadId: host.threadId, itemId: 'cti_0002' };
  const answers = { p: { values: ['High'], skipped: false }, n: { values: [], skipped: true } };
  await expect
    .poll(() => asked(host, 'answerForm'))
    .toEqual([
      { ...about, status: 'answered', answers },
      { ...about, status: 'skipped', answers: {} },
    ]);
  host.page.expectHealthy();
});

test('typed input remains while its row is not rendered and when sending fails', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 300 });
  const before = Array.from({ length: 80 }, (_, index) => user(`Message ${index}`));
  await open(page, thread([...before, tool('get_location', {}, undefined)]), {
    handlers: { answerTool: () => ({ sent: false }) },
  });
  const field = page.getByRole('textbox', { name: 'Output as JSON' });
  await field.fill('{"half": 1}');
  await page.getByRole('button', { name: 'Send Output' }).click();
  await page.getByRole('button', { name: 'Jump to Start' }).click();
  await expect(page.getByText('Message 0', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Jump to Latest' }).click();
  await expect(field).toHaveValue('{"half": 1}');
});

test('the button of a widget is busy until its action ends, and only type and payload are sent', async ({ page }) => {
  let done = (): void => undefined;
  const host = await open(
    page,
    thread([
      widget({
        type: 'Button',
        label: 'Pay',
        onClickAction: { type: 'order.pay', payload: { id: 18 }, loadingBehavior: 'auto' },
      }),
    ]),
    { handlers: { widgetAction: () => new Promise<void>((resolve) => (done = resolve)) } },
  );
  const button = page.locator('[data-widget-type=Button]');
  await button.click();
  await expect(button).toHaveAttribute('aria-busy', 'true');
  await button.click();
  await expect.poll(() => asked(host, 'widgetAction')).toHaveLength(1);
  expect(asked(host, 'widgetAction')[0]).toEqual({
    threadId: host.threadId,
    itemId: 'cti_0001',
    type: 'order.pay',
    payload: { id: 18 },
    streaming: true,
  });
  done();
  await expect(button).not.toHaveAttribute('aria-busy');
  await expect(page.getByText('Not sent (this source cannot send actions)')).toHaveCount(0);
  host.page.expectHealthy();
});

test('a failed action shows its reason, and an action for the embedding app is shown and can be forwarded', async ({
  page,
}) => {
  const host = await open(
    page,
    thread([
      widget({ type: 'Button', label: 'Count', onClickAction: { type: 'count', streaming: false } }),
      widget({ type: 'Button', label: 'Close', onClickAction: { type: 'close', handler: 'client' } }),
    ]),
    {
      handlers: {
        widgetAction: ({ type }) => {
          if (type === 'close') return;
          throw new RpcError({ kind: 'server', message: 'a.example failed to answer (status 500).' });
        },
      },
    },
  );
  await page.getByRole('button', { name: 'Count' }).click();
  await expect(page.getByRole('alert')).toContainText('failed to answer (status 500)');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByText('For the embedding app (not sent)')).toBeVisible();
  expect(asked(host, 'widgetAction')).toHaveLength(1);
  await page.getByRole('button', { name: 'Send to Server' }).click();
  await expect.poll(() => asked(host, 'widgetAction').at(-1)).toMatchObject({ type: 'close', itemId: 'cti_0002' });
  await expect(page.getByText('For the embedding app (not sent)')).toHaveCount(0);
});

test('feedback can be sent where the server supports it', async ({ page }) => {
  const host = await open(page, thread([user('Hi'), assistant('Hello.')]), {
    handlers: { feedback: ({ kind }) => ({ sent: kind === 'positive' }) },
  });
  const row = page.locator('[data-item-type=assistant_message]');
  await row.hover();
  const good = row.getByRole('button', { name: 'Good response' });
  const bad = row.getByRole('button', { name: 'Bad response' });
  await bad.click();
  await expect.poll(() => asked(host, 'feedback')).toHaveLength(1);
  await expect(bad).toHaveAttribute('aria-pressed', 'false');
  await good.click();
  await expect(good).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('status')).toHaveText('Feedback sent.');
  await expect(
    page.locator('[data-item-type=user_message]').getByRole('button', { name: 'Good response' }),
  ).toHaveCount(0);
  host.notify('capabilities', { ...able, feedback: false, rename: false });
  await expect(good).toHaveCount(0);
  await page.getByRole('button', { name: 'More Actions…' }).click();
  await expect(page.getByRole('menuitem', { name: 'Rename Thread…' })).toHaveCount(0);
});

test('sources are footnotes at their positions and entries of a collapsed list', async ({ page }) => {
  const text = 'Oslo has a **harbour** and a `tram`.\n\n```ts\nconst x = 1;\n```\n\nSee [here](https://a.example/b).';
  const at = (words: string, more = words.length): number => text.indexOf(words) + more;
  const host = await open(
    page,
    thread([
      {
        kind: 'assistant_message',
        parts: [
          {
            text,
            annotations: [
              { source: url('trams'), index: at('`tram`') },
              { source: url('ports'), index: at('**harbour') },
              { source: { ...common, type: 'file', filename: 'harbour.pdf' }, index: at('**harbour') },
              { source: url('code'), index: at('const') },
              { source: url('address'), index: at('https://a') },
              { source: url('everything'), index: null },
            ],
          },
        ],
      },
    ]),
  );
  const notes = page.locator('.markdown sup button');
  await expect(notes).toHaveText(['1', '2', '3', '4']);
  // At its word; within code and addresses, at the end.
  await expect(page.locator('.markdown p').first()).toHaveText('Oslo has a harbour1 and a tram2.');
  await expect(page.locator('.markdown strong')).toHaveText('harbour');
  await expect(page.locator('.markdown pre')).toHaveText('const x = 1;\n');
  await expect(page.locator('.markdown p').last()).toHaveText('See here.34');
  await expect(page.getByRole('link', { name: 'here' })).toHaveAttribute('href', 'https://a.example/b');
  await expect(page.getByRole('link', { name: 'trams' })).toHaveCount(0);
  await expect(notes.first()).toHaveAccessibleName('Source 1: ports, harbour.pdf');
  await expectNoAxeViolations(page);
  // The numbers are not part of the text: neither copied nor quoted.
  await page.locator('.markdown p').first().selectText();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('Oslo has a harbour and a tram.');
  await notes.first().press('Enter');
  await expect(page.locator('[data-source-of="1"]').first()).toBeFocused();
  await expect(page.locator('.footnote-sources li')).toHaveCount(6);
  await page.getByRole('button', { name: 'Sources (6)' }).click();
  await expect(page.locator('.footnote-sources li')).toHaveCount(0);
  host.page.expectHealthy();
});

test('a workflow is collapsed as its server requests, and expands for a find query', async ({ page }) => {
  const tasks = [task({ type: 'thought', wireType: 'thought', title: 'Planning the ferry', progress: 'none' })];
  await open(
    page,
    thread([
      { kind: 'workflow', workflowType: 'reasoning', expanded: false, summary: { durationMs: 9000 }, tasks },
      { kind: 'workflow', workflowType: 'custom', expanded: false, summary: null, tasks },
    ]),
  );
  const [done, underWay] = [page.locator('article').first(), page.locator('article').last()];
  await expect(done).toContainText('Took 9 s');
  await expect(done).toContainText('reasoning · 1 task');
  await expect(done.getByText('Planning the ferry')).toHaveCount(0);
  await expect(underWay.getByText('Planning the ferry')).toBeVisible();
  await page.getByRole('textbox', { name: 'Find in thread' }).fill('ferry');
  await expect(done.getByText('Planning the ferry')).toBeVisible();
  await done.getByRole('button', { expanded: true }).first().click();
  await expect(done.getByText('Planning the ferry')).toHaveCount(0);
});

test('manual answers have no accessibility violations in any theme', async ({ page }) => {
  const status = { type: 'locked', reason: 'A colleague is looking at it' } as const;
  const items = thread([...everyKind.slice(5), tool('open_door', { door: 'south' }, undefined)]);
  const host = await open(page, items);
  host.notify('thread', {
    id: host.threadId,
    title: 'T',
    label: 'T',
    createdAt: 0,
    status,
    user: null,
    imageDomains: null,
  });
  await expect(page.getByRole('note')).toContainText('A colleague is looking at it');
  await expect(page.getByRole('button', { name: 'Send Output' })).toBeVisible();
  await expectAccessible(host.page, { exclude: ['[data-widget-root]'] });
  host.page.expectHealthy();
});
