import { expect } from '@playwright/test';
import { widgetGallery } from '../../../src/widgets/common/gallery.ts';
import { expectNoAxeViolations } from '../../support/axe.ts';
import { test } from './widgetPage.ts';

const gallery = widgetGallery.map(({ widget }) => widget);
// Colours are those of the palette, set by the author; high contrast themes override them.
const contrast = ['color-contrast'];

test('the gallery has no accessibility violations', async ({ page, openWidgets }) => {
  test.slow(); // some thousand elements, each rule over all of them
  const widgets = await openWidgets();
  await widgets.draw(gallery);
  await expectNoAxeViolations(page, { include: ['main'], disableRules: contrast });
  widgets.health.expectNone();
});

for (const theme of ['hc-dark', 'hc-light'] as const) {
  test(`the gallery has sufficient contrast, ${theme}`, async ({ page, openWidgets }) => {
    const widgets = await openWidgets(theme);
    await widgets.draw(gallery);
    await expectNoAxeViolations(page, { include: ['main'], onlyRules: contrast });
  });
}

test('a chart has a table with its values', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  await widgets.draw([
    {
      type: 'Card',
      children: [
        {
          type: 'Chart',
          data: [
            { m: '1', a: 3 },
            { m: '2', a: 6 },
          ],
          xAxis: { dataKey: 'm', labels: { '1': 'January' } },
          series: [{ type: 'bar', dataKey: 'a', label: 'Sales' }],
        },
      ],
    },
  ]);
  const table = page.getByRole('table');
  await expect(table.getByRole('row')).toHaveText(['mSales', 'January3', '26']);
  await expect(page.locator('.recharts-bar-rectangle')).toHaveCount(2);
});

test('a searchable select is a combobox', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  await widgets.draw([
    {
      type: 'Card',
      children: [
        { type: 'Label', value: 'Fruit', fieldName: 'fruit' },
        {
          type: 'Select',
          name: 'fruit',
          searchable: true,
          options: [
            { value: 'a', label: 'Apple' },
            { value: 'b', label: 'Banana', disabled: true },
          ],
        },
      ],
    },
  ]);
  const box = page.getByRole('combobox', { name: 'Fruit' });
  await expect(box).toHaveAttribute('aria-expanded', 'false');
  await box.click();
  await expect(box).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('option')).toHaveCount(2);
  await expectNoAxeViolations(page, { include: ['main'], disableRules: ['color-contrast'] });
  await page.keyboard.type('ban');
  await page.keyboard.press('Enter');
  await expect(box).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(box).toHaveAttribute('aria-expanded', 'false');
  await expect(box).toHaveValue('');
  await box.fill('app');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('Apple');
});

test('lucide icons are loaded with their chunk', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  await widgets.draw([
    {
      type: 'Card',
      children: [
        { type: 'Icon', name: 'lucide:rocket' },
        { type: 'Icon', name: 'lucide:no-such-icon' },
      ],
    },
  ]);
  const icons = page.locator('[data-widget-type="Icon"] svg');
  await expect.poll(() => icons.first().locator('*').count()).toBeGreaterThan(2);
  await expect(icons.last().locator('circle')).toHaveCount(1);
  widgets.health.expectNone();
});
