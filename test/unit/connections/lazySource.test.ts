import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Connection } from '../../../src/chatkit/common/connection.ts';
import { isSourceError, SourceError } from '../../../src/chatkit/common/errors.ts';
import { Emitter } from '../../../src/base/common/events.ts';
import type { Thread } from '../../../src/chatkit/common/model/thread.ts';
import {
  readOnlyCapabilities,
  type Capabilities,
  type Page,
  type ThreadSource,
} from '../../../src/chatkit/common/threadSource.ts';
import { LazySource } from '../../../src/connections/vscode/lazySource.ts';

const openai: Connection = { id: 'a', name: 'A', kind: 'openai', url: 'https://api.openai.com/v1' };
const query = { limit: 1, order: 'desc' } as const;
const { signal } = new AbortController();

/** A source that records its calls. */
function recording(calls: string[]): ThreadSource {
  const page: Page<never> = { data: [], hasMore: false, next: null };
  return {
    capabilities: readOnlyCapabilities,
    cursors: 'itemId',
    listThreads: async () => (calls.push('listThreads'), page),
    listItems: async () => (calls.push('listItems'), page),
    getThread: async () => {
      throw new SourceError('notFound', 'gone');
    },
    deleteThread: async (id) => void calls.push(`deleteThread ${id}`),
  };
}

describe('a lazy source', () => {
  test('opens once, on the first request', async () => {
    let opened = 0;
    const calls: string[] = [];
    const source = new LazySource(openai, async () => {
      opened += 1;
      return recording(calls);
    });
    assert.equal(opened, 0);
    await Promise.all([source.listThreads(query, signal), source.listItems('t', query, signal)]);
    assert.equal(opened, 1);
    assert.deepEqual(calls.sort(), ['listItems', 'listThreads']);
  });

  test('retries after opening failed', async () => {
    let attempts = 0;
    const source = new LazySource(openai, async () => {
      attempts += 1;
      if (attempts === 1) throw new SourceError('network', 'no');
      return recording([]);
    });
    await assert.rejects(source.listThreads(query, signal), (error) => isSourceError(error, 'network'));
    assert.deepEqual((await source.listThreads(query, signal)).data, []);
  });

  test('passes errors through', async () => {
    const source = new LazySource(openai, async () => recording([]));
    await assert.rejects(source.getThread('t', signal), (error) => isSourceError(error, 'notFound'));
  });

  test('deletes a thread when the connection is not read-only', async () => {
    const calls: string[] = [];
    await new LazySource(openai, async () => recording(calls)).deleteThread('t', signal);
    assert.deepEqual(calls, ['deleteThread t']);
  });

  test('does not open or delete when the connection is read-only', async () => {
    const source = new LazySource({ ...openai, readOnly: true }, () => assert.fail('opened'));
    await assert.rejects(source.deleteThread('t', signal), (error) => isSourceError(error, 'withheld'));
    assert.equal(source.capabilities.delete, false);
    assert.equal(source.capabilities.sessions, false);
    assert.equal(source.sessions, undefined);
  });

  test('has a session source exactly when its capabilities include sessions', () => {
    const hosted = new LazySource(openai, () => assert.fail('opened'));
    const server = new LazySource({ ...openai, kind: 'server' }, () => assert.fail('opened'));
    assert.equal(hosted.capabilities.sessions && hosted.sessions !== undefined, true);
    assert.equal(server.capabilities.sessions || server.sessions !== undefined, false);
  });

  test('supports rename and conversation exactly when its capabilities include them', async () => {
    const hosted = new LazySource(openai, () => assert.fail('opened'));
    assert.deepEqual([hosted.renameThread, hosted.conversation], [undefined, undefined]);
    const readOnly = new LazySource({ ...openai, kind: 'server', readOnly: true }, () => assert.fail('opened'));
    assert.deepEqual([readOnly.renameThread, readOnly.conversation], [undefined, undefined]);
    const renamed = { id: 't', title: 'New' } as Thread;
    const server = new LazySource({ ...openai, kind: 'server' }, async () => ({
      ...recording([]),
      renameThread: async () => renamed,
    }));
    assert.equal(await server.renameThread?.('t', 'New', signal), renamed);
  });

  test('updates its capabilities when the server does not support one', async () => {
    const changed = new Emitter<void>();
    let capabilities: Capabilities = { ...readOnlyCapabilities, rename: true, feedback: true };
    const source = new LazySource({ ...openai, kind: 'server' }, async () => ({
      ...recording([]),
      get capabilities() {
        return capabilities;
      },
      onDidChangeCapabilities: changed.on,
    }));
    let notifications = 0;
    source.onDidChangeCapabilities(() => (notifications += 1));
    assert.equal(source.capabilities.feedback, true);
    await source.listThreads(query, signal);
    capabilities = { ...capabilities, feedback: false };
    changed.fire();
    assert.deepEqual([notifications, source.capabilities.feedback], [1, false]);
  });
});
