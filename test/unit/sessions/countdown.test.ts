import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { timeLeft, untilNextStep } from '../../../src/sessions/common/countdown.ts';

describe('displayed time left', () => {
  const cases: [ms: number, shown: string, next: number][] = [
    [600_000, '10 minutes', 60_000],
    [599_999, '10 minutes', 59_999],
    [540_000, '9 minutes', 60_000],
    [60_001, '2 minutes', 1],
    [60_000, '60 seconds', 10_000],
    [59_999, '60 seconds', 9_999],
    [50_000, '50 seconds', 10_000],
    [10_000, '10 seconds', 10_000],
    [1, '10 seconds', 1],
    [0, '0 seconds', 0],
    [-5_000, '0 seconds', 0],
  ];
  for (const [ms, shown, next] of cases) {
    test(`${ms} ms`, () => {
      const { unit, value } = timeLeft(ms);
      assert.equal(`${value} ${unit}`, shown);
      assert.equal(untilNextStep(ms), next);
    });
  }

  test('changes 15 times in ten minutes', () => {
    let left = 600_000;
    let steps = 0;
    while (left > 0) {
      const before = timeLeft(left);
      left -= untilNextStep(left);
      steps++;
      assert.notDeepEqual(timeLeft(left), before);
    }
    assert.equal(steps, 15);
  });
});
