import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { alignSequences } from '../../../../src/threads/common/compare/sequences.ts';

const shown = (left: string, right: string): string =>
  alignSequences([...left], [...right])
    .map((pair) => {
      if (pair.left !== null && pair.right !== null) return left[pair.left];
      return pair.left !== null ? `-${left[pair.left]}` : `+${right[pair.right ?? 0]}`;
    })
    .join(' ');

describe('alignSequences', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['', '', ''],
    ['abc', 'abc', 'a b c'],
    ['abc', '', '-a -b -c'],
    ['', 'ab', '+a +b'],
    ['abc', 'abxc', 'a b +x c'],
    ['abcd', 'acbd', 'a -b c +b d'],
    ['aaa', 'aa', 'a a -a'],
    ['aabaa', 'aacaa', 'a a -b +c a a'],
    ['ababab', 'bababa', '-a b a b a b +a'],
  ];
  for (const [left, right, expected] of cases) {
    test(`"${left}" and "${right}"`, () => assert.equal(shown(left, right), expected));
  }

  test('pairs equal keys only, each element once, in order', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 40 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        const pairs = alignSequences(left, right);
        for (const { left: l, right: r } of pairs) if (l !== null && r !== null) assert.equal(left[l], right[r]);
        assert.deepEqual(
          pairs.flatMap((pair) => pair.left ?? []),
          left.map((_, index) => index),
        );
        assert.deepEqual(
          pairs.flatMap((pair) => pair.right ?? []),
          right.map((_, index) => index),
        );
      }),
    );
  });

  test('two long sequences without a common element take linear time', () => {
    const left = Array.from({ length: 20_000 }, (_, index) => `l${index % 7}`);
    const right = Array.from({ length: 20_000 }, (_, index) => `r${index % 7}`);
    assert.equal(alignSequences(left, right).length, 40_000);
  });
});
