import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../../src/base/common/json.ts';
import { snapshotFileName } from '../../../src/conversation/common/tests/fileNames.ts';
import {
  compareSnapshot,
  firstDifference,
  countAbandoned,
  mergeSnapshots,
  readSnapshots,
  snapshotKey,
  writeSnapshots,
} from '../../../src/conversation/common/tests/snapshots.ts';

describe('snapshots', () => {
  test('have one file for each test file, and a name for each place', () => {
    assert.equal(snapshotFileName('orders.chatkit-test.json'), 'orders.chatkit-snapshots.json');
    assert.equal(snapshotKey('ships', true, 'step 1'), 'ships › step 1');
    assert.equal(snapshotKey('ships', 'first', 'step 1'), 'ships › first');
  });

  test('a written snapshot is read again, in a stable order', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().map((name) => `test › ${name}`),
          fc.jsonValue(),
        ),
        (values) => {
          const plain = Object.entries(JSON.parse(JSON.stringify(values)) as Record<string, Json>);
          const text = writeSnapshots(new Map(plain));
          assert.deepEqual(readSnapshots(text), new Map(plain));
          assert.equal(writeSnapshots(new Map(plain.toReversed())), text);
        },
      ),
    );
  });

  const broken: readonly (readonly [string, RegExp])[] = [
    ['{', /is not JSON/],
    ['{}', /does not contain snapshots/],
    [
      `{"format":"chatkit-inspector/snapshots","version":1,"snapshots":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
      /at most 500 levels/,
    ],
    ['{"format":"chatkit-inspector/snapshots","version":2,"snapshots":{}}', /of this version/],
  ];
  for (const [text, message] of broken) {
    test(`refuses ${text.slice(0, 80)}`, () =>
      assert.throws(() => readSnapshots(text), { name: 'RangeError', message }));
  }

  test('an update replaces the snapshots of a test, removes unused ones, and does not change other tests', () => {
    const saved = new Map<string, Json>([
      ['a › step 1', 1],
      ['a › old', 2],
      ['b › step 1', 3],
    ]);
    const taken = new Map<string, Json>([['a › step 1', 9]]);
    assert.deepEqual(
      [...mergeSnapshots(saved, taken)],
      [
        ['a › step 1', 9],
        ['a › old', 2],
        ['b › step 1', 3],
      ],
    );
    const used = { all: ['a', 'b'], tests: ['a'], keys: new Set(taken.keys()) };
    assert.deepEqual(
      [...mergeSnapshots(saved, taken, used)],
      [
        ['a › step 1', 9],
        ['b › step 1', 3],
      ],
    );
  });

  test('a snapshot of a test that does not exist any more is removed; a name may contain the separator', () => {
    const saved = new Map<string, Json>([
      ['a › b › step 1', 1],
      ['a › old', 2],
      ['gone › step 1', 3],
    ]);
    const all = ['a', 'a › b'];
    const use = { all, tests: ['a'], keys: new Set<string>() };
    assert.deepEqual([...mergeSnapshots(saved, new Map(), use).keys()], ['a › b › step 1']);
    assert.equal(countAbandoned(saved, all), 1);
  });

  const item = (text: string) => ({ kind: 'assistant_message', text });
  const differences: readonly (readonly [string, Json, Json, string])[] = [
    ['a text', { items: [item('a')] }, { items: [item('b')] }, 'items[0].text changed from "a" to "b"'],
    ['an item more', { items: [] }, { items: [item('b')] }, 'items[0] is new: assistant_message'],
    ['an item less', { items: [item('b')] }, { items: [] }, 'items[0] is missing: assistant_message'],
    ['another value', 1, 2, 'it changed from 1 to 2'],
  ];
  for (const [title, saved, actual, words] of differences) {
    test(`describes the difference: ${title}`, () => {
      const difference = compareSnapshot(saved, actual);
      assert.ok(difference);
      assert.equal(firstDifference(difference), words);
    });
  }

  test('the order of keys does not matter, and an absent value is not compared', () => {
    assert.equal(compareSnapshot({ a: 1, b: 2 }, { b: 2, a: 1 })?.change, 'equal');
    assert.equal(compareSnapshot(undefined, 1), null);
  });
});
