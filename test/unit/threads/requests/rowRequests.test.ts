import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ThreadItem } from '../../../../src/chatkit/common/model/item.ts';
import type { ThreadItems, ThreadStore } from '../../../../src/chatkit/common/store/types.ts';
import { requestsOf } from '../../../../src/threads/vscode/requests/curl.ts';

const item = (id: string, sent = id): ThreadItem => ({
  kind: 'unknown',
  id,
  threadId: 't',
  createdAt: null,
  raw: { id: sent },
  wireType: null,
  problem: null,
});

/** A store with windows of these IDs. `a b | c` is a thread with a gap after `b`. */
function storeOf(ids: string, bounds: Partial<ThreadItems> = {}): ThreadStore {
  const windows = ids.split(' | ').map((run) => ({ items: run.split(' ').map((id) => item(id, id.split('#')[0])) }));
  const items = { windows, reachesStart: true, reachesEnd: true, ...bounds };
  return { list: { order: 'asc', user: 'ada' }, items: () => items } as unknown as ThreadStore;
}

const pages = (itemId: string, store: ThreadStore, cursors: 'itemId' | 'opaque' = 'itemId') =>
  requestsOf({ threadId: 't', itemId }, store, { pageSize: 20, cursors }).map((request) =>
    request.type === 'getThread' ? null : request.page,
  );
const newest = { limit: 20, order: 'desc', after: null };

describe('requestsOf', () => {
  test('a connection: its list with order and filter', () => {
    assert.deepEqual(requestsOf({}, storeOf('a'), { pageSize: 20, cursors: 'itemId' }), [
      { type: 'listThreads', page: { limit: 20, order: 'asc', after: null }, user: 'ada' },
    ]);
  });

  const cases: readonly [what: string, itemId: string, store: ThreadStore, page: object][] = [
    ['after the one before it', 'b', storeOf('a b c'), { limit: 1, order: 'asc', after: 'a' }],
    ['the first: before the one after it', 'a', storeOf('a b'), { limit: 1, order: 'desc', after: 'b' }],
    ['beside a gap', 'c', storeOf('a b | c d'), { limit: 1, order: 'desc', after: 'd' }],
    ['after one that shares its id with another', 'b', storeOf('a#7 b'), { limit: 1, order: 'asc', after: 'a' }],
    ['the only one', 'a', storeOf('a'), { limit: 1, order: 'asc', after: null }],
    ['alone at the end', 'b', storeOf('a | b'), { limit: 1, order: 'desc', after: null }],
    ['alone in the middle', 'b', storeOf('a | b | c'), newest],
    ['not loaded', 'x', storeOf('a'), newest],
  ];
  for (const [what, itemId, store, page] of cases) {
    test(`an item, ${what}`, () => assert.deepEqual(pages(itemId, store), [page]));
  }

  test('an item with opaque cursors: the newest page', () => {
    assert.deepEqual(pages('b', storeOf('a b'), 'opaque'), [newest]);
  });
});
