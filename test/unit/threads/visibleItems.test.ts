import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import type { ThreadItems } from '../../../src/chatkit/common/store/types.ts';
import { VisibleItems } from '../../../src/threads/vscode/model/visibleItems.ts';
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

const print = (shown: VisibleItems, items: ThreadItems): string => {
  const { items: rows, before, hasMore } = shown.of('t', items);
  return `${hasMore ? '… ' : ''}${before === null ? '' : `(${before.id}) `}${ids(rows)}`;
};

test('a page of the newest, however many are loaded; each Load More a page more', () => {
  const shown = new VisibleItems(() => 2);
  const items = loaded([messages(1, 5)], true);
  assert.equal(print(shown, items), '… (i3) i4 i5');
  assert.equal(shown.hasMoreLoaded('t', items), true);
  shown.more('t', items);
  assert.equal(print(shown, items), '… (i1) i2 i3 i4 i5');
  shown.more('t', items);
  assert.equal(print(shown, items), 'i1 i2 i3 i4 i5');
  assert.equal(shown.hasMoreLoaded('t', items), false);
});

test('what is shown does not move when items join the end, nor when older ones are loaded', () => {
  const shown = new VisibleItems(() => 2);
  assert.equal(print(shown, loaded([messages(4, 5)], false)), '… i4 i5');
  assert.equal(print(shown, loaded([messages(4, 7)], false)), '… i4 i5 i6 i7');
  assert.equal(print(shown, loaded([messages(1, 7)], true)), '… (i3) i4 i5 i6 i7');
});

test('the start of the thread, loaded apart, is more', () => {
  const shown = new VisibleItems(() => 2);
  assert.equal(print(shown, loaded([messages(1, 2), messages(8, 9)], true)), '… i8 i9');
});

test('when the oldest shown has vanished, a page is shown', () => {
  const shown = new VisibleItems(() => 2);
  shown.of('t', loaded([messages(1, 2)], true));
  assert.equal(print(shown, loaded([messages(2, 5)], true)), '… (i3) i4 i5');
});

test('nothing loaded, an empty thread, a thread that was forgotten', () => {
  const shown = new VisibleItems(() => 2);
  assert.equal(print(shown, loaded([], false)), '');
  assert.equal(shown.isShowing('t'), false);
  shown.of('t', loaded([messages(1, 2)], true));
  assert.equal(shown.isShowing('t'), true);
  shown.forget('t');
  assert.equal(shown.isShowing('t'), false);
});
