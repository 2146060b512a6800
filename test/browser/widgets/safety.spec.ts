import { expect } from '@playwright/test';
import type { Json } from '../../../src/base/common/json.ts';
import { catalogue, componentNames } from '../../../src/widgets/common/catalogue.ts';
import { widgetLimits } from '../../../src/widgets/common/node.ts';
import { test } from './widgetPage.ts';

const attacks = [
  '<img src=x onerror="window.pwned=1">',
  '<svg onload="window.pwned=1">',
  '"><script>window.pwned=1</script>',
  "' onmouseover='window.pwned=1",
  'javascript:window.pwned=1',
  '[x](javascript:window.pwned=1)',
  '![x](https://evil.example/beacon.png)',
  '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
  '<style>@import "https://evil.example/x.css"</style>',
  '<a href="https://evil.example" ping="https://evil.example/ping">x</a>',
  'url(https://evil.example/x.png)',
  'red; background: url(https://evil.example/x.png)',
  'expression(alert(1))',
  '</style><script>window.pwned=1</script>',
  '{{constructor.constructor("window.pwned=1")()}}',
  'data:text/html,<script>window.pwned=1</script>',
  'https://evil.example/x.png',
  '//evil.example/x.png',
  '(a+)+$',
];

test('hostile text in every prop of every component neither runs nor requests anything', async ({
  page,
  openWidgets,
}) => {
  const widgets = await openWidgets();
  const drawn: Json[] = attacks.map((attack) => ({
    type: 'Card',
    id: attack,
    key: attack,
    children: componentNames.map((type) => ({
      type,
      ...Object.fromEntries(Object.keys(catalogue[type].props.shape).map((prop) => [prop, attack])),
      style: attack,
      className: attack,
      dangerouslySetInnerHTML: { __html: attack },
      onClick: attack,
      ref: attack,
      children: [],
    })),
  }));
  await widgets.draw(drawn, { imagePolicy: 'always' });
  for (const button of await page.locator('[data-widget-root] button:visible').all()) {
    await button.click({ force: true, timeout: 1_000 }).catch(() => undefined);
  }
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(widgets.requests).toEqual([]);
  // The host receives a request only for the valid image URL.
  expect([...new Set(widgets.images)].sort()).toEqual([
    'https://evil.example/beacon.png',
    'https://evil.example/x.png',
  ]);
  widgets.health.expectNone();
});

test('a widget cannot add style attributes, which the policy blocks, or other attributes', async ({
  page,
  openWidgets,
}) => {
  const widgets = await openWidgets();
  await widgets.draw([
    {
      type: 'Card',
      children: [
        {
          type: 'Box',
          background: 'red;position:fixed',
          height: 20,
          width: '1px;inset:0',
          onclick: 'x',
          children: [{ type: 'Text', value: 'x' }],
        },
      ],
    },
  ]);
  const box = page.locator('[data-widget-type="Box"]');
  expect(await box.evaluate((node) => node.getAttributeNames().sort())).toEqual(['class', 'data-widget-type', 'style']);
  expect(
    await box.evaluate((node) => [getComputedStyle(node).position, getComputedStyle(node).backgroundColor]),
  ).toEqual(['static', 'rgba(0, 0, 0, 0)']);
});

test('images require a click and an allowed domain', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  const image = (host: string): Json => ({
    type: 'Card',
    children: [{ type: 'Image', src: `https://${host}/a.png`, alt: host, width: 200, height: 100 }],
  });
  await widgets.draw([image('good.example'), image('bad.example')], {
    imagePolicy: 'ask',
    imageDomains: ['good.example'],
  });
  expect(widgets.images).toEqual([]);
  await expect(page.getByRole('img', { name: /does not allow.*bad\.example/ })).toBeVisible();
  await page.getByRole('button', { name: /Load image from good\.example/ }).click();
  await expect(page.getByRole('img', { name: 'good.example', exact: true })).toBeVisible();
  expect(widgets.images).toEqual(['https://good.example/a.png']);

  await widgets.draw([image('never.example')], { imagePolicy: 'never' });
  await expect(page.getByRole('img', { name: /not loaded/ })).toBeVisible();
  await widgets.draw([image('always.example')], { imagePolicy: 'always' });
  await expect(page.getByRole('img', { name: 'always.example', exact: true })).toBeVisible();
  expect(widgets.images).toEqual(['https://good.example/a.png', 'https://always.example/a.png']);
  expect(widgets.requests).toEqual([]);
  widgets.health.expectNone();
});

test('a widget beyond the limits is rendered up to them, with a note', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  let deep: Json = { type: 'Text', value: 'bottom' };
  for (let level = 0; level < 499; level += 1) deep = { type: 'Box', children: [deep] };
  await widgets.draw([{ type: 'Card', children: [deep] }]);
  await expect(page.locator('[data-widget-type]')).toHaveCount(widgetLimits.depth);
  await expect(page.getByText('Components nested more deeply are not rendered.')).toBeVisible();

  await widgets.draw([{ type: 'Card', children: Array.from({ length: 20_000 }, () => ({ type: 'Spacer' })) }]);
  await expect(page.locator('[data-widget-type]')).toHaveCount(widgetLimits.nodes);
  await expect(page.getByText('Further components are not rendered.')).toBeVisible();
  await expect(page.getByText(`${widgetLimits.nodes} of its components are rendered`)).toBeVisible();
  widgets.health.expectNone();
});

test('an unknown component is marked and its children are rendered', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  await widgets.draw([{ type: 'Hologram', children: [{ type: 'Text', value: 'inside' }] }, 'no widget', null]);
  const unknown = page.locator('[data-widget-unknown]');
  await expect(unknown).toContainText('Hologram');
  await expect(unknown.locator('[data-widget-type="Text"]')).toHaveText('inside');
  await expect(page.getByText('This is not a widget.')).toHaveCount(2);
  widgets.health.expectNone();
});

test('a component that throws does not affect the others', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  // Makes the component throw while it is rendered.
  await page.evaluate(() => {
    Object.defineProperty(Intl, 'DateTimeFormat', {
      value: () => {
        throw new Error('broken on purpose');
      },
    });
  });
  await widgets.draw([
    {
      type: 'Card',
      children: [
        { type: 'Text', value: 'before' },
        { type: 'DatePicker', name: 'd', defaultValue: '2026-01-01' },
        { type: 'Text', value: 'after' },
      ],
    },
  ]);
  await expect(page.locator('[data-widget-broken]')).toHaveText('Could not render this DatePicker.');
  await expect(page.getByText('before')).toBeVisible();
  await expect(page.getByText('after')).toBeVisible();
});
