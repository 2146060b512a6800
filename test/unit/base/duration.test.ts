import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Formats } from '../../../src/base/webview/format.ts';
import { untilNextWaitingText, waitingText } from '../../../src/base/common/localeFormats.ts';

const text = (ms: number): string => waitingText(ms, String).replaceAll('\u00a0', ' ');

describe('how long something has been waiting', () => {
  const cases: readonly (readonly [ms: number, text: string])[] = [
    [-5_000, '1 s'],
    [0, '1 s'],
    [400, '1 s'],
    [1_999, '1 s'],
    [2_000, '2 s'],
    [9_500, '9 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [119_000, '1 min'],
    [243_000, '4 min'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
    [273_600_000, '3 d 4 h'],
  ];
  for (const [ms, expected] of cases) test(`${ms} ms: ${expected}`, () => assert.equal(text(ms), expected));

  test('the text changes exactly when the timer fires', () => {
    for (const ms of [1_000, 1_400, 12_345, 59_001, 60_000, 61_500, 3_599_000]) {
      const left = untilNextWaitingText(ms);
      assert.ok(left > 0);
      assert.equal(text(ms + left - 1), text(ms), `${ms}`);
      assert.notEqual(text(ms + left), text(ms), `${ms}`);
    }
  });

  test('a time in the future is checked again within a second', () => {
    for (const ms of [-1, -300, -12_345]) assert.ok(untilNextWaitingText(ms) > 0 && untilNextWaitingText(ms) <= 1_000);
  });
});

describe('two durations that are compared', () => {
  const cases: readonly (readonly [left: number | null, right: number | null, text: string])[] = [
    [1, 0, '1 ms → 0 ms'],
    [0, 1, '0 ms → 1 ms'],
    [0, 0, '0 s → 0 s'],
    [0, 2_500, '0 s → 2.5 s'],
    [350, 2_500, '350 ms → 2.5 s'],
    [null, 0, '– → 0 s'],
    [null, null, '– → –'],
  ];
  const formats = new Formats('en');
  for (const [left, right, expected] of cases) {
    test(expected, () => {
      assert.equal(formats.durationPair(left, right).join(' → ').replaceAll('\u00a0', ' '), expected);
    });
  }
});
