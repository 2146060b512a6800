import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSourceError } from '../../../src/chatkit/common/errors.ts';
import {
  threadFileEnd,
  threadFileStart,
  threadsFileItem,
  threadsFileStart,
  threadsFileThread,
} from '../../../src/export/common/format.ts';
import { laterVersion } from '../../../src/export/node/exportIndex.ts';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import { createThreadStore } from '../../../src/chatkit/common/store/threadStore.ts';
import type { Order, ThreadSource } from '../../../src/chatkit/common/threadSource.ts';
import { inMemory } from '../../../src/export/node/byteReader.ts';
import { openExport } from '../../../src/export/node/exportSource.ts';

const signal = new AbortController().signal;
const header = {
  version: 1,
  exportedAt: '2026-11-24T00:00:00.000Z',
  connection: { name: 'Test', kind: 'openai', url: 'https://api.example/v1' },
} as const;

function file(counts: Record<string, number>): Uint8Array {
  let text = threadsFileStart(header);
  for (const [id, count] of Object.entries(counts)) {
    text += threadsFileThread({
      id,
      object: 'chatkit.thread',
      created_at: 1,
      title: id,
      status: { type: 'active' },
      user: 'u',
    });
    for (let i = 0; i < count; i++) {
      text += threadsFileItem(id, {
        id: `${id}-${i}`,
        object: 'chatkit.thread_item',
        created_at: i,
        thread_id: id,
        type: 'chatkit.task',
        task_type: 'thought',
        heading: `é ${i}`,
        summary: null,
      });
    }
  }
  return new TextEncoder().encode(text);
}

/** A `*.chatkit.json` file with the text of these items. */
function oneThread(items: readonly string[]): Uint8Array {
  const head = threadFileStart(header, { id: 'a', object: 'chatkit.thread', created_at: 1 });
  return new TextEncoder().encode(`${head}${items.join(',\n')}${threadFileEnd}`);
}

async function walk(source: ThreadSource, threadId: string, order: Order, limit: number): Promise<ThreadItem[]> {
  const items: ThreadItem[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await source.listItems(threadId, { limit, order, ...(after === undefined ? {} : { after }) }, signal);
    items.push(...page.data);
    if (!page.hasMore) return items;
    assert.ok(page.next !== null);
    after = page.next;
  }
}

describe('openExport', () => {
  const orders: [order: Order, limit: number][] = [
    ['asc', 3],
    ['desc', 3],
    ['asc', 7],
    ['desc', 100],
    ['asc', 1],
  ];
  for (const [order, limit] of orders) {
    test(`pages ${order} by ${limit} contain every item once, in order`, async () => {
      const { source } = await openExport(inMemory(file({ a: 2, b: 7 })), 'x.chatkit.jsonl');
      const items = await walk(source, 'b', order, limit);
      const wanted = [0, 1, 2, 3, 4, 5, 6].map((i) => `b-${i}`);
      assert.deepEqual(
        items.map(({ id }) => id),
        order === 'asc' ? wanted : wanted.reverse(),
      );
      assert.ok(items.every(({ kind }) => kind === 'task'));
    });
  }

  test('a store can load it from both ends and between', async () => {
    const { source } = await openExport(inMemory(file({ a: 40 })), 'x.chatkit.jsonl');
    const store = createThreadStore(source, { pageSize: () => 5 });
    const windows = () => store.items('a').windows.map(({ items }) => items.length);
    await store.loadLatest('a', signal);
    await store.loadStart('a', signal);
    assert.deepEqual(windows(), [5, 5]);
    await store.loadNewer('a', signal, 0);
    await store.loadOlder('a', signal, 1);
    assert.deepEqual(windows(), [10, 10]);
    await store.loadAll('a', signal);
    assert.deepEqual(
      store.items('a').windows.map(({ items }) => items.map(({ id }) => id)),
      [Array.from({ length: 40 }, (_, index) => `a-${index}`)],
    );
    assert.ok(store.items('a').reachesStart && store.items('a').reachesEnd);
  });

  test('lists threads in the order of the file', async () => {
    const { source } = await openExport(inMemory(file({ newest: 0, older: 1, oldest: 0 })), 'x.chatkit.jsonl');
    const page = await source.listThreads({ limit: 2, order: 'desc' }, signal);
    assert.deepEqual([page.data.map(({ id }) => id), page.hasMore], [['newest', 'older'], true]);
    const rest = await source.listThreads({ limit: 2, order: 'desc', after: page.next ?? '' }, signal);
    assert.deepEqual([rest.data.map(({ id }) => id), rest.hasMore], [['oldest'], false]);
  });

  test('shows the text of an item that is not valid JSON, and the other items', async () => {
    const text = new TextDecoder().decode(oneThread(['{"id":"i1","type":"chatkit.task"}', '{"id":}', '{"id":"i3"}']));
    const { source, problems } = await openExport(inMemory(new TextEncoder().encode(text)), 'x.chatkit.json');
    const items = await walk(source, 'a', 'asc', 10);
    assert.deepEqual([items.length, problems], [3, []]);
    assert.equal(items[1]?.kind, 'unknown');
    assert.match(String(items[1]?.raw), /Invalid JSON.*\{"id":\}$/);
  });

  test('reads the complete items of a truncated file', async () => {
    const whole = oneThread(['{"id":"i1"}', '{"id":"i2"}', '{"id":"i3"}']);
    const { source, problems } = await openExport(inMemory(whole.subarray(0, -12)), 'x.chatkit.json');
    assert.deepEqual(
      (await walk(source, 'a', 'asc', 10)).map(({ id }) => id),
      ['i1', 'i2'],
    );
    assert.deepEqual(problems, [{ type: 'truncated', at: whole.length - 12 }]);
  });

  test('distinguishes a file of a later version from a file that is not an export', async () => {
    for (const [name, text] of [
      ['x.chatkit.json', '{"format":"chatkit-inspector/thread","version":2,"items":[]}'],
      ['x.chatkit.jsonl', '{"format":"chatkit-inspector/threads","version":2}\n'],
    ] as const) {
      await assert.rejects(
        openExport(inMemory(new TextEncoder().encode(text)), name),
        (error) => isSourceError(error, 'invalidResponse') && error.details.code === laterVersion,
      );
    }
  });

  test('is read-only', async () => {
    const { source } = await openExport(inMemory(file({ a: 1 })), 'x.chatkit.jsonl');
    assert.equal(source.capabilities.readOnly, true);
    await assert.rejects(source.deleteThread('a', signal), (error) => isSourceError(error, 'withheld'));
    await assert.rejects(source.getThread('b', signal), (error) => isSourceError(error, 'notFound'));
  });

  test('rejects a file that is not an export, without a request', async () => {
    for (const [name, text] of [
      ['x.chatkit.jsonl', 'hello\n'],
      ['x.chatkit.jsonl', ''],
      ['x.chatkit.json', '{"format":"other","items":[]}'],
      ['x.chatkit.json', '<html>'],
    ] as const) {
      await assert.rejects(openExport(inMemory(new TextEncoder().encode(text)), name), (error) =>
        isSourceError(error, 'invalidResponse'),
      );
    }
  });
});
