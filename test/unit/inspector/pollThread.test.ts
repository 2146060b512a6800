import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import type { Thread } from '../../../src/chatkit/common/model/thread.ts';
import { createThreadStore } from '../../../src/chatkit/common/store/threadStore.ts';
import { type ThreadSource, readOnlyCapabilities } from '../../../src/chatkit/common/threadSource.ts';
import { pollThread, recheckCount } from '../../../src/inspector/vscode/follower.ts';

const { signal } = new AbortController();

/** A loaded thread of `count` items, with the requests and bytes of its polls. */
async function setUp(count: number) {
  const message = (index: number): ThreadItem => {
    const id = `cti_${String(index).padStart(8, '0')}`;
    const parts = [{ text: `text ${index % 10}`, annotations: [] }];
    return { kind: 'assistant_message', id, threadId: 't', createdAt: 1_000_000_000_000, raw: { id, parts: 1 }, parts };
  };
  const items = Array.from({ length: count }, (_, index) => message(index));
  const asked: string[] = [];
  let bytes = 0;
  const given = <T>(what: string, reply: T): T => {
    asked.push(what);
    bytes += JSON.stringify(reply).length;
    return reply;
  };
  const thread: Thread = {
    id: 't',
    title: 'T',
    createdAt: 1,
    status: { type: 'active' },
    user: null,
    imageDomains: null,
    raw: {},
  };
  const source: ThreadSource = {
    capabilities: readOnlyCapabilities,
    cursors: 'itemId',
    listThreads: async () => ({ data: [], hasMore: false, next: null }),
    getThread: async () => given('thread', thread),
    deleteThread: async () => undefined,
    listItems: async (_threadId, { limit, order, after }) => {
      const inOrder = order === 'asc' ? [...items] : [...items].reverse();
      const from = after === undefined ? 0 : inOrder.findIndex(({ id }) => id === after) + 1;
      const data = inOrder.slice(from, from + limit);
      const hasMore = from + limit < inOrder.length;
      return given(`${order} after ${after === items.at(-1)?.id ? 'the last' : String(after)}`, {
        data,
        hasMore,
        next: hasMore ? (data.at(-1)?.id ?? null) : null,
      });
    },
  };
  const store = createThreadStore(source, { pageSize: () => 100 });
  await store.loadAll('t', signal);
  asked.length = 0;
  bytes = 0;
  return { items, message, store, asked, bytes: () => bytes };
}

describe('pollThread', () => {
  test('an idle poll requests the items after the last one and the thread, regardless of its length', async () => {
    const [short, long] = await Promise.all([setUp(100), setUp(10_000)]);
    for (const { store } of [short, long]) assert.equal(await pollThread(store, 't', signal), false);
    assert.deepEqual(short.asked, ['asc after the last', 'thread']);
    assert.deepEqual(long.asked, short.asked);
    assert.equal(long.bytes(), short.bytes());
  });

  test('reports new items once', async () => {
    const { store, items, message } = await setUp(10);
    items.push(message(10));
    assert.equal(await pollThread(store, 't', signal), true);
    assert.equal(store.items('t').count, 11);
    assert.equal(await pollThread(store, 't', signal), false);
  });

  test('reads the last items again while one is open, and reports their changes', async () => {
    const { store, items, asked, message } = await setUp(30);
    const open: ThreadItem = {
      ...message(30),
      kind: 'client_tool_call',
      status: 'open',
      wireStatus: 'in_progress',
      callId: 'c',
      name: 'n',
      arguments: { form: 'absent' },
      output: { form: 'absent' },
    };
    items.push(open);
    await pollThread(store, 't', signal);
    asked.length = 0;
    assert.equal(await pollThread(store, 't', signal), false);
    assert.equal(asked.length, 3);
    items[30] = { ...open, status: 'completed', raw: { id: open.id, done: true } };
    assert.equal(await pollThread(store, 't', signal), true);
    asked.length = 0;
    await pollThread(store, 't', signal);
    assert.equal(asked.length, 2);
  });
});

describe('the number of items that are read again', () => {
  const base = { id: 'i', threadId: 't', createdAt: 1, raw: {} };
  const absent = { form: 'absent' } as const;
  const tool = (status: 'open' | 'completed'): ThreadItem => ({
    ...base,
    kind: 'client_tool_call',
    status,
    wireStatus: status,
    callId: null,
    name: 'n',
    arguments: absent,
    output: absent,
  });
  const message: ThreadItem = { ...base, kind: 'assistant_message', parts: [] };
  const window = (...items: ThreadItem[]) => ({ windows: [{ items, older: null, newer: null }] });
  const many = Array.from({ length: 20 }, () => message);

  for (const [what, items, count] of [
    ['nothing loaded', { windows: [] }, 0],
    ['nothing open', window(message, tool('completed')), 0],
    ['an open tool call', window(tool('open'), message), 20],
    ['an open tool call too long ago', window(tool('open'), ...many), 0],
    [
      'a workflow without a summary',
      window({ ...base, kind: 'workflow', workflowType: 'custom', tasks: [], expanded: false, summary: null }),
      20,
    ],
    ['an image that is not there yet', window({ ...base, kind: 'generated_image', image: null, progress: 0.5 }), 20],
    ['questions without answers', window({ ...base, kind: 'structured_input', status: 'pending', inputs: [] }), 20],
  ] as const) {
    test(`${what}: ${count}`, () => assert.equal(recheckCount(items), count));
  }
});
