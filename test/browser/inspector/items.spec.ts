import { expect, test } from '@playwright/test';
import { itemKinds } from '../../../src/chatkit/common/model/item.ts';
import { readOnlyCapabilities } from '../../../src/chatkit/common/threadSource.ts';
import { FakeHost } from './fakeHost.ts';
import { assistant, everyKind, task, thread, tool, user } from './items.ts';

const labels = {
  user_message: 'User',
  assistant_message: 'Assistant',
  widget: 'Widget',
  client_tool_call: 'Tool call',
  task: 'Task',
  task_group: 'Task group',
  workflow: 'Workflow',
  generated_image: 'Generated image',
  structured_input: 'Structured input',
  unknown: 'Unknown item',
} as const;

test.use({ viewport: { width: 1100, height: 2200 } });

test('every item is an article of the feed with its kind as the name, in thread order', async ({ page }) => {
  const host = await new FakeHost({ items: thread(everyKind) }).open(page);
  const articles = page.getByRole('feed').getByRole('article');
  await expect(articles).toHaveCount(everyKind.length);
  for (const [index, { kind }] of everyKind.entries()) {
    const article = articles.nth(index);
    await expect(article).toHaveAttribute('data-item-type', kind);
    await expect(article).toHaveAttribute('data-item-id', host.items[index]?.id ?? '');
    await expect(article).toHaveAttribute('aria-posinset', String(index + 1));
    await expect(article).toHaveAttribute('aria-setsize', String(everyKind.length));
    await expect(article).toHaveAccessibleName(new RegExp(`^${labels[kind]}\\b`));
  }
  expect(new Set(everyKind.map(({ kind }) => kind))).toEqual(new Set(itemKinds));
  host.page.expectHealthy();
});

test('a late time with its mark has room in its column', async ({ page }) => {
  const items = thread([user('one')]).map((item) => ({
    ...item,
    createdAt: new Date(2026, 10, 6, 22, 58, 58).getTime(),
    timeSource: 'inferred' as const,
  }));
  await new FakeHost({ items }).open(page);
  const time = page.locator('.row-time').first();
  await expect(time).toHaveText(/^~10:58:58\sPM$/);
  const [needed, column] = await time.evaluate((element) => {
    const text = document.createRange();
    text.selectNodeContents(element);
    return [text.getBoundingClientRect().width, element.getBoundingClientRect().width];
  });
  expect(needed).toBeLessThanOrEqual(column);
});

test('the header shows the properties of the thread', async ({ page }) => {
  await new FakeHost({ items: thread(everyKind) }).open(page);
  await expect(page.getByRole('main', { name: 'Customer escalation' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Customer escalation');
  const header = page.locator('header');
  for (const text of [
    'active',
    'user_123',
    'Nov 6, 2026',
    '12 items',
    'waiting for tool open_door',
    'waiting for a form',
  ]) {
    await expect(header).toContainText(text);
  }
});

test('controls have accessible names', async ({ page }) => {
  await new FakeHost({ items: thread(everyKind) }).open(page);
  for (const name of ['Refresh', 'Follow', 'Filter by Kind', 'Jump to Start', 'Jump to Latest', 'More Actions…']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('textbox', { name: 'Find in thread', exact: true })).toBeVisible();
});

test('user text is plain, assistant text is Markdown with its sources', async ({ page }) => {
  const host = await new FakeHost({
    items: thread([
      { kind: 'user_message', content: [{ type: 'text', text: '**not bold**' }], attachments: [], inference: null },
      ...everyKind,
    ]),
  }).open(page);
  await expect(page.locator('article').first()).toContainText('**not bold**');
  const answer = page.locator('[data-item-type=assistant_message]');
  await expect(answer.locator('strong')).toHaveText('Oslo');
  await expect(answer.getByRole('cell', { name: '13:58' })).toHaveClass('align-right');
  await expect(answer.locator('math')).toBeVisible();
  await expect(answer.locator('.hljs-keyword').first()).toHaveText('const');
  await answer.getByRole('link', { name: 'carrier.example' }).click();
  await expect
    .poll(() => host.calls.find(({ method }) => method === 'openLink')?.params)
    .toEqual({
      url: 'https://carrier.example/track/1',
    });
  host.page.expectHealthy();
});

test('an image is fetched by the host on request, never by the page', async ({ page }) => {
  const host = await new FakeHost({ items: thread(everyKind) }).open(page);
  const first = page.locator('article').first();
  await expect(first.getByRole('img')).toHaveCount(0);
  expect(host.calls.map(({ method }) => method)).not.toContain('image');
  await first.getByRole('button', { name: 'Show: label.png' }).click();
  await expect(first.getByRole('img', { name: 'label.png' })).toBeVisible();
  expect(host.calls.find(({ method }) => method === 'image')?.params).toEqual({
    threadId: host.threadId,
    itemId: 'cti_0001',
    url: 'https://files.example/label.png',
  });
  host.page.expectHealthy();
});

test('an image that fails to load shows its reason and can be requested again', async ({ page }) => {
  let tries = 0;
  await new FakeHost({
    items: thread(everyKind),
    handlers: {
      image: () => {
        tries += 1;
        throw new Error('files.example answered with status 404.');
      },
    },
  }).open(page);
  const button = page.getByRole('button', { name: 'Show: label.png' });
  await button.click();
  await expect(page.getByText('Could not load the image. files.example answered with status 404.')).toBeVisible();
  await button.click();
  await expect.poll(() => tries).toBe(2);
});

test('disabled images cannot be requested', async ({ page }) => {
  await new FakeHost({ items: thread(everyKind), state0: { images: 'never' } }).open(page);
  await expect(page.getByText('Images are disabled in the settings.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Show(:| image)/ })).toHaveCount(0);
});

test('a tool call shows its values, and an open call is marked in its row and the header', async ({ page }) => {
  await new FakeHost({ items: thread(everyKind) }).open(page);
  const [completed, open] = await page.locator('[data-item-type=client_tool_call]').all();
  await expect(completed!.getByRole('group', { name: 'Arguments' })).toContainText('"precision": "city"');
  await expect(completed!.getByRole('group', { name: 'Output' })).toContainText('"city": "Oslo"');
  await expect(open!).toContainText('waiting for output');
  await expect(open!.getByRole('group', { name: 'Output' })).toContainText('No output yet');
});

test('a pending form is marked in its row and the header', async ({ page }) => {
  await new FakeHost({ items: thread(everyKind) }).open(page);
  const form = page.locator('[data-item-type=structured_input]');
  await expect(form).toContainText(/waiting for answers, \d/);
  await expect(form.locator('.row-body')).toHaveClass(/\bopen\b/);
});

test('progress that the API does not report is marked as inferred', async ({ page }) => {
  await new FakeHost({ items: thread(everyKind.slice(0, 3)) }).open(page);
  await expect(page.locator('[data-item-type=task] .task-mark')).toHaveText(/^Done \(inferred/);
  const marks = page.locator('[data-item-type=task_group] .task-mark');
  await expect(marks.first()).toHaveText(/^Done \(inferred/);
  await expect(marks.last()).toHaveText(/^Possibly still running/);
});

test('progress that the server reports is not marked as inferred', async ({ page }) => {
  await new FakeHost({ items: thread(everyKind) }).open(page);
  await expect(page.locator('[data-item-type=workflow] .task-mark')).toHaveText(['Done', 'Not finished']);
});

test('only what can still change spins', async ({ page }) => {
  const loading = task({ title: 'Fetching', progress: 'loading' });
  const open = { kind: 'workflow', workflowType: 'custom', expanded: true, summary: null, tasks: [loading] } as const;
  const image = { kind: 'generated_image', image: null, progress: 0.5 } as const;
  const host = await new FakeHost({ items: thread([open, image, user('Hello?')]) }).open(page);
  await expect(page.getByText('Not finished').first()).toBeVisible();
  await expect(page.getByText('The server sent no image.')).toBeVisible();
  await expect(page.locator('.codicon-loading')).toHaveCount(0);
  host.store.removeItems(host.threadId, ['cti_0002', 'cti_0003']);
  await expect(page.getByText('In progress')).toBeVisible();
  await expect(page.locator('.codicon-loading')).toHaveCount(2);
});

test('tags are part of their sentence and have one @', async ({ page }) => {
  const tag = (text: string) => ({ type: 'tag' as const, id: text, text, group: null, data: {} });
  const content = [
    { type: 'text' as const, text: 'Ask ' },
    tag('@Ada'),
    { type: 'text' as const, text: ' and ' },
    tag('Grace'),
    { type: 'text' as const, text: ' about it.' },
    { type: 'text' as const, text: 'Next paragraph' },
  ];
  await new FakeHost({ items: thread([{ kind: 'user_message', content, attachments: [], inference: null }]) }).open(
    page,
  );
  await expect(page.locator('.row-content p')).toHaveText(['Ask @Ada and @Grace about it.', 'Next paragraph']);
  await expect(page.locator('article')).toHaveAccessibleName('User: Ask @Ada and @Grace about it.');
  await page.getByRole('textbox', { name: 'Find in thread' }).fill('Ada and');
  await expect(page.locator('.find-count')).toHaveText('1/1');
});

for (const width of [1200, 900, 640, 400]) {
  test(`the buttons of an item never cover its text, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const capabilities = { ...readOnlyCapabilities, readOnly: false, send: true, feedback: true };
    const long = 'A long line that runs to the end of its column. '.repeat(12);
    const items = thread([user(long), assistant(long), tool('get', { text: long }, { text: long })]);
    await new FakeHost({ items, state0: { capabilities } }).open(page);
    for (const row of await page.locator('article').all()) {
      await row.hover();
      await expect(row.locator('.row-actions')).toHaveCSS('opacity', '1');
      const covered = await row.evaluate((element) => {
        const actions = element.querySelector('.row-actions')!.getBoundingClientRect();
        return [...element.querySelectorAll('.row-content, .row-time, .row-kind')].filter((part) => {
          const box = part.getBoundingClientRect();
          return (
            box.left < actions.right && actions.left < box.right && box.top < actions.bottom && actions.top < box.bottom
          );
        }).length;
      });
      expect(covered).toBe(0);
    }
  });
}

test('the properties in the header collapse in a low page, as with 200 % zoom', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  await new FakeHost({ items: thread(everyKind) }).open(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const facts = page.locator('.facts-line');
  await expect(facts).toBeHidden();
  expect((await page.locator('.top').boundingBox())!.height).toBeLessThan(100);
  await page.getByRole('button', { name: 'Show Properties' }).click();
  await expect(facts).toBeVisible();
  await page.getByRole('button', { name: 'Hide Properties' }).click();
  await expect(facts).toBeHidden();
  await page.setViewportSize({ width: 640, height: 900 });
  await expect(facts).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show Properties' })).toBeHidden();
});

test('the menu of a thread contains what its row in the tree does', async ({ page }) => {
  const host = await new FakeHost({ items: thread(everyKind) }).open(page);
  const menu = page.getByRole('button', { name: 'More Actions…' });
  const choose = async (name: string) => {
    await menu.click();
    await page.getByRole('menuitem', { name }).click();
  };
  for (const [name, action] of [
    ['Export Thread…', 'export'],
    ['Make Test…', 'makeTest'],
    ['Select for Compare', 'selectForCompare'],
  ] as const) {
    await choose(name);
    await expect
      .poll(() => host.calls.at(-1))
      .toEqual({ method: 'runAction', params: { threadId: host.threadId, action } });
  }
  // Offered only while another thread is selected.
  const compare = page.getByRole('menuitem', { name: 'Compare with Selected' });
  const settings = { images: 'always', allFormulas: false, preview: false } as const;
  await menu.click();
  await expect(page.getByRole('menuitem', { name: 'Select for Compare' })).toBeVisible();
  await expect(compare).toBeHidden();
  await page.keyboard.press('Escape');
  host.notify('settings', { ...settings, canCompare: true });
  await choose('Compare with Selected');
  await expect
    .poll(() => host.calls.at(-1))
    .toEqual({ method: 'runAction', params: { threadId: host.threadId, action: 'compareWithSelected' } });
  host.notify('settings', { ...settings, canCompare: false });
  await menu.click();
  await expect(page.getByRole('menuitem', { name: 'Select for Compare' })).toBeVisible();
  await expect(compare).toBeHidden();
  await page.keyboard.press('Escape');
  await choose('Follow Thread');
  await expect
    .poll(() => host.calls.at(-1))
    .toEqual({ method: 'follow', params: { threadId: host.threadId, on: true } });
  host.notify('follow', { mode: 'live' });
  await expect(page.locator('.follow-state')).toHaveText('live');
  await choose('Stop Following');
  await expect
    .poll(() => host.calls.at(-1))
    .toEqual({ method: 'follow', params: { threadId: host.threadId, on: false } });
});

test('counts use plural forms, and times use one format', async ({ page }) => {
  const items = thread([tool('get', { one: [1], two: [1, 2] }, {})]);
  await new FakeHost({ items }).open(page);
  await page.getByRole('button', { name: 'Collapse one' }).click();
  await page.getByRole('button', { name: 'Collapse two' }).click();
  await expect(page.locator('.json-count')).toHaveText(['1 entry', '2 entries']);
  // The header and the rows write the same time in the same way.
  await expect(page.locator('.facts-line')).toContainText(/\d:03\s[AP]M/);
  await expect(page.locator('.row-time')).toHaveText(/\d:03:10\s[AP]M/);
});

test('a widget is rendered, and its tabs show its JSON and its problems', async ({ page }) => {
  const host = await new FakeHost({ items: thread(everyKind) }).open(page);
  const widget = page.locator('[data-item-type=widget]');
  await expect(widget.locator('[data-widget-root]')).toContainText('In transit');
  await expect(widget.locator('[data-widget-type=Title]')).toHaveCount(1);
  await widget.getByRole('tab', { name: 'JSON' }).click();
  await expect(widget.getByRole('tabpanel', { name: 'JSON' })).toContainText('"type": "Card"');
  await widget.getByRole('tab', { name: 'JSON' }).press('ArrowRight');
  await expect(widget.getByRole('tabpanel', { name: 'Problems (0)' })).toContainText('No problems found.');
  host.page.expectHealthy();
});

test('a widget whose code fails to load does not affect other items', async ({ page }) => {
  const host = await new FakeHost({ items: thread([user('Where is it?')]) }).open(page);
  await page.route(/WidgetTabs/, (route) => route.abort());
  host.items.push(...thread([user('Where is it?'), ...everyKind.filter(({ kind }) => kind === 'widget')]).slice(1));
  await host.store.pollNewer(host.threadId, 0, new AbortController().signal);
  const row = page.locator('[data-item-type=widget]');
  await expect(row).toContainText('Could not load the widget renderer. Close the tab');
  await expect(page.getByRole('article').first()).toContainText('Where is it?');
});

test('an unknown item shows its JSON', async ({ page }) => {
  await new FakeHost({ items: thread(everyKind) }).open(page);
  const item = page.locator('[data-item-type=unknown]');
  await expect(item).toContainText('chatkit.hologram');
  await expect(item).toContainText('"id": "cti_0011"');
});

test('a row shows its JSON, also after the page was hidden, and copies', async ({ page }) => {
  const host = await new FakeHost({ items: thread(everyKind) }).open(page);
  const row = page.locator('article').nth(1);
  await row.hover();
  await row.getByRole('button', { name: 'Show JSON' }).click();
  await expect(row.getByRole('group', { name: 'JSON' })).toContainText('"object": "chatkit.thread_item"');
  await expect.poll(() => host.page.state).toMatchObject({ threadId: host.threadId, opened: ['cti_0002'] });
  await row.getByRole('button', { name: 'Copy as Text' }).click();
  await expect
    .poll(() => host.calls.at(-1))
    .toMatchObject({ method: 'copy', params: { itemId: 'cti_0002', as: 'text' } });
  await expect(page.getByRole('status')).toHaveText('Copied.');
});
