import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json, JsonObject } from '../../../src/base/common/json.ts';
import { isAffordable, printedSize } from '../../../src/widgets/common/schema/schemaCost.ts';

/** Returns the smallest limit at which a check is affordable. */
function costOf(schema: JsonObject, data: Json): number {
  for (let limit = 1; limit <= 500; limit += 1) if (isAffordable(schema, data, limit)) return limit;
  return Infinity;
}

describe('the cost of checking data against a schema', () => {
  const cases: readonly (readonly [name: string, schema: JsonObject, data: Json, cost: number])[] = [
    ['a value', { type: 'string' }, 'a', 1],
    ['properties that the data has', { properties: { a: {}, b: {}, c: {} } }, { a: 1, b: 2 }, 3],
    ['entries of a list', { items: { type: 'number' } }, [1, 2, 3], 4],
    ['entries that differ', { prefixItems: [{}, {}, {}] }, [1, 2], 3],
    ['combinations', { allOf: [{}, {}], anyOf: [{}], oneOf: [{}], not: {} }, 1, 6],
    ['additional properties and names', { additionalProperties: {}, propertyNames: {} }, { a: 1, b: 1 }, 5],
    ['a list of nodes that refers to itself', { items: { $ref: '#' } }, [[], [[]]], 7],
    ['a reference outside', { $ref: 'other.json' }, 1, 2],
    ['a reference to itself', { $ref: '#' }, 1, Infinity],
    ['a reference around the corner', { anyOf: [{ $ref: '#/$defs/a' }], $defs: { a: { $ref: '#' } } }, 1, Infinity],
  ];
  for (const [name, schema, data, cost] of cases) {
    test(name, () => assert.equal(costOf(schema, data), cost));
  }

  test('counts deeply nested data without recursion', () => {
    let data: Json = [];
    for (let level = 0; level < 200_000; level += 1) data = [data];
    assert.equal(isAffordable({ items: { $ref: '#' } }, data), false);
    assert.equal(isAffordable({}, data), true);
  });
});

describe('the printed size of a value', () => {
  const values: readonly Json[] = [1, 'text', [], { a: [1, { b: null }] }, Array.from({ length: 50 }, () => [true])];
  for (const value of values) {
    test(`${JSON.stringify(value).slice(0, 40)} is not underestimated`, () => {
      assert.ok(printedSize(value, 1_000_000) >= JSON.stringify(value, null, 2).length);
    });
  }

  test('has a limit for large and deep values', () => {
    let deep: Json = [];
    for (let level = 0; level < 200_000; level += 1) deep = [deep];
    assert.equal(printedSize(deep, 1_000), Infinity);
    assert.equal(printedSize('x'.repeat(2_000), 1_000), Infinity);
    assert.equal(
      printedSize(
        Array.from({ length: 2_000 }, () => 1),
        1_000,
      ),
      Infinity,
    );
  });
});
