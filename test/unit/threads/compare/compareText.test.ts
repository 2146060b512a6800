import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compareText } from '../../../../src/threads/common/compare/sequences.ts';

const shown = (left: string, right: string): string =>
  compareText(left, right)
    .map(({ change, text }) => (change === 'equal' ? text : change === 'removed' ? `[-${text}-]` : `[+${text}+]`))
    .join('');

describe('compareText', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['', '', ''],
    ['same', 'same', 'same'],
    ['', 'new', '[+new+]'],
    ['old', '', '[-old-]'],
    ['It ships on Monday.', 'It ships on Friday.', 'It ships on [-Monday-][+Friday+].'],
    ['a b c', 'a c', 'a [-b -]c'],
    ['naïve Café', 'naïve Bar', 'naïve [-Café-][+Bar+]'],
  ];
  for (const [left, right, expected] of cases) {
    test(`"${left}" and "${right}"`, () => assert.equal(shown(left, right), expected));
  }

  test('the segments contain both texts', () => {
    const text = fc
      .array(fc.constantFrom('one', 'two', ' ', '\n', '.', 'é'), { maxLength: 30 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, (left, right) => {
        const segments = compareText(left, right);
        const join = (skipped: string) => segments.flatMap((one) => (one.change === skipped ? [] : one.text)).join('');
        assert.equal(join('added'), left);
        assert.equal(join('removed'), right);
      }),
    );
  });

  test('compares long texts line by line', () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `line ${index}\n`);
    const segments = compareText(lines.join(''), lines.with(777, 'line changed\n').join(''));
    assert.deepEqual(
      segments.filter(({ change }) => change !== 'equal').map(({ text }) => text),
      ['line 777\n', 'line changed\n'],
    );
  });
});
