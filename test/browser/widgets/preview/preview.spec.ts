import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { expectAccessible, expectNoAxeViolations } from '../../../support/axe.ts';
import { FakePreview } from './fakePreview.ts';

const order = readFileSync(new URL('../../../../samples/order.widget', import.meta.url), 'utf8');
/** The part of the template that sets the colour of a badge, in a file with two errors. */
const flawed = order.replace('\\"success\\"', '\\"sucess\\"').replace('\\"size\\":\\"sm\\"}', '\\"sise\\":\\"sm\\"}');

test('has no accessibility violations', async ({ page }) => {
  // Each rule checks the whole page, twice.
  test.setTimeout(180_000);
  const preview = await new FakePreview({ text: flawed }).open(page);
  await expect(page.getByRole('main', { name: 'Widget preview: order.widget' })).toBeVisible();
  await expect(page.locator('[data-widget-root]')).toHaveCount(2);
  // The colours of a widget are set by its author.
  await expectNoAxeViolations(page, { include: ['main'], exclude: ['[data-widget-root]'] });
  await page.getByRole('tab', { name: 'Data' }).click();
  await expectAccessible(preview.page, { include: ['main'], exclude: ['[data-widget-root]'] });
  preview.page.expectHealthy();
});

test('shows edits while keeping the state of the page', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 420 });
  const preview = await new FakePreview({ text: order }).open(page);
  const light = page.getByRole('region', { name: 'Light' });
  const dark = page.getByRole('region', { name: 'Dark' });
  await expect(light.getByText('Order 1042')).toBeVisible();
  await expect(dark.getByText('Order 1042')).toBeVisible();
  const before = await light.locator('[data-widget-root]').elementHandle();
  const stage = page.locator('.stage');
  await stage.evaluate((element) => element.scrollTo({ top: 60 }));
  await expect.poll(() => stage.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
  const scrolled = await stage.evaluate(({ scrollTop }) => scrollTop);

  preview.write(order.replace('{{ (total) | tojson }}', '{{ (total ~ \\" in all\\") | tojson }}'));
  await expect(light.getByText('€57.50 in all')).toBeVisible();
  await expect(dark.getByText('€57.50 in all')).toBeVisible();
  expect(await before?.evaluate((element) => element.isConnected)).toBe(true);
  expect(await stage.evaluate(({ scrollTop }) => scrollTop)).toBe(scrolled);
  preview.page.expectHealthy();
});

test('keeps the last state while the template has errors, with a note', async ({ page }) => {
  const preview = await new FakePreview({ text: order }).open(page);
  const light = page.getByRole('region', { name: 'Light' });
  await expect(light.getByText('Order 1042')).toBeVisible();
  preview.write(order.replace('{{ (title) | tojson }}', '{{ (titel) | tojson }}'));
  await expect(page.getByText('The preview shows the last valid state.')).toBeVisible();
  await expect(light.getByText('Order 1042')).toBeVisible();
  await page.getByRole('button', { name: /titel is not defined in the data or the template/ }).click();
  await expect.poll(() => preview.called('goTo')).toEqual([{ serial: 2, problem: 0 }]);
  preview.write(order);
  await expect(page.getByText('The preview shows the last valid state.')).toHaveCount(0);
  await expect(page.getByText('No problems found.')).toBeVisible();
});

test('a file that was never rendered shows its outputJsonPreview', async ({ page }) => {
  await new FakePreview({ text: order.replace('(title)', '(titel)') }).open(page);
  await expect(page.getByText('The preview shows outputJsonPreview from the file.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Light' }).getByText('Order 1042')).toBeVisible();
});

test('reports an evaluation that reached a limit and runs it again on request', async ({ page }) => {
  const preview = await new FakePreview({ text: order, stopsFirst: true }).open(page);
  await expect(page.getByText('The evaluation was stopped because it took longer than 2 s.')).toBeVisible();
  await page.getByRole('button', { name: 'Run Again', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Light' }).getByText('Order 1042')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run Again', exact: true })).toHaveCount(0);
  expect(preview.called('runAgain')).toEqual([{}]);
});

test('saves the selected theme and width', async ({ page }) => {
  await page.setViewportSize({ width: 1400, height: 800 });
  const preview = await new FakePreview({ text: order }).open(page);
  const column = page.locator('.pane-column').first();
  const panes = page.locator('.pane');
  await expect(panes).toHaveCount(2);
  for (const [name, width] of [
    ['sm', 360],
    ['md', 440],
    ['lg', 560],
  ] as const) {
    await page.getByRole('radio', { name, exact: true }).check();
    await expect.poll(async () => (await column.boundingBox())?.width).toBe(width);
  }
  await page.getByRole('radio', { name: 'full' }).check();
  await expect.poll(async () => (await column.boundingBox())?.width ?? 0).toBeGreaterThan(600);
  const [left, right] = [await panes.first().boundingBox(), await panes.last().boundingBox()];
  expect(left?.y).toBe(right?.y);
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect(panes).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'Dark' })).toBeVisible();
  await expect.poll(() => preview.page.state).toMatchObject({ themes: 'dark', width: 'full' });
});

test('each pane has its theme, independently of the editor’s', async ({ page }) => {
  await new FakePreview({ text: order, theme: 'dark' }).open(page);
  const colour = (name: string) =>
    page
      .getByRole('region', { name })
      .locator('[data-widget-type="Title"]')
      .evaluate((element) => getComputedStyle(element).color);
  expect(await colour('Light')).toBe('rgb(13, 13, 13)');
  expect(await colour('Dark')).not.toBe('rgb(13, 13, 13)');
});

test('sample data can be edited, is checked and can be reset', async ({ page }) => {
  const preview = await new FakePreview({ text: order }).open(page);
  await page.getByRole('tab', { name: 'Data' }).click();
  const box = page.getByRole('textbox', { name: 'Data' });
  await expect(page.getByText('Default data from the file')).toBeVisible();
  const data = JSON.parse(await box.inputValue()) as Record<string, unknown>;
  await box.fill(JSON.stringify({ ...data, title: 'Mine' }));
  await expect(page.getByRole('region', { name: 'Light' }).getByText('Mine')).toBeVisible();
  await expect(page.getByText('Edited here; saved in this workspace')).toBeVisible();

  await box.fill(JSON.stringify({ ...data, status: 5 }));
  await expect(page.getByRole('list', { name: 'Problems in the data' })).toContainText('/status');
  await box.fill('{ "title": ');
  await expect(page.getByText('Invalid JSON; the previous data is used')).toBeVisible();
  expect(preview.called('setData')).toHaveLength(2);

  await page.getByRole('button', { name: 'Generate from Schema' }).click();
  await expect(page.getByText('Generated from jsonSchema in the file')).toBeVisible();
  await expect(box).toHaveValue(/"title": "Title"/);
  await page.getByRole('button', { name: 'Use Default Data' }).click();
  await expect(box).toHaveValue(/"title": "Order 1042"/);
});

test('shows where the data of a file without sample data is from', async ({ page }) => {
  const { encodedWidget: _, outputJsonPreview, ...file } = JSON.parse(order) as Record<string, unknown>;
  const preview = await new FakePreview({ text: JSON.stringify({ ...file, outputJsonPreview }) }).open(page);
  const light = page.getByRole('region', { name: 'Light' });
  await expect(light.getByText('Order 1042')).toBeVisible();
  await page.getByRole('tab', { name: 'Data' }).click();
  await expect(page.getByText('Derived from outputJsonPreview in the file')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Data' })).toHaveValue(/"title": "Order 1042"/);

  preview.write(JSON.stringify(file));
  await expect(page.getByText('The file has no sample data. The data was generated from jsonSchema.')).toBeVisible();
  await expect(page.getByText('Generated from jsonSchema in the file')).toBeVisible();
  await expect(light.getByText('Order 1042')).toHaveCount(0);
  preview.page.expectHealthy();
});

test('shows the JSON of the widget and the request of an action', async ({ page }) => {
  const card = {
    type: 'Card',
    asForm: true,
    children: [{ type: 'Input', name: 'who.name', defaultValue: 'Ada' }],
    confirm: { label: 'Save', action: { type: 'save', payload: { id: 7 } } },
  };
  const preview = await new FakePreview({ text: JSON.stringify(card), json: true }).open(page);
  await page.getByRole('tab', { name: 'JSON' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('"asForm": true');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect.poll(() => preview.called('copyText')).toEqual([{ text: JSON.stringify(card, null, 2) }]);
  const light = page.getByRole('region', { name: 'Light' });
  await light.getByRole('button', { name: 'Save' }).click();
  await expect(light.getByRole('status', { name: 'Not sent (this source cannot send actions)' })).toContainText(
    '"name": "Ada"',
  );
  await expect(page.getByRole('tab', { name: 'Data' })).toHaveCount(0);
});

test('shows what users copy, below the widget, with the direction of its text', async ({ page }) => {
  const item = { widget: { type: 'Card', children: [] }, copy_text: 'הזמנה 1042\nsecond line' };
  const preview = await new FakePreview({ text: JSON.stringify(item), json: true }).open(page);
  const copied = page.getByRole('region', { name: 'copy_text' }).locator('pre');
  await expect(copied).toHaveText(item.copy_text);
  await expect(copied).toHaveCSS('direction', 'rtl');
  preview.write(JSON.stringify({ widget: item.widget }));
  await expect(copied).toHaveCount(0);
});

test('shows a widget in another direction and language; code reads from left to right', async ({ page }) => {
  const card = {
    type: 'Card',
    children: [
      { type: 'DatePicker', name: 'day', defaultValue: '2026-11-30T00:00:00' },
      { type: 'Button', label: 'Save', onClickAction: { type: 'save' } },
    ],
  };
  await new FakePreview({ text: JSON.stringify(card), json: true }).open(page);
  const light = page.getByRole('region', { name: 'Light' });
  const date = light.locator('.ck-date');
  await expect(date).toContainText('2026');
  const before = await date.textContent();
  await page.getByRole('radio', { name: 'RTL' }).check();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
  await expect(light.locator('[data-widget-root]')).toHaveCSS('direction', 'rtl');
  await expect(date).not.toHaveText(before ?? '');
  // The icon is on the left, and the text leaves room for it.
  const icon = (await light.locator('.ck-control-icon').boundingBox())!;
  const words = (await date.locator('.ck-truncate').boundingBox())!;
  expect(words.x).toBeGreaterThanOrEqual(icon.x + icon.width);
  await light.getByRole('button', { name: 'Save' }).click();
  await expect(light.getByRole('status').locator('pre')).toHaveCSS('direction', 'ltr');

  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await page.getByRole('tab', { name: 'JSON' }).click();
  await expect(page.getByRole('tabpanel').locator('.code').first()).toHaveCSS('direction', 'ltr');
});

test('the toolbar has at most two lines at 500 px, and one beside a text editor', async ({ page }) => {
  await new FakePreview({ text: order }).open(page);
  const bar = page.locator('.preview-bar');
  await expect(bar).toBeVisible();
  await page.setViewportSize({ width: 500, height: 700 });
  const height = () => bar.evaluate((element) => element.getBoundingClientRect().height);
  await expect.poll(height).toBeLessThan(80);
  await page.setViewportSize({ width: 760, height: 700 });
  await expect.poll(height).toBeLessThan(50);
  await expect(page.getByRole('group', { name: 'Direction' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'RTL' })).toHaveAccessibleDescription('Right to left');
});

test('a document with several widgets shows the selected one', async ({ page }) => {
  const item = (value: string) => ({
    widget: JSON.stringify({ type: 'Card', children: [{ type: 'Text', value }] }),
  });
  await new FakePreview({ text: JSON.stringify({ items: [item('first'), item('second')] }), json: true }).open(page);
  const light = page.getByRole('region', { name: 'Light' });
  await expect(light.getByText('first')).toBeVisible();
  await page.getByRole('combobox', { name: 'Widget in the document' }).selectOption({ index: 1 });
  await expect(light.getByText('second')).toBeVisible();
});

test('hostile files neither run nor request anything', async ({ page }) => {
  const hostile = {
    version: '1.0',
    name: '<img src=x onerror=alert(1)>',
    template:
      '{"type":"Card","children":[{"type":"Markdown","value":{{ ("<img src=https://evil.example/a onerror=alert(1)>") | tojson }}},{"type":"Image","src":"https://evil.example/b.png"}]}',
    jsonSchema: { type: 'object' },
  };
  const preview = await new FakePreview({ text: JSON.stringify(hostile) }).open(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(hostile.name);
  await expect(page.locator('[data-widget-root]')).toHaveCount(2);
  expect(preview.called('image')).toEqual([]);
  preview.page.expectHealthy();
});

for (const theme of ['light', 'dark', 'hc-dark', 'hc-light'] as const) {
  test(`the toolbar fits into 500 px in ${theme}, also from right to left`, async ({ page }, info) => {
    await page.setViewportSize({ width: 500, height: 700 });
    await new FakePreview({ text: order, theme }).open(page);
    const language = page.getByRole('combobox', { name: 'Language' });
    await expect(language).toBeVisible();
    for (const direction of ['ltr', 'rtl']) {
      await page.evaluate((value) => (document.documentElement.dir = value), direction);
      const bar = page.locator('.preview-bar');
      expect(await bar.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
      // The name of a list is text, not one of its choices.
      await expect(page.locator('.choice-name')).toHaveCSS('border-inline-start-width', '0px');
      await page.screenshot({ path: info.outputPath(`preview-${theme}-${direction}.png`) });
    }
  });
}
