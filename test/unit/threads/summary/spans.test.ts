import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ItemKind } from '../../../../src/chatkit/common/model/item.ts';
import { spansOf } from '../../../../src/threads/common/summary/turns.ts';

const at = (kind: ItemKind, seconds: number | null) => ({ kind, createdAt: seconds === null ? null : seconds * 1000 });

describe('spansOf', () => {
  test('counts time for the following item, and time after a tool call for the call', () => {
    const items = [
      at('user_message', 0),
      at('task', 1),
      at('client_tool_call', 3),
      at('assistant_message', 10),
      at('task', 11),
      at('widget', 11),
    ];
    assert.deepEqual(spansOf(items, { start: 0, end: 6 }), [
      { kind: 'client_tool_call', ms: 9000 },
      { kind: 'task', ms: 2000 },
    ]);
  });

  test('counts only items of the turn', () => {
    const items = [at('task', 0), at('user_message', 50), at('assistant_message', 52), at('user_message', 99)];
    assert.deepEqual(spansOf(items, { start: 1, end: 3 }), [{ kind: 'assistant_message', ms: 2000 }]);
  });

  test('omits missing times', () => {
    assert.deepEqual(spansOf([at('user_message', 0), at('task', null), at('widget', 4)], { start: 0, end: 3 }), []);
  });

  test('returns nothing for zero items and one item', () => {
    assert.deepEqual(spansOf([], { start: 0, end: 0 }), []);
    assert.deepEqual(spansOf([at('user_message', 0)], { start: 0, end: 1 }), []);
  });
});
