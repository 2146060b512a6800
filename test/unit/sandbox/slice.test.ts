import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { arraySequence, slice, UnknownCursor, type PageRequest } from '../../../src/sandbox/node/model/sequence.ts';

const elements = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `e${index}` }));
const ids = (request: PageRequest, count = 10) => {
  const { data, hasMore } = slice(arraySequence(elements(count)), request);
  return [data.map(({ id }) => Number(id.slice(1))), hasMore];
};

describe('the cursor rules of chatkit-api 1.4, over ten elements', () => {
  const cases: readonly [string, PageRequest, number[], boolean][] = [
    ['the oldest first', { order: 'asc', limit: 3 }, [0, 1, 2], true],
    ['the newest first', { order: 'desc', limit: 3 }, [9, 8, 7], true],
    ['after follows the order: asc', { order: 'asc', limit: 3, after: 'e2' }, [3, 4, 5], true],
    ['after follows the order: desc', { order: 'desc', limit: 3, after: 'e7' }, [6, 5, 4], true],
    ['the last page', { order: 'asc', limit: 3, after: 'e6' }, [7, 8, 9], false],
    ['past the end', { order: 'asc', limit: 3, after: 'e9' }, [], false],
    ['before gives the nearest, in order: asc', { order: 'asc', limit: 3, before: 'e7' }, [4, 5, 6], true],
    ['before gives the nearest, in order: desc', { order: 'desc', limit: 3, before: 'e2' }, [5, 4, 3], true],
    ['before, all that is left', { order: 'asc', limit: 5, before: 'e2' }, [0, 1], false],
    ['both give the open interval', { order: 'asc', limit: 9, after: 'e2', before: 'e6' }, [3, 4, 5], false],
    ['both, cut at the far side', { order: 'desc', limit: 2, after: 'e8', before: 'e4' }, [7, 6], true],
    ['both the wrong way round', { order: 'asc', limit: 9, after: 'e6', before: 'e2' }, [], false],
    ['no limit, but something is there', { order: 'asc', limit: 0 }, [], true],
    ['no limit, nothing is there', { order: 'asc', limit: 0, after: 'e9' }, [], false],
  ];
  for (const [name, request, expected, hasMore] of cases) {
    test(name, () => assert.deepEqual(ids(request), [expected, hasMore]));
  }

  test('a cursor without an element is reported as unknown', () => {
    for (const param of ['after', 'before'] as const) {
      assert.throws(
        () => ids({ order: 'asc', limit: 1, [param]: 'e10' }),
        (error) => error instanceof UnknownCursor && error.param === param,
      );
    }
  });

  test('a hidden element is skipped, and is a valid cursor', () => {
    const even = ({ id }: { id: string }) => Number(id.slice(1)) % 2 === 0;
    const { data, hasMore } = slice(arraySequence(elements(10)), { order: 'asc', limit: 3, after: 'e1' }, even);
    assert.deepEqual([data.map(({ id }) => id), hasMore], [['e2', 'e4', 'e6'], true]);
    assert.equal(slice(arraySequence(elements(10)), { order: 'asc', limit: 1, after: 'e7' }, even).hasMore, false);
  });
});

test('pages by `after` contain every visible element once, in order', () => {
  fc.assert(
    fc.property(
      fc.nat(40),
      fc.integer({ min: 1, max: 15 }),
      fc.constantFrom('asc' as const, 'desc' as const),
      fc.array(fc.nat(40)),
      (count, limit, order, hidden) => {
        const all = elements(count);
        const visible = ({ id }: { id: string }) => !hidden.includes(Number(id.slice(1)));
        const met: string[] = [];
        let after: string | undefined;
        for (;;) {
          const { data, hasMore } = slice(arraySequence(all), { limit, order, after }, visible);
          met.push(...data.map(({ id }) => id));
          if (!hasMore) break;
          assert.equal(data.length, limit);
          after = data.at(-1)?.id;
        }
        const shown = all.filter(visible).map(({ id }) => id);
        assert.deepEqual(met, order === 'asc' ? shown : shown.reverse());
      },
    ),
  );
});
