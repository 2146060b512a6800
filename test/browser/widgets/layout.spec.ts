import { type Locator, expect } from '@playwright/test';
import type { Json } from '../../../src/base/common/json.ts';
import {
  captionSizes,
  controlSizes,
  radiusCss,
  textSizes,
  titleSizes,
} from '../../../src/widgets/common/grammar/tokens.ts';
import { test } from './widgetPage.ts';

/** The computed style of a component, found by its text or position. */
function styleOf(element: Locator, ...names: string[]): Promise<Record<string, string>> {
  return element.evaluate(
    (node, properties) =>
      Object.fromEntries(properties.map((name) => [name, getComputedStyle(node).getPropertyValue(name)])),
    names,
  );
}

function card(...children: Json[]): Json {
  return { type: 'Card', children };
}

test('cards have the width of their size', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  await page.setViewportSize({ width: 900, height: 600 });
  const sizes = ['sm', 'md', 'lg', 'full', undefined];
  await widgets.draw(sizes.map((size) => ({ type: 'Card', children: [], ...(size ? { size } : {}) })));
  const cards = page.locator('[data-widget-type="Card"]');
  const place = (await page.locator('[data-widget-root]').first().boundingBox())?.width ?? 0;
  const width = async (index: number) => (await cards.nth(index).boundingBox())?.width;
  expect(await width(0)).toBe(360);
  expect(await width(1)).toBe(440);
  expect(await width(2)).toBe(560);
  expect(await width(3)).toBe(place - 4);
  expect(await width(4)).toBe(440);
  expect(await styleOf(cards.first(), 'padding-top', 'padding-left')).toEqual({
    'padding-top': '16px',
    'padding-left': '16px',
  });
});

test('the buttons below a card are at least 16 px from its edges, whatever its padding is', async ({
  page,
  openWidgets,
}) => {
  const widgets = await openWidgets();
  const cancel = { label: 'No', action: { type: 'no' } };
  const confirm = { label: 'Yes', action: { type: 'yes' } };
  const paddings = [undefined, 0, '0', 2, { x: 8, bottom: 1 }];
  await widgets.draw(
    paddings.map((padding) => ({
      type: 'Card',
      children: [],
      cancel,
      confirm,
      ...(padding !== undefined && { padding }),
    })),
  );
  const cards = page.locator('[data-widget-type="Card"]');
  await expect(cards).toHaveCount(paddings.length);
  for (const [index, right] of [16, 16, 16, 16, 32].entries()) {
    const frame = await cards.nth(index).boundingBox();
    const button = await cards.nth(index).getByRole('button', { name: 'Yes' }).boundingBox();
    if (frame === null || button === null) throw new Error('Nothing is drawn.');
    // The border of the card is 1 px wide.
    expect(Math.round(frame.x + frame.width - button.x - button.width - 1), 'to the right edge').toBe(right);
    expect(Math.round(frame.y + frame.height - button.y - button.height - 1), 'to the bottom edge').toBe(16);
  }
});

test('units, sizes and radii match the reference', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  await widgets.draw([
    card(
      { type: 'Col', gap: 1.5, padding: { x: 2, top: 1 }, margin: { y: 3 }, children: [{ type: 'Spacer' }] },
      { type: 'Box', size: 25, radius: 'full' },
      { type: 'Box', width: '50%', height: 8, maxWidth: 100, aspectRatio: '16/9' },
      { type: 'Box', border: { top: { size: 2, style: 'dashed' }, x: 1 } },
      { type: 'Row', children: [{ type: 'Spacer' }] },
    ),
  ]);
  const col = page.locator('[data-widget-type="Col"]');
  expect(
    await styleOf(
      col,
      'row-gap',
      'padding-top',
      'padding-right',
      'padding-bottom',
      'padding-left',
      'margin-top',
      'flex-direction',
      'align-items',
    ),
  ).toEqual({
    'row-gap': '6px',
    'padding-top': '4px',
    'padding-right': '8px',
    'padding-bottom': '0px',
    'padding-left': '8px',
    'margin-top': '12px',
    'flex-direction': 'column',
    'align-items': 'stretch',
  });
  const boxes = page.locator('[data-widget-type="Box"]');
  expect(await boxes.nth(0).boundingBox()).toMatchObject({ width: 25, height: 25 });
  expect(await styleOf(boxes.nth(0), 'border-top-left-radius')).toEqual({ 'border-top-left-radius': '9999px' });
  expect(await boxes.nth(1).boundingBox()).toMatchObject({ width: 100, height: 8 });
  expect(
    await styleOf(boxes.nth(2), 'border-top-width', 'border-top-style', 'border-left-width', 'border-bottom-width'),
  ).toEqual({
    'border-top-width': '2px',
    'border-top-style': 'dashed',
    'border-left-width': '1px',
    'border-bottom-width': '0px',
  });
  expect(await styleOf(page.locator('[data-widget-type="Row"]'), 'flex-direction', 'align-items')).toEqual({
    'flex-direction': 'row',
    'align-items': 'center',
  });
});

test('every radius', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  const names = Object.keys(radiusCss) as (keyof typeof radiusCss)[];
  await widgets.draw([card(...names.map((radius) => ({ type: 'Box', size: 40, radius })))]);
  for (const [index, name] of names.entries()) {
    const box = page.locator('[data-widget-type="Box"]').nth(index);
    expect(await styleOf(box, 'border-top-left-radius')).toEqual({ 'border-top-left-radius': radiusCss[name] });
  }
});

test('every size of text', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  for (const [type, sizes] of Object.entries({ Text: textSizes, Title: titleSizes, Caption: captionSizes })) {
    await widgets.draw([card(...Object.keys(sizes).map((size) => ({ type, value: size, size })))]);
    for (const [name, { size, line }] of Object.entries(sizes)) {
      const text = page.locator(`[data-widget-type="${type}"]`, { hasText: new RegExp(`^${name}$`) });
      expect(await styleOf(text, 'font-size', 'line-height'), `${type} ${name}`).toEqual({
        'font-size': `${size}px`,
        'line-height': `${line}px`,
      });
    }
  }
});

test('every size of a control', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  for (const [type, props] of Object.entries({
    Button: { label: 'x' },
    Input: { name: 'x' },
    Select: { name: 'x', options: [] },
    DatePicker: { name: 'x' },
  })) {
    await widgets.draw([card(...Object.keys(controlSizes).map((size) => ({ type, ...props, size })))]);
    for (const [index, { height, font }] of Object.values(controlSizes).entries()) {
      const control = page.locator(`[data-widget-type="${type}"]`).nth(index);
      expect((await control.boundingBox())?.height, `${type} ${index}`).toBe(height);
      expect(await styleOf(control, 'font-size')).toEqual({ 'font-size': `${font}px` });
    }
  }
});

test('badges and icons', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  const badges = { sm: 18, md: 22, lg: 24 };
  const icons = { xs: 14, sm: 16, md: 18, lg: 20, xl: 22, '2xl': 24, '3xl': 28 };
  await widgets.draw([
    card(
      ...Object.keys(badges).map((size) => ({ type: 'Badge', label: size, size })),
      ...Object.keys(icons).map((size) => ({ type: 'Icon', name: 'star', size })),
    ),
  ]);
  for (const [index, height] of Object.values(badges).entries()) {
    expect((await page.locator('[data-widget-type="Badge"]').nth(index).boundingBox())?.height).toBe(height);
  }
  for (const [index, size] of Object.values(icons).entries()) {
    expect(await page.locator('[data-widget-type="Icon"] svg').nth(index).boundingBox()).toMatchObject({
      width: size,
      height: size,
    });
  }
});

test('flush components reach the edges of the card', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  await widgets.draw([card({ type: 'Divider', flush: true }, { type: 'Divider' })]);
  const frame = await page.locator('[data-widget-type="Card"]').boundingBox();
  const flush = await page.locator('[data-widget-type="Divider"]').first().boundingBox();
  const inset = await page.locator('[data-widget-type="Divider"]').last().boundingBox();
  // The border belongs to the card.
  expect(flush).toMatchObject({ x: (frame?.x ?? 0) + 1, width: (frame?.width ?? 0) - 2, height: 1 });
  expect(inset).toMatchObject({ x: (frame?.x ?? 0) + 17, width: (frame?.width ?? 0) - 34 });
});

test('nothing is rendered outside the widget', async ({ page, openWidgets }) => {
  const widgets = await openWidgets();
  const bursting = card(
    { type: 'Box', margin: -100, width: 5000, height: 400, background: 'red-500' },
    { type: 'Text', value: 'x'.repeat(5000) },
    { type: 'Box', margin: { top: '-9999px', left: '-9999px' }, size: 10_000, background: 'blue-500' },
  );
  await widgets.draw([bursting, card({ type: 'Text', value: 'between' }), bursting]);
  const owners = await page.evaluate(() => {
    const roots = [...document.querySelectorAll('[data-widget-root]')];
    roots[1]?.scrollIntoView({ block: 'center' });
    const { x, y, width, height } = roots[1]?.getBoundingClientRect() ?? new DOMRect();
    const points = [
      [x + 2, y + 2],
      [x + width / 2, y + height / 2],
      [x + width - 2, y + height - 2],
    ] as const;
    return points.map(([left, top]) => roots.findIndex((root) => root.contains(document.elementFromPoint(left, top))));
  });
  expect(owners).toEqual([1, 1, 1]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});
