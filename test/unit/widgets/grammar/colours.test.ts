import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bordersCss } from '../../../../src/widgets/common/grammar/border.ts';
import { colourCss, type ColourValue } from '../../../../src/widgets/common/grammar/colour.ts';
import { primitiveNames } from '../../../../src/widgets/common/grammar/palette.ts';
import type { ColourContext } from '../../../../src/widgets/common/grammar/tokens.ts';

describe('colours', () => {
  const cases: readonly (readonly [ColourValue, ColourContext, string | undefined, string | undefined])[] = [
    // Semantic names by context (chatkit-api, appendix A).
    ['primary', 'text', '#0d0d0d', '#ffffff'],
    ['prose', 'text', '#0d0d0d', '#ffffff'],
    ['secondary', 'text', '#5d5d5d', '#afafaf'],
    ['tertiary', 'text', '#8f8f8f', '#8f8f8f'],
    ['success', 'text', '#00692a', '#04b84c'],
    ['warning', 'text', '#923b0f', '#e25507'],
    ['danger', 'text', '#911e1b', '#e02e2a'],
    ['surface', 'background', '#ffffff', '#212121'],
    ['surface-secondary', 'background', '#f9f9f9', '#181818'],
    ['surface-tertiary', 'background', '#f3f3f3', '#131313'],
    ['surface-elevated', 'background', '#ffffff', '#303030'],
    ['surface-elevated-secondary', 'background', '#f9f9f9', '#414141'],
    ['default', 'border', 'rgb(13 13 13 / 10%)', 'rgb(255 255 255 / 12%)'],
    ['subtle', 'border', 'rgb(13 13 13 / 5%)', 'rgb(255 255 255 / 6%)'],
    ['strong', 'border', 'rgb(13 13 13 / 15%)', 'rgb(255 255 255 / 20%)'],
    ['blue', 'chart', '#0285ff', '#0285ff'],
    // In another context the same name is a CSS colour or invalid.
    ['blue', 'background', 'blue', 'blue'],
    ['surface', 'text', undefined, undefined],
    ['default', 'background', undefined, undefined],
    // Primitives.
    ['gray-900', 'border', '#181818', '#ededed'],
    ['gray-0', 'background', '#ffffff', '#0d0d0d'],
    ['gray-500', 'text', '#5d5d5d', '#5d5d5d'],
    ['red-500', 'text', '#e02e2a', '#e02e2a'],
    ['blue-1000', 'background', '#000d19', '#000d19'],
    ['green-a50', 'background', 'rgb(4 184 76 / 15%)', 'rgb(4 184 76 / 15%)'],
    ['alpha-08', 'background', 'rgb(13 13 13 / 8%)', 'rgb(255 255 255 / 8%)'],
    ['alpha-90', 'text', 'rgb(13 13 13 / 90%)', 'rgb(255 255 255 / 90%)'],
    ['alpha-101', 'text', undefined, undefined],
    ['red-150', 'text', undefined, undefined],
    ['gray-a50', 'text', undefined, undefined],
    ['white', 'background', '#ffffff', '#ffffff'],
    // One value per theme.
    [{ light: 'blue-500', dark: 'blue-300' }, 'text', '#0169cc', '#339cff'],
    // CSS.
    ['#06b6d4', 'background', '#06b6d4', '#06b6d4'],
    ['#ABC', 'text', '#abc', '#abc'],
    ['#12345678', 'text', '#12345678', '#12345678'],
    ['#12345', 'text', undefined, undefined],
    ['RebeccaPurple', 'text', 'rebeccapurple', 'rebeccapurple'],
    ['rgb(1 2 3)', 'text', 'rgb(1 2 3)', 'rgb(1 2 3)'],
    ['rgba(1, 2, 3, .5)', 'text', 'rgba(1, 2, 3, 0.5)', 'rgba(1, 2, 3, 0.5)'],
    ['rgb(1 2 3 / 50%)', 'text', 'rgb(1 2 3 / 50%)', 'rgb(1 2 3 / 50%)'],
    ['hsl(210deg 50% 40%)', 'text', 'hsl(210deg 50% 40%)', 'hsl(210deg 50% 40%)'],
    ['oklch(70% 0.1 200)', 'text', 'oklch(70% 0.1 200)', 'oklch(70% 0.1 200)'],
    ['color(display-p3 1 0 0)', 'text', 'color(display-p3 1 0 0)', 'color(display-p3 1 0 0)'],
    ['rgb(1, 2 3)', 'text', undefined, undefined],
    ['rgb(1 2)', 'text', undefined, undefined],
    ['mauve-ish', 'text', undefined, undefined],
    ['', 'text', undefined, undefined],
    // Gradients: only for backgrounds.
    [
      'linear-gradient(135deg, #f00 0%, rgb(0 0 255 / 50%) 60%)',
      'background',
      'linear-gradient(135deg, #f00 0%, rgb(0 0 255 / 50%) 60%)',
      'linear-gradient(135deg, #f00 0%, rgb(0 0 255 / 50%) 60%)',
    ],
    [
      'linear-gradient(to top right, red, 30%, blue)',
      'background',
      'linear-gradient(to top right, red, 30%, blue)',
      'linear-gradient(to top right, red, 30%, blue)',
    ],
    [
      'radial-gradient(circle at 20% center, red, blue)',
      'background',
      'radial-gradient(circle at 20% center, red, blue)',
      'radial-gradient(circle at 20% center, red, blue)',
    ],
    [
      'conic-gradient(from 45deg, red, blue 50deg)',
      'background',
      'conic-gradient(from 45deg, red, blue 50deg)',
      'conic-gradient(from 45deg, red, blue 50deg)',
    ],
    [
      'repeating-linear-gradient(red, blue 4px), linear-gradient(red, blue)',
      'background',
      'repeating-linear-gradient(red, blue 4px), linear-gradient(red, blue)',
      'repeating-linear-gradient(red, blue 4px), linear-gradient(red, blue)',
    ],
    ['linear-gradient(red, blue)', 'text', undefined, undefined],
    ['linear-gradient(red)', 'background', undefined, undefined],
    ['linear-gradient(sideways, red, blue)', 'background', undefined, undefined],
  ];
  for (const [value, context, light, dark] of cases) {
    test(`${JSON.stringify(value)} as ${context}`, () => {
      assert.equal(colourCss(value, context, 'light'), light);
      assert.equal(colourCss(value, context, 'dark'), dark);
    });
  }

  test('every primitive of the appendix has a colour in both themes', () => {
    assert.equal(primitiveNames.length, 2 + 25 + 7 * (14 + 6));
    for (const name of primitiveNames) {
      for (const theme of ['light', 'dark'] as const) {
        assert.match(colourCss(name, 'text', theme) ?? '', /^#[0-9a-f]{6}$|^rgb\(\d+ \d+ \d+ \/ \d+%\)$/);
      }
    }
  });
});

describe('values that must not reach a style', () => {
  const attacks = [
    'url(https://evil.example/x)',
    'red;background:url(//evil)',
    'red}body{display:none',
    'expression(alert(1))',
    'var(--vscode-editor-background)',
    'env(safe-area-inset-top)',
    'image-set("a.png" 1x)',
    'cross-fade(red, blue)',
    'element(#root)',
    'paint(worklet)',
    'attr(data-x)',
    'linear-gradient(red, url(x))',
    'linear-gradient(red, blue), url(x)',
    'linear-gradient(red/**/,blue)',
    '/* */red',
    'r\\65 d',
    'red !important',
    '"red"',
    'red\u0000',
    'red, blue',
    'rgb(1 2 3',
    'rgb(calc(1) 2 3)',
    'rgb(from red r g b)',
    '\u{1f534}',
    'javascript:alert(1)',
    '@import "x"',
    `#${'f'.repeat(1_000)}`,
    `linear-gradient(${'red,'.repeat(1_000)}blue)`,
    `calc(${'('.repeat(500)}`,
  ];
  for (const attack of attacks) {
    test(attack.slice(0, 50), () => {
      for (const context of ['text', 'background', 'border', 'chart'] as const) {
        assert.equal(colourCss(attack, context, 'light'), undefined);
      }
    });
  }
});

describe('borders', () => {
  const line = { width: '1px', style: 'solid', colour: 'rgb(13 13 13 / 10%)' };
  test('a number is px on all sides in the default colour', () => {
    assert.deepEqual(bordersCss(1, 'light'), { top: line, right: line, bottom: line, left: line });
  });
  test('an object with a size is one border', () => {
    const { top, left } = bordersCss({ size: 2, color: 'gray-900', style: 'dashed' }, 'dark');
    assert.deepEqual(top, { width: '2px', style: 'dashed', colour: '#ededed' });
    assert.deepEqual(left, top);
  });
  test('an object without a size has one border per side', () => {
    assert.deepEqual(bordersCss({ x: 1, left: { size: 3, color: 'red-500' } }, 'light'), {
      right: line,
      left: { width: '3px', style: 'solid', colour: '#e02e2a' },
    });
  });
});
