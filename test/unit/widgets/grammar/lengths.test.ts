import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  aspectRatioCss,
  dimensionCss,
  flexCss,
  spacingBoxCss,
  spacingCss,
} from '../../../../src/widgets/common/grammar/length.ts';

describe('dimensions', () => {
  const cases: readonly (readonly [number | string, string | undefined])[] = [
    [0, '0px'],
    [12.5, '12.5px'],
    [10_000, '10000px'],
    [10_001, undefined],
    [-1, undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    ['100%', '100%'],
    ['25.0%', '25%'],
    ['auto', 'auto'],
    ['AUTO', 'auto'],
    ['fit-content', 'fit-content'],
    ['2rem', '2rem'],
    [' 3px ', '3px'],
    ['0', '0'],
    ['50vh', '50vh'],
    ['calc(100% - 16px)', 'calc(100% - 16px)'],
    ['calc((100% - 2 * 8px) / 3)', 'calc((100% - 2 * 8px) / 3)'],
    ['min(100%, 20rem)', 'min(100%, 20rem)'],
    ['clamp(1rem, 50%, 3rem)', 'clamp(1rem, 50%, 3rem)'],
    ['clamp(1rem, 50%)', undefined],
    ['100', undefined],
    ['-4px', undefined],
    ['99999px', undefined],
    ['none', undefined],
    ['1px solid', undefined],
    ['12xyz', undefined],
    ['', undefined],
  ];
  for (const [value, css] of cases) {
    test(`${JSON.stringify(value)} is ${css}`, () => assert.equal(dimensionCss(value), css));
  }
  test('a maximum can be none but not auto', () => {
    assert.equal(dimensionCss('none', 'maximum'), 'none');
    assert.equal(dimensionCss('auto', 'maximum'), undefined);
  });
});

describe('aspect ratios', () => {
  const cases: readonly (readonly [number | string, string | undefined])[] = [
    [1.777, '1.777'],
    ['16/9', '16 / 9'],
    ['16 / 9', '16 / 9'],
    ['1.5', '1.5'],
    ['auto', 'auto'],
    [0, undefined],
    ['0/9', undefined],
    ['16/0', undefined],
    ['16/9/2', undefined],
    ['16px/9', undefined],
    [1e9, undefined],
  ];
  for (const [value, css] of cases) {
    test(`${JSON.stringify(value)} is ${css}`, () => assert.equal(aspectRatioCss(value), css));
  }
});

describe('flex', () => {
  const cases: readonly (readonly [number | string, string | undefined])[] = [
    [1, '1'],
    [0, '0'],
    ['auto', 'auto'],
    ['none', 'none'],
    ['1 1 0', '1 1 0'],
    ['0 0 120px', '0 0 120px'],
    ['1 auto', '1 auto'],
    ['1 50%', '1 50%'],
    [-1, undefined],
    ['1 1 1 1', undefined],
    ['grow', undefined],
    ['1px', undefined],
  ];
  for (const [value, css] of cases) {
    test(`${JSON.stringify(value)} is ${css}`, () => assert.equal(flexCss(value), css));
  }
});

describe('spacing', () => {
  const cases: readonly (readonly [number | string, 'gap' | 'padding' | 'margin', string | undefined])[] = [
    [1, 'gap', '4px'],
    [0.5, 'padding', '2px'],
    [2.25, 'gap', '9px'],
    ['12px', 'gap', '12px'],
    ['5%', 'padding', '5%'],
    ['0', 'padding', '0px'],
    ['-0', 'margin', '0px'],
    [-1, 'margin', '-4px'],
    [-1, 'padding', undefined],
    ['-4px', 'margin', '-4px'],
    ['-4px', 'gap', undefined],
    ['auto', 'margin', 'auto'],
    ['auto', 'padding', undefined],
    [9_999, 'gap', undefined],
  ];
  for (const [value, kind, css] of cases) {
    test(`${JSON.stringify(value)} as ${kind} is ${css}`, () => assert.equal(spacingCss(value, kind), css));
  }
});

describe('spacing boxes', () => {
  test('a single value applies to all sides', () => {
    assert.deepEqual(spacingBoxCss(2), { top: '8px', right: '8px', bottom: '8px', left: '8px' });
  });
  test('a side takes precedence over its axis', () => {
    assert.deepEqual(spacingBoxCss({ x: 2, top: 1, left: 0 }), { top: '4px', right: '8px', left: '0px' });
  });
  test('omits invalid values', () => {
    assert.deepEqual(spacingBoxCss({ x: 'wide', y: 1 }), { top: '4px', bottom: '4px' });
  });
});
