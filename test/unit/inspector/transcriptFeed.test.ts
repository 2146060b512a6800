import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import { createThreadStore } from '../../../src/chatkit/common/store/threadStore.ts';
import { readOnlyCapabilities, type ThreadSource } from '../../../src/chatkit/common/threadSource.ts';
import { TranscriptFeed } from '../../../src/inspector/vscode/transcriptFeed.ts';
import type { ItemsDelta } from '../../../src/inspector/common/protocol.ts';
import {
  applyDelta,
  emptyTranscript,
  fromLayout,
  type Transcript,
} from '../../../src/inspector/webview/state/transcript.ts';

const signal = new AbortController().signal;

function item(index: number, text = `text ${index}`): ThreadItem {
  const id = `i${String(index).padStart(6, '0')}`;
  const parts = [{ text, annotations: [] }];
  return { kind: 'assistant_message', id, threadId: 't', createdAt: index * 1000, raw: { id }, parts };
}

/** A thread in memory with items that a test can change. */
function sourceOf(items: ThreadItem[]): ThreadSource {
  return {
    capabilities: readOnlyCapabilities,
    cursors: 'itemId',
    listThreads: async () => ({ data: [], hasMore: false, next: null }),
    getThread: async () => assert.fail('The thread itself is not asked for.'),
    deleteThread: async () => undefined,
    listItems: async (_threadId, { limit, order, after }) => {
      const inOrder = order === 'asc' ? [...items] : [...items].reverse();
      const from = after === undefined ? 0 : inOrder.findIndex(({ id }) => id === after) + 1;
      const data = inOrder.slice(from, from + limit);
      const hasMore = from + limit < inOrder.length;
      return { data, hasMore, next: hasMore ? (data.at(-1)?.id ?? null) : null };
    },
  };
}

/** A store, its feed, and a page that applies what the feed sends. */
function setUp(count: number, pageSize = 50) {
  const items = Array.from({ length: count }, (_, index) => item(index));
  const clock = { now: 1_000_000 };
  const store = createThreadStore(sourceOf(items), { pageSize: () => pageSize, now: () => clock.now });
  const deltas: ItemsDelta[] = [];
  let page: Transcript = emptyTranscript;
  let pageGone = false;
  const create = () =>
    new TranscriptFeed({
      read: () => store.items('t'),
      post: async (delta) => {
        if (pageGone) throw new Error('The page is gone.');
        // The page receives a copy.
        deltas.push(structuredClone(delta));
        page = applyDelta(page, structuredClone(delta));
      },
    });
  let feed: TranscriptFeed | undefined;
  store.on((event) => {
    if (event.type !== 'items') return;
    if (event.origin === 'textDeltas') feed?.catchUp();
    else feed?.change(event.change);
  });
  return {
    items,
    clock,
    store,
    deltas,
    page: () => page,
    loseThePage: () => void (pageGone = true),
    /** Starts a page. */
    begin(around: string | null = null) {
      feed?.dispose();
      feed = create();
      pageGone = false;
      const { layout, items: first } = feed.start(around);
      page = fromLayout(layout, first);
      return { pumped: feed.pump(), first };
    },
    async settle() {
      await feed?.pump();
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      await feed?.pump();
    },
    /** Asserts that the page shows the ids, contents and bounds of the store, and that each item has its key. */
    check() {
      const { windows, reachesStart, reachesEnd } = store.items('t');
      assert.deepEqual(
        page.windows.map((window) => window.map(({ id }) => id)),
        windows.map((window) => window.items.map(({ id }) => id)),
      );
      assert.deepEqual(
        page.items.map((shown) => (shown.kind === 'assistant_message' ? shown.parts[0]?.text : null)),
        windows.flatMap((window) =>
          window.items.map((kept) => (kept.kind === 'assistant_message' ? kept.parts[0]?.text : null)),
        ),
      );
      assert.deepEqual([page.bounds.reachesStart, page.bounds.reachesEnd], [reachesStart, reachesEnd]);
      const ids = page.windows.map((window) => window.map(({ id }) => id));
      assert.deepEqual(page.keys, fromLayout({ ...page.bounds, windows: ids }, page.items).keys);
    },
  };
}

describe('TranscriptFeed', () => {
  test('a page starts with the loaded items', async () => {
    const world = setUp(120);
    await world.store.loadLatest('t', signal);
    const { first } = world.begin();
    assert.equal(first.length, 50);
    await world.settle();
    world.check();
    assert.deepEqual(world.deltas, []);
  });

  test('sends the newest items of a long thread first and the others in parts', async () => {
    const world = setUp(3000, 100);
    await world.store.loadAll('t', signal);
    const { first, pumped } = world.begin();
    assert.equal(first.length, 200);
    assert.equal(first.at(-1)?.id, 'i002999');
    assert.equal(world.page().bounds.reachesStart, false, 'the start was not sent yet');
    await pumped;
    world.check();
    assert.deepEqual([...new Set(world.deltas.map(({ type }) => type))], ['added']);
    assert.equal(world.deltas.length, 3);
  });

  test('the parts of a very long thread grow, within a limit', async () => {
    const world = setUp(60_000, 100);
    await world.store.loadAll('t', signal);
    await world.begin().pumped;
    world.check();
    const sizes = world.deltas.map((delta) => (delta.type === 'added' ? delta.items.length : 0));
    assert.equal(sizes[0], 1000);
    assert.equal(Math.max(...sizes), 5000);
    assert.ok(sizes.length < 35, `${sizes.length} parts`);
  });

  test('the first part contains the item to show, regardless of its position', async () => {
    const world = setUp(3000, 100);
    await world.store.loadAll('t', signal);
    const { first } = world.begin('i000700');
    assert.ok(first.some(({ id }) => id === 'i000700'));
    await world.settle();
    world.check();
  });

  test('sends older and newer pages, and gaps that open and close', async () => {
    const world = setUp(500);
    await world.store.loadLatest('t', signal);
    world.begin();
    await world.store.loadOlder('t', signal);
    await world.settle();
    world.check();
    await world.store.loadStart('t', signal);
    await world.settle();
    assert.equal(world.page().windows.length, 2);
    world.check();
    await world.store.loadNewer('t', signal, 0);
    await world.store.loadOlder('t', signal, 1);
    await world.settle();
    world.check();
    await world.store.loadAll('t', signal);
    await world.settle();
    world.check();
    assert.equal(world.page().windows.length, 1);
    const sent = world.deltas.flatMap((delta) => ('items' in delta ? delta.items.map(({ id }) => id) : []));
    assert.equal(new Set(sent).size, sent.length, 'no item was sent twice');
  });

  test('adds older pages that arrive while items are being sent', async () => {
    const world = setUp(1000, 100);
    for (let page = 0; page < 8; page++) await world.store.loadOlder('t', signal);
    world.begin();
    const loading = world.store.loadAll('t', signal);
    await loading;
    await world.settle();
    world.check();
  });

  test('sends changed, added and removed items', async () => {
    const world = setUp(700, 100);
    await world.store.loadAll('t', signal);
    world.begin();
    world.items.push(item(700), item(701));
    await world.store.pollNewer('t', 0, signal);
    world.items[650] = item(650, 'changed');
    world.items[701] = item(701, 'changed too');
    await world.store.pollNewer('t', 100, signal);
    world.store.removeItems('t', ['i000010']);
    world.store.removeItems('t', ['i000690']);
    world.store.putItem('t', item(702, 'streamed'));
    await world.settle();
    world.check();
    assert.equal(world.page().byId.has('i000010'), false);
  });

  test('stops sending when the page is closed, and sends everything to the next page', async () => {
    const world = setUp(2000, 100);
    await world.store.loadAll('t', signal);
    const { pumped } = world.begin();
    world.loseThePage();
    await pumped;
    assert.ok(world.page().items.length < 2000);
    world.items.push(item(2000));
    await world.store.pollNewer('t', 0, signal);
    await world.begin().pumped;
    world.check();
  });

  test('the page matches the store after any sequence of changes', async () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let round = 0; round < 25; round++) {
      const world = setUp(200 + random(900), 20 + random(80));
      await world.store.loadLatest('t', signal);
      world.begin();
      for (let step = 0; step < 25; step++) {
        const windows = world.store.items('t').windows.length;
        const act = [
          () => world.store.loadOlder('t', signal, random(windows)),
          () => world.store.loadNewer('t', signal, random(windows)),
          () => world.store.loadStart('t', signal),
          () => world.store.refreshItems('t', signal),
          () => {
            world.items.push(item(world.items.length));
            return world.store.pollNewer('t', 20, signal);
          },
          () => world.store.removeItems('t', [world.store.items('t').windows.at(-1)?.items.at(-2)?.id ?? '']),
          () => void world.begin(),
        ][random(7)];
        await act?.();
        if (random(3) === 0) await world.settle();
      }
      await world.settle();
      world.check();
    }
  });
});

describe('the time of the last request', () => {
  const signal = new AbortController().signal;

  test('is sent after a poll without news, and the transcript is not built again', async () => {
    const { store, clock, begin, page } = setUp(3);
    await store.loadLatest('t', signal);
    await begin().pumped;
    const before = page();
    clock.now += 5_000;
    await store.pollNewer('t', 0, signal);
    assert.equal(page().bounds.asOf, clock.now);
    assert.equal(page().items, before.items);
  });

  test('follows a stream, at most once a second', async () => {
    const { store, clock, begin, page, deltas } = setUp(3);
    await store.loadLatest('t', signal);
    await begin().pumped;
    clock.now += 2_000;
    store.putItem('t', item(3), 'stream');
    assert.equal(page().bounds.asOf, clock.now);
    const count = deltas.length;
    for (let step = 1; step <= 20; step += 1) {
      clock.now += 100;
      store.putItem('t', item(3, `${step}`), 'textDeltas');
    }
    assert.equal(page().bounds.asOf, clock.now);
    assert.equal(deltas.length - count, 2);
  });
});
