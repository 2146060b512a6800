import { expect, test, type Page } from '@playwright/test';
import { startedAt } from '../../unit/eventLog/events.ts';
import { themeNames } from '../../support/themes.ts';
import { ConversationHost } from './conversationHost.ts';
import { FakeHost } from './fakeHost.ts';
import { assistant, everyKind, thread, user } from './items.ts';

const request = {
  id: 7,
  startedAt,
  method: 'POST',
  url: 'https://api.example/chatkit',
  query: '',
  command: 'threads.get_by_id',
  headers: {},
  bodyLength: 60,
  attempts: [
    {
      id: 1,
      startedAt,
      connectedMs: 4,
      firstByteMs: null,
      endMs: 5,
      status: null,
      headers: {},
      bytes: 0,
      error: 'ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:8000, and the address of the proxy is not reachable either',
    },
  ],
};

async function openNetwork(page: Page): Promise<void> {
  await new FakeHost({
    items: thread(everyKind),
    state0: { log: { responses: [], replay: null, requests: 1 } },
    handlers: { requests: () => [request] },
  }).open(page);
  await page.getByRole('tab', { name: 'Network' }).click();
}

test('a long status leaves room for the request, and is shown as a whole on hover', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await openNetwork(page);
  const name = page.getByRole('button', { name: 'threads.get_by_id' }).locator('.code');
  const cut = () => name.evaluate((element) => element.scrollWidth > element.clientWidth);
  await expect.poll(cut).toBe(false);
  const status = page.getByRole('cell', { name: /ECONNREFUSED/ });
  await expect(status).not.toHaveAttribute('title');
  await status.hover();
  await expect(status).toHaveAttribute('title', /is not reachable either$/);
  await name.hover();
  await expect(name, 'a text that is not cut off').not.toHaveAttribute('title');

  await page.setViewportSize({ width: 500, height: 600 });
  const list = page.locator('.network-list');
  expect(await list.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
});

test('a tooltip is removed when its text fits again', async ({ page }) => {
  await page.setViewportSize({ width: 500, height: 600 });
  const host = new FakeHost({ items: thread([user('Hello')]) });
  Object.assign(host, { threadId: `cthr_${'0'.repeat(50)}` });
  await host.open(page);
  const id = page.locator('.thread-id .code');
  await id.hover();
  await expect(id).toHaveAttribute('title', host.threadId);
  await id.evaluate((element) => (element.textContent = 'cthr_1'));
  await page.mouse.move(0, 0);
  await id.hover();
  await expect(id).not.toHaveAttribute('title');
});

for (const theme of themeNames) {
  test(`matches of Find are visible, ${theme}`, async ({ page }) => {
    await new FakeHost({ items: thread([assistant('Oslo, then Oslo again')]), theme }).open(page);
    await page.getByRole('textbox', { name: 'Find in thread' }).fill('oslo');
    await expect(page.locator('.find-count')).toHaveText('2/2');
    const marks = await page.locator('article p').evaluate((element) =>
      ['chatkit-find', 'chatkit-find-current'].map((name) => {
        const { backgroundColor, textDecorationLine } = getComputedStyle(element, `::highlight(${name})`);
        return { backgroundColor, textDecorationLine };
      }),
    );
    const isVisible = ({ backgroundColor, textDecorationLine }: (typeof marks)[number]) =>
      backgroundColor !== 'rgba(0, 0, 0, 0)' || textDecorationLine === 'underline';
    expect(marks.filter((mark) => !isVisible(mark))).toEqual([]);
    expect(marks[0], 'the current match differs').not.toEqual(marks[1]);
  });
}

test('in a narrow panel, files stay inside the composer, fields are a column, and the toolbar is one line', async ({
  page,
}) => {
  await page.setViewportSize({ width: 500, height: 700 });
  const bench = await new ConversationHost({ items: thread([user('Where is it now?'), assistant('In Oslo.')]) }).open(
    page,
  );
  await page.getByRole('button', { name: 'Model and tool' }).click();
  const view = bench.view()!;
  const files = [
    { key: 'b', name: `${'long-'.repeat(20)}.pdf`, size: null, state: 'uploading', message: null } as const,
  ];
  bench.host.notify('conversation', { ...view, draft: { ...view.draft, files } });
  const box = async (name: string, index = 0) => {
    const found = await page.locator(name).nth(index).boundingBox();
    if (found === null) throw new Error(`No ${name}`);
    return found;
  };
  await expect(page.locator('.draft-file')).toBeVisible();
  const [composer, file] = [await box('.composer'), await box('.draft-file')];
  expect(file.x + file.width).toBeLessThanOrEqual(composer.x + composer.width - 8);
  const [model, tool] = [await box('.message-options input'), await box('.message-options input', 1)];
  expect(tool.x).toBe(model.x);
  expect(tool.y).toBeGreaterThan(model.y);
  const [find, filter] = [await box('.find input'), await box('.kind-filter')];
  expect(Math.abs(find.y - filter.y)).toBeLessThan(8);
  const [title, row] = [await box('.header h1'), await box('.row-kind')];
  expect(row.x, 'the text of items is in line with the title').toBe(title.x);
});

test('with forced colors, only the focused entry of a menu and the selected tab have a frame', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await openNetwork(page);
  const canvas = await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<i id="probe"></i>');
    const probe = document.getElementById('probe')!;
    probe.style.setProperty('color', 'Canvas');
    return getComputedStyle(probe).color;
  });
  await expect(page.getByRole('tab', { name: 'Transcript' })).toHaveCSS('border-bottom-color', canvas);
  await expect(page.getByRole('tab', { name: 'Network' })).not.toHaveCSS('border-bottom-color', canvas);
  await page.getByRole('button', { name: 'More Actions…' }).press('Enter');
  const entries = page.getByRole('menuitem');
  await expect(entries.first()).toBeFocused();
  await expect(entries.first()).not.toHaveCSS('border-top-color', canvas);
  await expect(entries.nth(1)).toHaveCSS('border-top-color', canvas);
});
