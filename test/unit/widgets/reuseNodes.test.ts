import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../../src/base/common/json.ts';
import type { WidgetNode } from '../../../src/widgets/common/node.ts';
import { normaliseWidget } from '../../../src/widgets/common/normalise.ts';
import { reuseNodes } from '../../../src/widgets/common/reuseNodes.ts';

const rootOf = (json: Json): WidgetNode => {
  const { root } = normaliseWidget(json);
  assert.ok(root);
  return root;
};
const card = (...texts: readonly string[]): Json => ({
  type: 'Card',
  children: [
    { type: 'Row', border: { bottom: 1 }, children: texts.map((value) => ({ type: 'Text', value })) },
    { type: 'Made.Up', children: [{ type: 'Badge', label: 'New' }] },
  ],
});

describe('the nodes of a changed widget', () => {
  test('are all reused if nothing changed', () => {
    const before = rootOf(card('a', 'b'));
    assert.equal(reuseNodes(before, rootOf(card('a', 'b'))), before);
  });

  test('are those before it, except the changed node and its parents', () => {
    const before = rootOf(card('a', 'b'));
    const next = rootOf(card('a', 'c'));
    const after = reuseNodes(before, next);
    assert.deepEqual(after, next);
    assert.notEqual(after, before);
    assert.equal(after.children[0]?.children[0], before.children[0]?.children[0]);
    assert.notEqual(after.children[0]?.children[1], before.children[0]?.children[1]);
    assert.equal(after.children[1], before.children[1]);
  });

  test('are new if a child was added, removed or replaced by another component', () => {
    const before = rootOf(card('a', 'b'));
    for (const next of [card('a'), card('a', 'b', 'c'), card()].map(rootOf)) {
      assert.deepEqual(reuseNodes(before, next), next);
    }
    const title = rootOf({ type: 'Card', children: [{ type: 'Title', value: 'a' }] });
    assert.deepEqual(reuseNodes(rootOf({ type: 'Card', children: [{ type: 'Text', value: 'a' }] }), title), title);
  });
});
