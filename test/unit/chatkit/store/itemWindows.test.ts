import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nothingLoaded, mergePage, removeItems } from '../../../../src/chatkit/common/store/itemWindows.ts';
import type { ItemWindows, PageTarget, ItemPage } from '../../../../src/chatkit/common/store/itemWindows.ts';
import type { ItemsChange } from '../../../../src/chatkit/common/store/types.ts';
import { ids, message } from './fakeServer.ts';

/**
 * `[a b] c d]`: windows are apart by ` | `; a leading `[` and a trailing `]` mark the start and the end of the thread.
 */
function parse(text: string): ItemWindows {
  const inner = text.replace(/^\[/, '').replace(/\]$/, '');
  const windows = inner === '' ? [] : inner.split(' | ');
  return {
    windows: windows.map((window) => ({ items: window.split(' ').map((id) => message(id)), older: null, newer: null })),
    reachesStart: text.startsWith('['),
    reachesEnd: text.endsWith(']'),
  };
}

function print({ windows, reachesStart, reachesEnd }: ItemWindows): string {
  return `${reachesStart ? '[' : ''}${windows.map(({ items }) => ids(items)).join(' | ')}${reachesEnd ? ']' : ''}`;
}

function printChange(change: ItemsChange): string {
  if (change.type === 'added') return `added ${change.window} ${change.at}: ${ids(change.items)}`;
  if (change.type === 'changed') return `changed ${ids(change.items)}`;
  if (change.type === 'removed') return `removed ${change.itemIds.join(' ')}`;
  return change.type;
}

function run(text: string): ItemPage {
  const { windows, reachesStart, reachesEnd } = parse(text);
  return { items: windows[0]?.items ?? [], older: 'o', newer: 'n', isStart: reachesStart, isEnd: reachesEnd };
}

function knownIn(state: ItemWindows): (id: string) => boolean {
  const all = new Set(state.windows.flatMap(({ items }) => items.map(({ id }) => id)));
  return (id) => all.has(id);
}

const before = (window: number): PageTarget => ({ at: 'before', window });
const after = (window: number): PageTarget => ({ at: 'after', window });
const end: PageTarget = { at: 'end' };
const start: PageTarget = { at: 'start' };

describe('a page is merged into the windows', () => {
  const cases: [name: string, state: string, run: string, where: PageTarget, result: string, changes: string][] = [
    ['first newest page', '', 'd e]', end, 'd e]', 'reset'],
    ['first newest page is the whole thread', '', '[a b]', end, '[a b]', 'reset'],
    ['an empty thread', '', '[]', end, '[]', 'bounds'],
    ['newest page again, nothing new', 'd e]', 'd e]', end, 'd e]', ''],
    ['newest page again, with one new item', 'd e]', 'e f]', end, 'd e f]', 'added 0 end: f'],
    ['newest page again, it shows older ones too', 'd e]', 'c d e]', end, 'c d e]', 'added 0 start: c'],
    ['newest page with both', 'd e]', 'c d e f]', end, 'c d e f]', 'added 0 start: c; added 0 end: f'],
    ['newest page does not meet: a gap opens', 'a b]', 'e f]', end, 'a b | e f]', 'reset'],
    ['newest page: the last one vanished', 'c d e]', 'c d]', end, 'c d]', 'removed e'],
    ['newest page: one in the middle vanished', 'c d e]', 'c e]', end, 'c e]', 'removed d'],
    ['newest page: one was put between', 'c e]', 'c d e]', end, 'c d e]', 'reset'],
    ['newest page in another order', 'c d e]', 'd c e]', end, 'd c e]', 'reset'],
    ['newest page closes the gap before it', 'a b | e f]', 'b c d e f]', end, 'a b c d e f]', 'reset'],
    ['newest page is all there is', 'a b | e f]', '[x y]', end, '[x y]', 'reset'],
    ['older page', 'd e]', 'b c', before(0), 'b c d e]', 'added 0 start: b c'],
    ['older page reaches the start', 'd e]', '[b c', before(0), '[b c d e]', 'added 0 start: b c'],
    ['older page is empty: this is the start', 'd e]', '[', before(0), '[d e]', 'bounds'],
    ['older page beside a gap', '[a | e f]', 'c d', before(1), '[a | c d e f]', 'added 1 start: c d'],
    ['older page closes a gap', '[a b | e f]', 'b c d', before(1), '[a b c d e f]', 'reset'],
    ['older page meets exactly', '[a b | d e]', 'b c', before(1), '[a b c d e]', 'reset'],
    ['older page covers two windows', '[a | c | e f]', '[a b c d', before(2), '[a b c d e f]', 'reset'],
    ['older page reports more items before the start', '[a | c]', 'a b', before(1), 'a b c]', 'reset'],
    ['older page that repeats what is known', 'd e]', 'd e', before(0), 'd e]', ''],
    ['older page with its cursor in it', 'd e]', 'c d', before(0), 'c d e]', 'added 0 start: c'],
    ['older page: the window before has lost its end', '[a b c | e]', 'b d', before(1), '[a b d e]', 'reset'],
    ['older page: nothing is before it any more', '[a b | e]', '[d', before(1), '[d e]', 'reset'],
    ['newer page', '[a b | e]', 'c', after(0), '[a b c | e]', 'added 0 end: c'],
    ['newer page closes the gap', '[a b | e]', 'c d e]', after(0), '[a b c d e]', 'reset'],
    ['newer page reports more items after the end', '[a b | e]', 'c d e', after(0), '[a b c d e', 'reset'],
    ['newer page reaches the end', '[a b', 'c]', after(0), '[a b c]', 'added 0 end: c'],
    ['newer page is empty', '[a b]', ']', after(0), '[a b]', ''],
    ['newer page is empty and the end was not known', '[a b', ']', after(0), '[a b]', 'bounds'],
    ['first page opens a window', 'e f]', '[a b', start, '[a b | e f]', 'reset'],
    ['first page meets', 'b e f]', '[a b', start, '[a b e f]', 'added 0 start: a'],
    ['first page is the whole thread', 'e]', '[d e]', start, '[d e]', 'added 0 start: d'],
  ];
  for (const [name, before, page, where, expected, changes] of cases) {
    test(name, () => {
      const state = parse(before);
      const placed = mergePage(state, run(page), where, knownIn(state));
      assert.equal(print(placed.state), expected);
      assert.equal(placed.changes.map(printChange).join('; '), changes);
      const left = knownIn(placed.state);
      for (const { id } of state.windows.flatMap(({ items }) => items)) {
        assert.equal(
          !left(id),
          placed.vanished.some((item) => item.id === id),
          `${id} is reported as vanished`,
        );
      }
      assert.equal(placed.added, placed.items.filter(({ id }) => !knownIn(state)(id)).length);
    });
  }

  test('an unchanged item keeps its object; a changed item is reported and replaced at its position', () => {
    const state = parse('a b c]');
    const page = { ...run('b c]'), items: [message('b'), message('c', 'changed')] };
    const placed = mergePage(state, page, end, knownIn(state));
    assert.equal(placed.state.windows[0]?.items[1], state.windows[0]?.items[1]);
    assert.deepEqual(placed.changes, [{ type: 'changed', items: [page.items[1]] }]);
    assert.equal(placed.state.windows[0]?.items[2], page.items[1]);
  });

  test('cursors are taken from the end of the window', () => {
    const state = { ...nothingLoaded, windows: [{ items: [message('b')], older: 'old', newer: 'new' }] };
    const older = mergePage(state, run('a'), before(0), knownIn(state)).state.windows[0];
    assert.deepEqual([older?.older, older?.newer], ['o', 'new']);
    const newer = mergePage(state, run('c'), after(0), knownIn(state)).state.windows[0];
    assert.deepEqual([newer?.older, newer?.newer], ['old', 'n']);
  });
});

test('items are removed; an empty window is removed as well', () => {
  const state = parse('[a b | c]');
  assert.deepEqual(
    [new Set(['b']), new Set(['c']), new Set(['x'])].map((gone) => {
      const { state: next, changes } = removeItems(state, gone);
      return `${print(next)} ${changes.map(printChange).join('; ')}`;
    }),
    ['[a | c] removed b', '[a b] reset', '[a b | c] '],
  );
});
