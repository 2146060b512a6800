import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { isSourceError, SourceError } from '../../../../src/chatkit/common/errors.ts';
import { ids, message, messages, thread } from './fakeServer.ts';
import {
  closeGate,
  kindOf,
  open,
  settings,
  server,
  signal,
  store,
  takeEvents,
  takeRequests,
  windows,
} from './stage.ts';

beforeEach(() => open());

for (const cursors of ['itemId', 'opaque'] as const) {
  describe(`items of a thread, cursors: ${cursors}`, () => {
    beforeEach(() => {
      open(cursors);
      server.items = messages(1, 8);
    });
    const after = (id: string): string => (cursors === 'opaque' ? `after=after:${id}` : `after=${id}`);

    test('loads the newest page once, and then older pages up to the start', async () => {
      await store.loadLatest('t1', signal);
      await store.loadLatest('t1', signal);
      assert.equal(windows(), 'i6 i7 i8');
      assert.equal(store.items('t1').reachesEnd, true);
      await store.loadOlder('t1', signal);
      await store.loadOlder('t1', signal);
      assert.equal(windows(), 'i1 i2 i3 i4 i5 i6 i7 i8');
      assert.equal(store.items('t1').reachesStart, true);
      assert.deepEqual(takeRequests(), [
        'items t1 desc 3',
        `items t1 desc 3 ${after('i6')}`,
        `items t1 desc 3 ${after('i3')}`,
      ]);
      assert.deepEqual(takeEvents(), ['reset', 'added start i3 i4 i5', 'thread t1', 'added start i1 i2']);
    });

    test('the start is a separate window, and the gap can be closed from both sides', async () => {
      server.items = messages(1, 12);
      await store.loadLatest('t1', signal);
      await store.loadStart('t1', signal);
      await store.loadStart('t1', signal);
      assert.equal(windows(), 'i1 i2 i3 | i10 i11 i12');
      await store.loadNewer('t1', signal, 0);
      assert.equal(windows(), 'i1 i2 i3 i4 i5 i6 | i10 i11 i12');
      await store.loadOlder('t1', signal, 1);
      assert.equal(windows(), 'i1 i2 i3 i4 i5 i6 | i7 i8 i9 i10 i11 i12');
      await store.loadOlder('t1', signal);
      assert.equal(windows(), 'i1 i2 i3 i4 i5 i6 i7 i8 i9 i10 i11 i12');
      assert.equal(takeRequests().length, 5);
    });

    test('loads all items', async () => {
      server.items = messages(1, 230);
      const counts: number[] = [];
      await store.loadStart('t1', signal);
      await store.loadAll('t1', signal, (count) => counts.push(count));
      assert.equal(store.items('t1').count, 230);
      assert.equal(store.items('t1').windows.length, 1);
      assert.deepEqual(counts, [6, 106, 206, 230]);
      assert.equal(takeRequests().length, 5);
    });

    test('loads a long thread with one request per page, but places several pages at once', async () => {
      server.items = messages(1, 12_000);
      await store.loadLatest('t1', signal);
      takeEvents();
      takeRequests();
      await store.loadAll('t1', signal);
      assert.equal(store.items('t1').count, 12_000);
      assert.equal(store.items('t1').reachesStart, true);
      assert.ok(takeRequests().length >= 120);
      const placed = takeEvents().length;
      assert.ok(placed < 50, `${placed} changes`);
      assert.equal(windows().split(' ').length, 12_000);
    });

    test('a failure in a batch keeps the pages before it, and the next load continues there', async () => {
      server.items = messages(1, 6_000);
      await store.loadLatest('t1', signal);
      const unsubscribe = store.on(() => {
        if (store.items('t1').count > 4_000) server.failWith = new SourceError('server', 'Broken.');
      });
      await assert.rejects(store.loadAll('t1', signal), (error) => isSourceError(error, 'server'));
      unsubscribe();
      const { count } = store.items('t1');
      assert.ok(count > 4_000 && count < 6_000, `${count} items`);
      server.failWith = null;
      await store.loadAll('t1', signal);
      assert.equal(store.items('t1').count, 6_000);
      assert.equal(store.items('t1').windows.length, 1);
    });

    test('a poll finds new items, and its cost does not depend on the length of the thread', async () => {
      await store.loadAll('t1', signal);
      takeRequests();
      takeEvents();
      await store.pollNewer('t1', 0, signal);
      assert.deepEqual(takeRequests(), [cursors === 'itemId' ? 'items t1 asc 3 after=i8' : 'items t1 desc 20']);
      // Only the time of the last request changed.
      assert.deepEqual(takeEvents(), ['asOf']);
      server.items.push(message('i9'));
      await store.pollNewer('t1', 0, signal);
      assert.deepEqual(takeEvents(), ['added end i9']);
    });

    test('a poll leaves no gap after any number of new items', async () => {
      await store.loadLatest('t1', signal);
      server.items.push(...messages(9, 45));
      await store.pollNewer('t1', 0, signal);
      if (cursors === 'itemId') assert.equal(windows().endsWith('i38'), true, 'one poll follows ten pages');
      await store.pollNewer('t1', 0, signal);
      assert.equal(windows(), ids(messages(6, 45)));
    });

    test('a poll with a recheck finds changed items', async () => {
      await store.loadAll('t1', signal);
      takeEvents();
      server.items[6] = message('i7', 'completed');
      await store.pollNewer('t1', 2, signal);
      assert.deepEqual(takeEvents().slice(-1), ['changed i7']);
    });

    test('a repeated cursor ends the loading', async () => {
      await store.loadLatest('t1', signal);
      const page = { data: messages(6, 8).toReversed(), hasMore: true, next: after('i6').slice('after='.length) };
      server.listItems = async () => page;
      await store.loadAll('t1', signal);
      assert.equal(windows(), 'i6 i7 i8');
      assert.equal(store.items('t1').stopped, 'older');
    });

    test('empty pages are skipped', async () => {
      let asked = 0;
      server.listItems = async () => {
        asked += 1;
        return asked < 3
          ? { data: [], hasMore: true, next: `c${asked}` }
          : { data: [message('x')], hasMore: false, next: null };
      };
      await store.loadLatest('t1', signal);
      assert.equal(windows(), 'x');
      assert.equal(asked, 3);
    });

    test('an empty thread is loaded completely', async () => {
      server.items = [];
      await store.loadLatest('t1', signal);
      await store.loadLatest('t1', signal);
      assert.deepEqual(takeRequests(), ['items t1 desc 3']);
      const { reachesStart, reachesEnd, count, asOf } = store.items('t1');
      assert.deepEqual([reachesStart, reachesEnd, count, asOf], [true, true, 0, 1000]);
    });
  });
}

describe('items of unusual servers', () => {
  test('the neighbour of a deleted item at the edge is the next cursor', async () => {
    server.items = messages(1, 8);
    await store.loadLatest('t1', signal);
    server.items = server.items.filter(({ id }) => id !== 'i6');
    takeEvents();
    await store.loadOlder('t1', signal);
    assert.equal(windows(), 'i3 i4 i5 i7 i8');
    assert.deepEqual(takeEvents(), ['removed i6', 'added start i3 i4 i5']);
  });

  test('all items that share an id remain, and the id is reported as a duplicate', async () => {
    server.items = [1, 2, 3, 4].map((n) => message('__fake_id__', `text ${n}`, n * 1000));
    settings.pageSize = 10;
    await store.loadLatest('t1', signal);
    assert.equal(windows(), '__fake_id__ __fake_id__#2000 __fake_id__#3000 __fake_id__#4000');
    assert.deepEqual(store.items('t1').duplicateIds, ['__fake_id__']);
    takeEvents();
    await store.refreshItems('t1', signal);
    assert.deepEqual(takeEvents(), ['asOf'], 'read again they are the same');
  });

  test('items with the same id on two pages are the same item only if their times are equal', async () => {
    server.items = [message('x', 'first', 1000), message('a'), message('b'), message('x', 'last', 2000)];
    await store.loadLatest('t1', signal);
    server.listItems = async () => ({ data: [message('a'), message('x', 'first', 1000)], hasMore: false, next: null });
    await store.loadOlder('t1', signal);
    assert.equal(windows(), 'x#1000 a b x');
  });

  test('a changed time alone does not make another item', async () => {
    server.items = [message('x', 'text', 1000)];
    await store.loadLatest('t1', signal);
    server.items = [message('x', 'text', 2000)];
    await store.refreshItems('t1', signal);
    assert.equal(windows(), 'x');
    assert.deepEqual(store.items('t1').duplicateIds, []);
  });

  test('a newest page that was requested before a poll does not remove the items of the poll', async () => {
    server.items = messages(1, 3);
    await store.loadLatest('t1', signal);
    const page = server.items.toReversed();
    const list = server.listItems.bind(server);
    const openGate = closeGate();
    server.listItems = async () => {
      await server.gate;
      return { data: page, hasMore: false, next: null };
    };
    const refresh = store.refreshItems('t1', signal);
    server.listItems = list;
    const gate = server.gate;
    server.gate = Promise.resolve();
    server.items.push(message('i4'));
    await store.pollNewer('t1', 0, signal);
    openGate();
    await gate;
    await refresh;
    assert.equal(windows(), 'i1 i2 i3 i4');
  });

  test('a deleted thread stays empty after pending requests complete', async () => {
    server.threads = [thread('t1')];
    server.items = messages(1, 3);
    const openGate = closeGate();
    const late = kindOf(store.loadLatest('t1', signal));
    server.gate = Promise.resolve();
    await store.deleteThread('t1', signal);
    openGate();
    assert.equal(await late, 'cancelled');
    assert.equal(store.items('t1').count, 0);
  });

  test('streamed items replace loaded ones or are added at the end', async () => {
    server.items = messages(1, 3);
    await store.loadLatest('t1', signal);
    takeEvents();
    store.putItem('t1', message('i2', 'more'));
    store.putItem('t1', message('i4'));
    store.removeItems('t1', ['i1']);
    assert.equal(windows(), 'i2 i3 i4');
    assert.deepEqual(takeEvents(), ['changed i2', 'added end i4', 'removed i1']);
  });
});
