import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ThreadItem } from '../../../../src/chatkit/common/model/item.ts';
import { threadComparison, widgetComparison } from '../../../../src/threads/common/compare/compareThreads.ts';
import { assistant, toolCall, user, widget } from '../summary/items.ts';

const thread = { id: 'thr_1', title: 'A', status: { type: 'active' } as const };
const content = (...items: readonly ThreadItem[]) => ({
  thread,
  items: items.map((item, index) => ({ ...item, id: `item_${index}`, createdAt: index * 1_000 })),
});

describe('threadComparison', () => {
  test('collapses equal rows and gives the details of the others', () => {
    const left = content(user('a'), assistant('one'), user('b'), assistant('two'));
    const right = content(user('a'), assistant('one'), user('b'), assistant('three'));
    const { state, rows, details } = threadComparison(left, right);
    assert.deepEqual(
      state.blocks.map((block) => (block.type === 'equal' ? [block.first, block.count] : block.row.change)),
      [[0, 3], 'changed'],
    );
    assert.equal(state.differences, 1);
    assert.equal(state.header, null);
    assert.deepEqual(state.details[3], details(3));
    assert.deepEqual(
      rows(1, 2).map(({ index, kind, left: l, right: r }) => [index, kind, l, r]),
      [
        [1, 'assistant_message', 2, 2],
        [2, 'user_message', 3, 3],
      ],
    );
    assert.deepEqual(
      state.times.map(({ left: l, right: r }) => [l, r]),
      [
        [1_000, 1_000],
        [1_000, 1_000],
      ],
    );
    assert.throws(() => details(99), RangeError);
  });

  test('a tool call waits only while it is the last item', () => {
    const open = toolCall({ status: 'open', output: { form: 'absent' } });
    const { rows } = threadComparison(content(user('a')), content(user('a'), open, assistant('b'), open));
    const states = rows(0, 4).map(({ summary }) => /waiting for output|never answered/.exec(summary)?.[0]);
    assert.deepEqual(states, [undefined, 'never answered', undefined, 'waiting for output']);
  });

  test('cuts values that are too large for a page', () => {
    const huge = JSON.stringify({ type: 'Card', data: 'x'.repeat(100_000) });
    const { state } = threadComparison(content(widget('{"type":"Card"}')), content(widget(huge)));
    assert.ok(JSON.stringify(state).length < 60_000);
  });
});

test('a widget is compared as a tree of its changed nodes', () => {
  const card = (label: string) => ({
    type: 'Card',
    children: [
      { type: 'Title', value: 'x' },
      { type: 'Badge', label },
    ],
  });
  const { state } = widgetComparison(card('a'), card('b'));
  assert.equal(state.differences, 1);
  assert.match(JSON.stringify(state.details[0]), /"key":"label","change":"changed"/);
  assert.equal(widgetComparison(card('a'), card('a')).state.differences, 0);
});
