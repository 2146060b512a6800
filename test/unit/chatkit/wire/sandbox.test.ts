// The source against the sandbox, which the official clients hold to the API.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSourceError } from '../../../../src/chatkit/common/errors.ts';
import type { ItemKind } from '../../../../src/chatkit/common/model/item.ts';
import { createOpenAiSource } from '../../../../src/chatkit/node/openai/openAiSource.ts';
import { startSandbox } from '../../../../src/sandbox/node/sandbox.ts';
import { rig } from '../transport/client.ts';

const { signal } = new AbortController();

test('all six calls work, and every item of the sandbox is understood', async (t) => {
  const sandbox = await startSandbox({ seed: 7 });
  t.after(() => sandbox.close());
  const { transport, records, lines } = rig(t, { maxBodyBytes: 64 * 1024 * 1024 });
  const source = createOpenAiSource({
    connection: { id: 'c', name: 'Sandbox', kind: 'openai', url: sandbox.baseUrl },
    transport,
    credentials: { headersFor: async () => ({ authorization: `Bearer ${sandbox.apiKey}` }) },
  });

  const threads = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof source.listThreads>> = await source.listThreads(
      { limit: 10, order: 'asc', ...(after === null ? {} : { after }) },
      signal,
    );
    threads.push(...page.data);
    after = page.next;
  } while (after !== null);
  assert.ok(threads.length >= 60);
  assert.equal(new Set(threads.map(({ id }) => id)).size, threads.length);
  assert.deepEqual(new Set(threads.map(({ status }) => status.type)), new Set(['active', 'locked', 'closed']));

  const kinds = new Set<ItemKind>();
  for (const { id } of threads) {
    const { data } = await source.listItems(id, { limit: 100, order: 'desc' }, signal);
    for (const item of data) {
      kinds.add(item.kind);
      assert.ok(item.createdAt !== null && item.threadId === id);
      if (item.kind === 'unknown') assert.equal(item.problem, null, `${item.wireType}`);
    }
  }
  for (const kind of [
    'user_message',
    'assistant_message',
    'widget',
    'client_tool_call',
    'task',
    'task_group',
  ] as const) {
    assert.ok(kinds.has(kind), kind);
  }

  const [first] = threads;
  assert.ok(first !== undefined && first.user !== null);
  assert.deepEqual(await source.getThread(first.id, signal), first);
  const own = await source.listThreads({ limit: 100, order: 'asc', user: first.user }, signal);
  assert.ok(own.data.length < threads.length && own.data.every(({ user }) => user === first.user));
  await source.deleteThread(first.id, signal);
  await assert.rejects(source.getThread(first.id, signal), (error) => isSourceError(error, 'notFound'));
  await assert.rejects(source.deleteThread(first.id, signal), (error) => isSourceError(error, 'notFound'));

  const created = await source.sessions?.create({ user: 'u', workflow: { id: 'wf_1', version: '3' } }, signal);
  assert.ok(created !== undefined && created.clientSecret.startsWith('ek_'));
  assert.deepEqual([created.session.status, created.session.workflowVersion], ['active', '3']);
  const cancelled = await source.sessions?.cancel(created.session.id, signal);
  assert.equal(cancelled?.status, 'cancelled');

  assert.ok(records.every(({ requestId }) => requestId?.startsWith('req_')));
  assert.deepEqual(lines, []);
  assert.ok(!JSON.stringify(records).includes(sandbox.apiKey));
});
