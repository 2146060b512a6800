import { expect } from '@playwright/test';
import { colourCss } from '../../../src/widgets/common/grammar/colour.ts';
import { semanticNames, type ColourContext } from '../../../src/widgets/common/grammar/tokens.ts';
import { computedColour } from './computedColour.ts';
import { test } from './widgetPage.ts';

for (const theme of ['light', 'dark'] as const) {
  const expected = (value: string, context: ColourContext) => computedColour(colourCss(value, context, theme) ?? '');

  test(`every semantic color, ${theme}`, async ({ page, openWidgets }) => {
    const widgets = await openWidgets(theme);
    const primitives = ['red-500', 'gray-150', 'blue-a50', 'alpha-90', 'white'];
    const texts = [...semanticNames('text'), ...primitives];
    const faces = [...semanticNames('background'), ...primitives];
    const lines = [...semanticNames('border'), ...primitives];
    await widgets.draw([
      {
        type: 'Card',
        children: [
          ...texts.map((color) => ({ type: 'Text', value: color, color })),
          ...texts.map((color) => ({ type: 'Icon', name: 'star', color })),
          ...faces.map((background) => ({ type: 'Box', size: 10, background })),
          ...lines.map((color) => ({ type: 'Divider', color })),
          ...lines.map((color) => ({ type: 'Col', border: { size: 1, color }, children: [] })),
        ],
      },
    ]);
    const read = (type: string, property: string) =>
      page
        .locator(`[data-widget-type="${type}"]`)
        .evaluateAll((nodes, name) => nodes.map((node) => getComputedStyle(node).getPropertyValue(name)), property);
    expect(await read('Text', 'color')).toEqual(texts.map((name) => expected(name, 'text')));
    expect(await read('Icon', 'color')).toEqual(texts.map((name) => expected(name, 'text')));
    expect(await read('Box', 'background-color')).toEqual(faces.map((name) => expected(name, 'background')));
    expect(await read('Divider', 'background-color')).toEqual(lines.map((name) => expected(name, 'border')));
    expect(await read('Col', 'border-left-color')).toEqual(lines.map((name) => expected(name, 'border')));
    expect(await read('Card', 'background-color')).toEqual([expected('surface', 'background')]);
    expect(await read('Card', 'border-top-color')).toEqual([expected('default', 'border')]);
  });

  test(`a color per theme and a nested theme, ${theme}`, async ({ page, openWidgets }) => {
    const widgets = await openWidgets(theme);
    const pair = { light: 'blue-500', dark: 'blue-300' };
    const other = theme === 'light' ? 'dark' : 'light';
    await widgets.draw([
      { type: 'Card', children: [{ type: 'Text', value: 'here', color: pair }] },
      {
        type: 'Card',
        theme: other,
        children: [
          { type: 'Text', value: 'there', color: pair },
          { type: 'Text', value: 'plain' },
        ],
      },
    ]);
    const colour = (text: string) =>
      page.getByText(text, { exact: true }).evaluate((node) => getComputedStyle(node).color);
    expect(await colour('here')).toBe(expected(pair[theme], 'text'));
    expect(await colour('there')).toBe(expected(pair[other], 'text'));
    expect(await colour('plain')).toBe(computedColour(colourCss('primary', 'text', other) ?? ''));
  });
}

test('colors of the author are not inherited', async ({ page, openWidgets }) => {
  const widgets = await openWidgets('light');
  await widgets.draw([
    {
      type: 'Card',
      background: 'blue-100',
      children: [{ type: 'Box', background: 'red-500', children: [{ type: 'Box', size: 10 }] }],
    },
  ]);
  const inner = page.locator('[data-widget-type="Box"]').last();
  expect(await inner.evaluate((node) => getComputedStyle(node).backgroundColor)).toBe('rgba(0, 0, 0, 0)');
});

for (const theme of ['hc-dark', 'hc-light'] as const) {
  test(`high contrast overrides the author, ${theme}`, async ({ page, openWidgets }) => {
    const widgets = await openWidgets(theme);
    await widgets.draw([
      {
        type: 'Card',
        background: 'yellow-100',
        children: [
          { type: 'Text', value: 'text', color: 'tertiary' },
          { type: 'Box', size: 20, background: 'red-500' },
          { type: 'Badge', label: 'badge', color: 'success', variant: 'solid' },
          { type: 'Button', label: 'button', color: 'danger' },
        ],
      },
    ]);
    const [foreground, background] = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'var(--vscode-foreground)';
      probe.style.backgroundColor = 'var(--vscode-editor-background)';
      const { color, backgroundColor } = getComputedStyle(probe);
      return [color, backgroundColor];
    });
    const style = (type: string) =>
      page
        .locator(`[data-widget-type="${type}"]`)
        .evaluate((node) => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]);
    expect((await style('Text'))[0]).toBe(foreground);
    expect((await style('Card'))[1]).toBe(background);
    expect(await style('Badge')).toEqual([foreground, background]);
    expect(await style('Button')).toEqual([foreground, background]);
    const box = page.locator('[data-widget-type="Box"]');
    expect(
      await box.evaluate((node) => [getComputedStyle(node).backgroundColor, getComputedStyle(node).outlineStyle]),
    ).toEqual(['rgba(0, 0, 0, 0)', 'solid']);
  });
}

for (const theme of ['hc-dark', 'hc-light'] as const) {
  test(`a bar is filled and its track is not, ${theme}`, async ({ page, openWidgets }) => {
    const widgets = await openWidgets(theme);
    const bar = { type: 'Box', height: 8, width: '80%', background: 'green-500' };
    const track = { type: 'Box', height: 8, background: 'alpha-10', children: [bar] };
    await widgets.draw([{ type: 'Card', children: [track] }]);
    const boxes = page.locator('[data-widget-type="Box"]');
    const [outer, inner] = await boxes.evaluateAll((nodes) =>
      nodes.map((node) => getComputedStyle(node).backgroundColor),
    );
    const foreground = await page.locator('body').evaluate((body) => getComputedStyle(body).color);
    expect(inner).toBe(foreground);
    expect(outer).not.toBe(foreground);
  });
}
