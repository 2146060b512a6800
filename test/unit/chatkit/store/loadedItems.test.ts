import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ThreadItem } from '../../../../src/chatkit/common/model/item.ts';
import { LoadedItems } from '../../../../src/chatkit/common/store/loadedItems.ts';
import { ids, message } from './fakeServer.ts';

const page = (items: readonly ThreadItem[], isEnd: boolean) => ({
  items,
  older: 'older',
  newer: 'newer',
  isStart: false,
  isEnd,
});

function withTwoWindows(): LoadedItems {
  const loaded = new LoadedItems();
  loaded.mergePage(page([message('c')], true), { at: 'end' });
  loaded.mergePage(page([message('a'), message('b')], false), { at: 'start' });
  return loaded;
}

const print = (loaded: LoadedItems): string => loaded.view.windows.map(({ items }) => ids(items)).join(' | ');

describe('an item that arrived by a stream', () => {
  test('replaces a loaded item at its position', () => {
    const loaded = withTwoWindows();
    const changed = message('b', 'new');
    assert.deepEqual(loaded.put(changed), [{ type: 'changed', items: [changed] }]);
    assert.equal(print(loaded), 'a b | c');
    assert.equal(loaded.item('b'), changed);
    assert.equal(loaded.view.windows[0]?.items[1], changed);
  });

  test('changes nothing when it equals the loaded item', () => {
    const loaded = withTwoWindows();
    const { view } = loaded;
    assert.deepEqual(loaded.put(message('b')), []);
    assert.equal(loaded.view, view);
  });

  test('is added at the newest end, which then has no cursor', () => {
    const loaded = withTwoWindows();
    const added = message('d');
    assert.deepEqual(loaded.put(added), [{ type: 'added', window: 1, at: 'end', items: [added] }]);
    assert.equal(print(loaded), 'a b | c d');
    assert.equal(loaded.view.windows[1]?.newer, null);
  });

  test('opens a separate window when the newest end is not loaded', () => {
    const loaded = new LoadedItems();
    loaded.mergePage(page([message('a')], false), { at: 'start' });
    assert.deepEqual(loaded.put(message('x')), [{ type: 'reset' }]);
    assert.equal(print(loaded), 'a | x');
  });
});

test('a view never changes, and the next one has every change', () => {
  const step = fc.tuple(fc.constantFrom('put', 'change', 'remove', 'read'), fc.nat(7));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const loaded = new LoadedItems();
      loaded.markComplete(0);
      const expected = new Map<string, string>();
      const views: { readonly view: LoadedItems['view']; readonly text: string }[] = [];
      const text = (view: LoadedItems['view']): string => JSON.stringify(view.windows);
      for (const [index, [action, number]] of steps.entries()) {
        const id = `i${number}`;
        if (action === 'put' || (action === 'change' && expected.has(id))) {
          loaded.put(message(id, `text ${index}`));
          expected.set(id, JSON.stringify(message(id, `text ${index}`)));
        }
        if (action === 'remove') {
          loaded.remove([id]);
          expected.delete(id);
        }
        if (action === 'read') views.push({ view: loaded.view, text: text(loaded.view) });
      }
      for (const { view, text: before } of views) assert.equal(text(view), before);
      const items = loaded.view.windows.flatMap((window) => window.items);
      assert.deepEqual(
        items.map((item) => JSON.stringify(item)),
        [...expected.values()],
      );
      assert.equal(loaded.view.count, expected.size);
    }),
    { seed: 3, numRuns: 300 },
  );
});
