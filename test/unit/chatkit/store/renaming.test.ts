import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Emitter } from '../../../../src/base/common/events.ts';
import type { Thread } from '../../../../src/chatkit/common/model/thread.ts';
import { createThreadStore } from '../../../../src/chatkit/common/store/threadStore.ts';
import { readOnlyCapabilities, type ThreadSource } from '../../../../src/chatkit/common/threadSource.ts';

const { signal } = new AbortController();
const thread = (title: string): Thread => ({
  id: 't',
  title,
  createdAt: 0,
  status: { type: 'active' },
  user: null,
  imageDomains: null,
  raw: { id: 't', title },
});

function stage(more: Partial<ThreadSource> = {}) {
  const source: ThreadSource = {
    capabilities: readOnlyCapabilities,
    cursors: 'opaque',
    listThreads: async () => ({ data: [thread('Old')], hasMore: false, next: null }),
    getThread: async () => thread('Old'),
    listItems: async () => ({ data: [], hasMore: false, next: null }),
    deleteThread: async () => undefined,
    ...more,
  };
  const store = createThreadStore(source, { pageSize: () => 10 });
  const events: string[] = [];
  store.on(({ type }) => events.push(type));
  return { store, events };
}

describe('a store', () => {
  test('applies a renamed thread and reports it', async () => {
    const { store, events } = stage({ renameThread: async (_id, title) => thread(title) });
    await store.refreshList(signal);
    events.length = 0;
    await store.renameThread('t', 'New', signal);
    assert.deepEqual([store.thread('t')?.title, store.list.threads[0]?.title, events], ['New', 'New', ['thread']]);
  });

  test('rejects a rename that its source does not support', async () => {
    await assert.rejects(stage().store.renameThread('t', 'New', signal), /cannot be renamed/);
  });

  test('reports reduced capabilities of its source until it is disposed', () => {
    const changed = new Emitter<void>();
    const { store, events } = stage({ onDidChangeCapabilities: changed.on });
    changed.fire();
    store.dispose();
    changed.fire();
    assert.deepEqual(events, ['capabilities']);
  });
});
