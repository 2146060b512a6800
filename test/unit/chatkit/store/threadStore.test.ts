import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { SourceError } from '../../../../src/chatkit/common/errors.ts';
import { ids, message, messages, thread } from './fakeServer.ts';
import { closeGate, kindOf, open, server, signal, store, takeEvents, takeRequests } from './stage.ts';

beforeEach(() => open());

describe('the list of threads', () => {
  // The server lists oldest first: a is the oldest, f the newest.
  beforeEach(() => (server.threads = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => thread(id))));

  test('sends no request on creation', () => {
    assert.equal(store.list.asOf, null);
    assert.deepEqual(takeRequests(), []);
  });

  test('loads page after page with one request each', async () => {
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

  test('a refresh adds new threads at the top and keeps the objects of the other threads', async () => {
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

  test('a refresh without changes reports nothing', async () => {
    await store.refreshList(signal);
    takeEvents();
    await store.refreshList(signal);
    assert.deepEqual(takeEvents(), []);
  });

  test('a renamed thread is reported as a change of that thread', async () => {
    await store.refreshList(signal);
    takeEvents();
    server.threads[4] = thread('e', { title: 'New name' });
    await store.refreshList(signal);
    assert.deepEqual(takeEvents(), ['thread e']);
    assert.equal(store.thread('e')?.title, 'New name');
  });

  test('a refresh removes threads that are missing from the page, and keeps only the page if it does not overlap the list', async () => {
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

  test('equal concurrent requests are combined', async () => {
    await Promise.all([store.refreshList(signal), store.refreshList(signal), store.refreshList(signal)]);
    assert.deepEqual(takeRequests(), ['threads desc 3']);
  });

  test('a shared request is cancelled only after all callers have cancelled', async () => {
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

  test('an answer to the previous query is dropped', async () => {
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

  test('setting the current query again does nothing', async () => {
    await store.refreshList(signal);
    takeEvents();
    store.setQuery({ order: 'desc', user: null });
    assert.equal(store.list.asOf, 1000);
    assert.deepEqual(takeEvents(), []);
  });

  test('an error is stored with the threads until the next answer', async () => {
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

  test('loading ends if the server repeats a page', async () => {
    await store.refreshList(signal);
    server.listThreads = async () => ({ data: server.threads.slice(3).toReversed(), hasMore: true, next: 'd' });
    await store.loadMoreThreads(signal);
    assert.equal(store.list.hasMore, false);
    assert.equal(store.list.stopped, true);
    assert.equal(ids(store.list.threads), 'f e d');
  });

  test('a thread that is listed twice is shown once', async () => {
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

  test('the thread and its items are removed', async () => {
    server.items = messages(1, 2);
    await store.loadLatest('b', signal);
    takeEvents();
    assert.equal(await store.deleteThread('b', signal), 'deleted');
    assert.equal(ids(store.list.threads), 'c a');
    assert.equal(store.items('b').count, 0);
    assert.deepEqual(takeEvents(), ['deleted b']);
  });

  test('a thread that no longer exists counts as deleted', async () => {
    server.threads.splice(1, 1);
    assert.equal(await store.deleteThread('b', signal), 'alreadyGone');
    assert.equal(ids(store.list.threads), 'c a');
  });

  test('an error keeps the thread in the list', async () => {
    server.failWith = new SourceError('server', 'Sorry.');
    assert.equal(await kindOf(store.deleteThread('b', signal)), 'server');
    assert.equal(ids(store.list.threads), 'c b a');
    assert.deepEqual(takeEvents(), []);
  });

  test('a pending answer does not restore it', async () => {
    const data = server.threads.toReversed();
    let answer = () => {};
    const sent = new Promise<void>((resolve) => (answer = resolve));
    server.listThreads = async () => sent.then(() => ({ data, hasMore: false, next: null }));
    const refreshed = store.refreshList(signal);
    await store.deleteThread('b', signal);
    answer();
    await refreshed;
    assert.equal(ids(store.list.threads), 'c a');
  });

  test('a thread that the server still lists is shown again', async () => {
    const data = server.threads.toReversed();
    await store.deleteThread('b', signal);
    server.listThreads = async () => ({ data, hasMore: false, next: null });
    await store.refreshList(signal);
    assert.equal(ids(store.list.threads), 'c b a');
  });

  test('a refresh of a thread removes it if the server no longer has it', async () => {
    server.threads.splice(1, 1);
    assert.equal(await kindOf(store.refreshThread('b', signal)), 'notFound');
    assert.equal(ids(store.list.threads), 'c a');
    assert.deepEqual(takeEvents(), ['deleted b']);
    assert.equal(await kindOf(store.refreshThread('unknown', signal)), 'notFound');
    assert.deepEqual(takeEvents(), []);
  });
});

describe('the first text of the user', () => {
  test('is read from the first items only, once, and is reported', async () => {
    server.items = messages(1, 9);
    await store.loadFirstUserText('t1', signal);
    await store.loadFirstUserText('t1', signal);
    assert.equal(store.firstUserText('t1'), 'text of i1');
    assert.deepEqual(takeRequests(), ['items t1 asc 5']);
    assert.deepEqual(takeEvents(), ['thread t1']);
    assert.equal(store.items('t1').asOf, null, 'no window is opened for them');
  });

  test('needs no request once the start is loaded', async () => {
    server.items = messages(1, 3);
    await store.loadLatest('t1', signal);
    takeRequests();
    await store.loadFirstUserText('t1', signal);
    assert.equal(store.firstUserText('t1'), 'text of i1');
    assert.deepEqual(takeRequests(), []);
  });

  test('is null until the thread contains a user message', async () => {
    await store.loadLatest('t1', signal);
    assert.equal(store.firstUserText('t1'), null);
    server.items = [message('i1', 'hello')];
    await store.refreshItems('t1', signal);
    assert.equal(store.firstUserText('t1'), 'hello');
  });
});

test('dispose cancels pending requests', async () => {
  const openGate = closeGate();
  const underway = [kindOf(store.refreshList(signal)), kindOf(store.loadLatest('t1', signal))];
  store.dispose();
  assert.deepEqual(await Promise.all(underway), ['cancelled', 'cancelled']);
  openGate();
});
