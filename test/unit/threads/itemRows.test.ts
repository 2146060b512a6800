import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import type { ThreadItems } from '../../../src/chatkit/common/store/types.ts';
import { VisibleItems } from '../../../src/threads/vscode/model/itemRows.ts';
import { ids, messages } from '../chatkit/store/fakeServer.ts';

const loaded = (windows: ThreadItem[][], reachesStart: boolean): ThreadItems => ({
  windows: windows.map((items) => ({ items, older: null, newer: null })),
  reachesStart,
  reachesEnd: true,
  asOf: 0,
  count: windows.flat().length,
  duplicateIds: [],
  stopped: null,
});

const print = (visible: VisibleItems, items: ThreadItems): string => {
  const { items: rows, previous, hasMore } = visible.of('t', items);
  return `${hasMore ? '… ' : ''}${previous === null ? '' : `(${previous.id}) `}${ids(rows)}`;
};

test('shows the newest page of loaded items, and one more page for each Load More', () => {
  const visible = new VisibleItems(() => 2);
  const items = loaded([messages(1, 5)], true);
  assert.equal(print(visible, items), '… (i3) i4 i5');
  assert.equal(visible.hasMoreLoaded('t', items), true);
  visible.more('t', items);
  assert.equal(print(visible, items), '… (i1) i2 i3 i4 i5');
  visible.more('t', items);
  assert.equal(print(visible, items), 'i1 i2 i3 i4 i5');
  assert.equal(visible.hasMoreLoaded('t', items), false);
});

test('the first visible item does not change when newer or older items are added', () => {
  const visible = new VisibleItems(() => 2);
  assert.equal(print(visible, loaded([messages(4, 5)], false)), '… i4 i5');
  assert.equal(print(visible, loaded([messages(4, 7)], false)), '… i4 i5 i6 i7');
  assert.equal(print(visible, loaded([messages(1, 7)], true)), '… (i3) i4 i5 i6 i7');
});

test('a separately loaded start of the thread counts as more items', () => {
  const visible = new VisibleItems(() => 2);
  assert.equal(print(visible, loaded([messages(1, 2), messages(8, 9)], true)), '… i8 i9');
});

test('shows the newest page when the first visible item no longer exists', () => {
  const visible = new VisibleItems(() => 2);
  visible.of('t', loaded([messages(1, 2)], true));
  assert.equal(print(visible, loaded([messages(2, 5)], true)), '… (i3) i4 i5');
});

test('handles a thread that is not loaded, empty or forgotten', () => {
  const visible = new VisibleItems(() => 2);
  assert.equal(print(visible, loaded([], false)), '');
  assert.equal(visible.isShowing('t'), false);
  visible.of('t', loaded([messages(1, 2)], true));
  assert.equal(visible.isShowing('t'), true);
  visible.forget('t');
  assert.equal(visible.isShowing('t'), false);
});
