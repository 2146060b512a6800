import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { isSourceError, SourceError } from '../../../src/domain/errors.ts';
import type { ErrorKind } from '../../../src/domain/errors.ts';
import { createThreadStore } from '../../../src/domain/store/threadStore.ts';
import type { StoreEvent, ThreadStore } from '../../../src/domain/store/types.ts';
import { FakeServer, ids, message, messages, thread } from './fakeServer.ts';

const signal = new AbortController().signal;
let server: FakeServer;
let store: ThreadStore;
let events: string[];
let pageSize: number;

function open(cursors: 'itemId' | 'opaque' = 'itemId'): void {
  server = new FakeServer();
  server.cursors = cursors;
  pageSize = 3;
  store = createThreadStore(server, { pageSize: () => pageSize, now: () => 1000 });
  events = [];
  store.on((event) => events.push(printEvent(event)));
}

function printEvent(event: StoreEvent): string {
  if (event.type === 'list') return 'list';
  if (event.type !== 'items') return `${event.type} ${event.threadId}`;
  const { change } = event;
  if (change.type === 'added') return `added ${change.at} ${ids(change.items)}`;
  if (change.type === 'changed') return `changed ${ids(change.items)}`;
  return change.type === 'removed' ? `removed ${change.itemIds.join(' ')}` : change.type;
}

/** What happened since the last call. */
function takeEvents(): string[] {
  return events.splice(0);
}
function takeRequests(): string[] {
  return server.requests.splice(0);
}

function closeGate(): () => void {
  let openGate = (): void => undefined;
  server.gate = new Promise((resolve) => (openGate = resolve));
  return openGate;
}

async function kindOf(promise: Promise<unknown>): Promise<ErrorKind | 'none'> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return isSourceError(error) ? error.kind : assert.fail(String(error));
  }
}

const windows = (): string =>
  store
    .items('t1')
    .windows.map(({ items }) => ids(items))
    .join(' | ');

beforeEach(() => open());

describe('the list of threads', () => {
  // The server lists oldest first: a is the oldest, f the newest.
  beforeEach(() => (server.threads = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => thread(id))));

  test('nothing is asked for unasked', () => {
    assert.equal(store.list.asOf, null);
    assert.deepEqual(takeRequests(), []);
  });

  test('pages follow one another, one request each', async () => {
    await store.refreshList(signal);
    assert.equal(ids(store.list.threads), 'f e d');
    await store.loadMoreThreads(signal);
    assert.equal(ids(store.list.threads), 'f e d c b a');
    assert.equal(store.list.hasMore, false);
    await store.loadMoreThreads(signal);
    assert.deepEqual(takeRequests(), ['threads desc 3', 'threads desc 3 after=d']);
    assert.deepEqual(takeEvents(), ['list', 'list']);
    assert.equal(store.list.asOf, 1000);
  });

  test('a refresh puts new threads on top, keeps those beyond the page, and their objects', async () => {
    await store.refreshList(signal);
    await store.loadMoreThreads(signal);
    takeEvents();
    const kept = store.list.threads.at(-1);
    server.threads.push(thread('g'));
    await store.refreshList(signal);
    assert.equal(ids(store.list.threads), 'g f e d c b a');
    assert.equal(store.list.threads.at(-1), kept);
    assert.deepEqual(takeEvents(), ['list']);
  });

  test('a refresh that finds nothing new tells nothing', async () => {
    await store.refreshList(signal);
    takeEvents();
    await store.refreshList(signal);
    assert.deepEqual(takeEvents(), []);
  });

  test('a renamed thread is told by itself', async () => {
    await store.refreshList(signal);
    takeEvents();
    server.threads[4] = thread('e', { title: 'New name' });
    await store.refreshList(signal);
    assert.deepEqual(takeEvents(), ['thread e']);
    assert.equal(store.thread('e')?.title, 'New name');
  });

  test('a thread that vanished within the page goes; when the page does not meet the list, only the page is kept', async () => {
    await store.refreshList(signal);
    await store.loadMoreThreads(signal);
    server.threads.splice(4, 1);
    await store.refreshList(signal);
    assert.equal(ids(store.list.threads), 'f d c b a');
    server.threads.push(...['g', 'h', 'i'].map((id) => thread(id)));
    await store.refreshList(signal);
    assert.equal(ids(store.list.threads), 'i h g');
    assert.equal(store.list.hasMore, true);
    assert.equal(store.thread('a'), undefined);
  });

  test('"all" asks for as many as are loaded', async () => {
    await store.refreshList(signal);
    await store.loadMoreThreads(signal);
    takeRequests();
    await store.refreshList(signal, 'all');
    assert.deepEqual(takeRequests(), ['threads desc 6']);
  });

  test('equal requests under way are one', async () => {
    await Promise.all([store.refreshList(signal), store.refreshList(signal), store.refreshList(signal)]);
    assert.deepEqual(takeRequests(), ['threads desc 3']);
  });

  test('one who leaves does not take the request from the others; when all have left it is given up', async () => {
    const [one, two] = [new AbortController(), new AbortController()];
    const openGate = closeGate();
    const left = kindOf(store.refreshList(one.signal));
    const stayed = store.refreshList(two.signal);
    one.abort();
    assert.equal(await left, 'cancelled');
    openGate();
    await stayed;
    assert.equal(ids(store.list.threads), 'f e d');

    const late = closeGate();
    const both = [kindOf(store.loadMoreThreads(one.signal)), kindOf(store.loadMoreThreads(two.signal))];
    two.abort();
    assert.deepEqual(await Promise.all(both), ['cancelled', 'cancelled']);
    late();
    await server.gate;
    assert.equal(ids(store.list.threads), 'f e d', 'the late answer is dropped');
    assert.equal(store.list.error, null, 'giving up is no error');
  });

  test('an answer for the query before is dropped', async () => {
    server.threads[0] = thread('a', { user: 'user_2' });
    const openGate = closeGate();
    const old = kindOf(store.refreshList(signal));
    store.setQuery({ user: 'user_2' });
    const fresh = store.refreshList(signal);
    openGate();
    assert.equal(await old, 'cancelled');
    await fresh;
    assert.equal(ids(store.list.threads), 'a');
    assert.deepEqual(takeRequests(), ['threads desc 3', 'threads desc 3 user=user_2']);
  });

  test('another order replaces the list', async () => {
    await store.refreshList(signal);
    store.setQuery({ order: 'asc' });
    assert.equal(store.list.asOf, null);
    await store.refreshList(signal);
    assert.equal(ids(store.list.threads), 'a b c');
  });

  test('setting the query that is set already does nothing', async () => {
    await store.refreshList(signal);
    takeEvents();
    store.setQuery({ order: 'desc', user: null });
    assert.equal(store.list.asOf, 1000);
    assert.deepEqual(takeEvents(), []);
  });

  test('an error is kept beside the threads, and goes with the next answer', async () => {
    await store.refreshList(signal);
    takeEvents();
    server.failWith = new SourceError('network', 'No way.');
    assert.equal(await kindOf(store.refreshList(signal)), 'network');
    assert.equal(store.list.error?.kind, 'network');
    assert.equal(ids(store.list.threads), 'f e d');
    server.failWith = null;
    await store.refreshList(signal);
    assert.equal(store.list.error, null);
    assert.deepEqual(takeEvents(), ['list', 'list']);
  });

  test('a server that gives the same page again is not asked for ever', async () => {
    await store.refreshList(signal);
    server.listThreads = async () => ({ data: server.threads.slice(3).toReversed(), hasMore: true, next: 'd' });
    await store.loadMoreThreads(signal);
    assert.equal(store.list.hasMore, false);
    assert.equal(store.list.stopped, true);
    assert.equal(ids(store.list.threads), 'f e d');
  });

  test('a thread listed twice is one', async () => {
    server.listThreads = async () => ({ data: ['f', 'e', 'f'].map((id) => thread(id)), hasMore: false, next: null });
    await store.refreshList(signal);
    assert.equal(ids(store.list.threads), 'f e');
  });
});

describe('deletion', () => {
  beforeEach(async () => {
    server.threads = ['a', 'b', 'c'].map((id) => thread(id));
    await store.refreshList(signal);
    takeEvents();
  });

  test('the thread goes from the list, and its items', async () => {
    server.items = messages(1, 2);
    await store.loadLatest('b', signal);
    takeEvents();
    assert.equal(await store.deleteThread('b', signal), 'deleted');
    assert.equal(ids(store.list.threads), 'c a');
    assert.equal(store.items('b').count, 0);
    assert.deepEqual(takeEvents(), ['deleted b']);
  });

  test('one that is gone already counts as gone', async () => {
    server.threads.splice(1, 1);
    assert.equal(await store.deleteThread('b', signal), 'alreadyGone');
    assert.equal(ids(store.list.threads), 'c a');
  });

  test('an error leaves it where it is', async () => {
    server.failWith = new SourceError('server', 'Sorry.');
    assert.equal(await kindOf(store.deleteThread('b', signal)), 'server');
    assert.equal(ids(store.list.threads), 'c b a');
    assert.deepEqual(takeEvents(), []);
  });

  test('an answer that was under way does not bring it back', async () => {
    const answer = server.threads.toReversed();
    await store.deleteThread('b', signal);
    server.listThreads = async () => ({ data: answer, hasMore: false, next: null });
    await store.refreshList(signal);
    assert.equal(ids(store.list.threads), 'c a');
  });

  test('a thread that the server no longer knows goes when it is asked for by itself', async () => {
    server.threads.splice(1, 1);
    assert.equal(await kindOf(store.refreshThread('b', signal)), 'notFound');
    assert.equal(ids(store.list.threads), 'c a');
    assert.deepEqual(takeEvents(), ['deleted b']);
    assert.equal(await kindOf(store.refreshThread('unknown', signal)), 'notFound');
    assert.deepEqual(takeEvents(), []);
  });
});

for (const cursors of ['itemId', 'opaque'] as const) {
  describe(`items of a thread, cursors: ${cursors}`, () => {
    beforeEach(() => {
      open(cursors);
      server.items = messages(1, 8);
    });
    const after = (id: string): string => (cursors === 'opaque' ? `after=after:${id}` : `after=${id}`);

    test('the newest page first, once; then older ones up to the start', async () => {
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

    test('the start is a window of its own, and the gap can be closed from both sides', async () => {
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

    test('all of them', async () => {
      server.items = messages(1, 230);
      const counts: number[] = [];
      await store.loadStart('t1', signal);
      await store.loadAll('t1', signal, (count) => counts.push(count));
      assert.equal(store.items('t1').count, 230);
      assert.equal(store.items('t1').windows.length, 1);
      assert.deepEqual(counts, [6, 106, 206, 230]);
      assert.equal(takeRequests().length, 5);
    });

    test('what came is found by a poll whose cost does not grow with the thread', async () => {
      await store.loadAll('t1', signal);
      takeRequests();
      takeEvents();
      await store.pollNewer('t1', 0, signal);
      assert.deepEqual(takeRequests(), [cursors === 'itemId' ? 'items t1 asc 3 after=i8' : 'items t1 desc 20']);
      assert.deepEqual(takeEvents(), []);
      server.items.push(message('i9'));
      await store.pollNewer('t1', 0, signal);
      assert.deepEqual(takeEvents(), ['added end i9']);
    });

    test('a poll leaves no gap, however much came', async () => {
      await store.loadLatest('t1', signal);
      server.items.push(...messages(9, 45));
      await store.pollNewer('t1', 0, signal);
      if (cursors === 'itemId') assert.equal(windows().endsWith('i38'), true, 'one poll follows ten pages');
      await store.pollNewer('t1', 0, signal);
      assert.equal(windows(), ids(messages(6, 45)));
    });

    test('a poll with a recheck notices what changed', async () => {
      await store.loadAll('t1', signal);
      takeEvents();
      server.items[6] = message('i7', 'completed');
      await store.pollNewer('t1', 2, signal);
      assert.deepEqual(takeEvents(), ['changed i7']);
    });

    test('a cursor that repeats ends the loading', async () => {
      await store.loadLatest('t1', signal);
      const page = { data: messages(6, 8).toReversed(), hasMore: true, next: after('i6').slice('after='.length) };
      server.listItems = async () => page;
      await store.loadAll('t1', signal);
      assert.equal(windows(), 'i6 i7 i8');
      assert.equal(store.items('t1').stopped, 'older');
    });

    test('empty pages are passed over', async () => {
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

    test('an empty thread is known to be empty', async () => {
      server.items = [];
      await store.loadLatest('t1', signal);
      await store.loadLatest('t1', signal);
      assert.deepEqual(takeRequests(), ['items t1 desc 3']);
      const { reachesStart, reachesEnd, count, asOf } = store.items('t1');
      assert.deepEqual([reachesStart, reachesEnd, count, asOf], [true, true, 0, 1000]);
    });
  });
}

describe('items: what servers do', () => {
  test('an item at the edge that vanished: its neighbour serves as cursor', async () => {
    server.items = messages(1, 8);
    await store.loadLatest('t1', signal);
    server.items = server.items.filter(({ id }) => id !== 'i6');
    takeEvents();
    await store.loadOlder('t1', signal);
    assert.equal(windows(), 'i3 i4 i5 i7 i8');
    assert.deepEqual(takeEvents(), ['removed i6', 'added start i3 i4 i5']);
  });

  test('one id for several items: each is kept, and the ids are told', async () => {
    server.items = [1, 2, 3, 4].map((n) => message('__fake_id__', `text ${n}`, n * 1000));
    pageSize = 10;
    await store.loadLatest('t1', signal);
    assert.equal(windows(), '__fake_id__ __fake_id__#2000 __fake_id__#3000 __fake_id__#4000');
    assert.deepEqual(store.items('t1').duplicateIds, ['__fake_id__']);
    takeEvents();
    await store.refreshItems('t1', signal);
    assert.deepEqual(takeEvents(), [], 'read again they are the same');
  });

  test('one id on two pages: other time, other item; same time, the same item', async () => {
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

  test('a newest page from before a poll does not take away what the poll brought', async () => {
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

  test('a deleted thread stays empty, whatever was under way', async () => {
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

  test('streamed items take their place, or join the end', async () => {
    server.items = messages(1, 3);
    await store.loadLatest('t1', signal);
    takeEvents();
    store.putItem('t1', message('i2', 'more'));
    store.putItem('t1', message('i4'));
    store.removeItem('t1', 'i1');
    assert.equal(windows(), 'i2 i3 i4');
    assert.deepEqual(takeEvents(), ['changed i2', 'added end i4', 'removed i1']);
  });
});

describe('the first words of the user', () => {
  test('come from the first items alone, once, and are told', async () => {
    server.items = messages(1, 9);
    await store.loadFirstUserText('t1', signal);
    await store.loadFirstUserText('t1', signal);
    assert.equal(store.firstUserText('t1'), 'text of i1');
    assert.deepEqual(takeRequests(), ['items t1 asc 5']);
    assert.deepEqual(takeEvents(), ['thread t1']);
    assert.equal(store.items('t1').asOf, null, 'no window is opened for them');
  });

  test('are known without a request once the start is loaded', async () => {
    server.items = messages(1, 3);
    await store.loadLatest('t1', signal);
    takeRequests();
    await store.loadFirstUserText('t1', signal);
    assert.equal(store.firstUserText('t1'), 'text of i1');
    assert.deepEqual(takeRequests(), []);
  });

  test('are null when nobody said anything, until somebody does', async () => {
    await store.loadLatest('t1', signal);
    assert.equal(store.firstUserText('t1'), null);
    server.items = [message('i1', 'hello')];
    await store.refreshItems('t1', signal);
    assert.equal(store.firstUserText('t1'), 'hello');
  });
});

test('dispose gives up what is under way', async () => {
  const openGate = closeGate();
  const underway = [kindOf(store.refreshList(signal)), kindOf(store.loadLatest('t1', signal))];
  store.dispose();
  assert.deepEqual(await Promise.all(underway), ['cancelled', 'cancelled']);
  openGate();
});
