import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../../../src/base/common/json.ts';
import {
  compareJson,
  countDifferences,
  type JsonDifference,
} from '../../../../src/threads/common/compare/compareJson.ts';

/** The changed leaves, as `path: change`. */
function leaves(difference: JsonDifference, path = ''): readonly string[] {
  const here = difference.key === null ? path : `${path}/${difference.key}`;
  if (difference.change === 'equal') return [];
  if (difference.children === undefined) return [`${here} ${difference.change}`];
  return difference.children.flatMap((child) => leaves(child, here));
}

describe('compareJson', () => {
  const cases: readonly (readonly [string, Json, Json, readonly string[]])[] = [
    ['equal values, whatever the order of their keys', { a: 1, b: [2] }, { b: [2], a: 1 }, []],
    ['a changed number', { a: 1 }, { a: 2 }, ['/a changed']],
    ['a property more and one less', { a: 1, b: 2 }, { b: 2, c: 3 }, ['/a removed', '/c added']],
    ['an element more', [1, 2, 3], [1, 9, 2, 3], ['/1 added']],
    [
      'a changed node among its siblings',
      [{ type: 'A', v: 1 }, { type: 'B' }],
      [{ type: 'A', v: 2 }, { type: 'B' }],
      ['/0/v changed'],
    ],
    ['nodes of another type', [{ type: 'A' }], [{ type: 'B' }], ['/0 removed', '/0 added']],
    ['another sort of value', { a: [1] }, { a: { b: 1 } }, ['/a changed']],
    ['a key named __proto__', JSON.parse('{"__proto__":1}') as Json, {}, ['/__proto__ removed']],
  ];
  for (const [title, left, right, expected] of cases) {
    test(title, () => {
      const difference = compareJson(left, right);
      assert.deepEqual(leaves(difference), expected);
      assert.equal(countDifferences(difference), expected.length);
    });
  }

  test('a changed text has differences by word', () => {
    assert.deepEqual(compareJson('On time', 'On hold').text, [
      { change: 'equal', text: 'On ' },
      { change: 'removed', text: 'time' },
      { change: 'added', text: 'hold' },
    ]);
  });

  test('finds no difference between a value and its copy, and one between any two others', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const [left, right] = [a, b].map((value) => JSON.parse(JSON.stringify(value)) as Json);
        assert.equal(compareJson(left ?? null, structuredClone(left ?? null)).change, 'equal');
        const differs = countDifferences(compareJson(left ?? null, right ?? null)) > 0;
        try {
          assert.deepEqual(left, right);
          assert.equal(differs, false);
        } catch {
          assert.equal(differs, true);
        }
      }),
    );
  });
});
