import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { startSandbox, type Sandbox } from '../../../src/sandbox/node/sandbox.ts';
import { raw, withSandbox } from './start.ts';

test('the same seed, start, key and port result in the same sandbox', async () => {
  const options = { items: 50, now: () => 1_700_000_000_000 };
  const first = await startSandbox(options);
  const before = await everything(first);
  await first.close();
  const { seed, startedAt, apiKey, port } = first;
  await withSandbox({ ...options, seed, startedAt, apiKey, port }, async (second) => {
    assert.deepEqual({ ...second, close: null }, { ...first, close: null });
    assert.deepEqual(await everything(second), before);
  });
});

test('another seed gives other ids', () =>
  withSandbox({ seed: 1, startedAt: 1_700_000_000_000 }, (one) =>
    withSandbox({ seed: 2, startedAt: 1_700_000_000_000 }, async (two) => {
      assert.notDeepEqual(await everything(one), await everything(two));
    }),
  ));

test('a taken port is replaced by a free one', () =>
  withSandbox({}, (first) =>
    withSandbox({ port: first.port }, async (second) => {
      assert.notEqual(second.port, first.port);
      assert.equal((await raw(second, '/v1/chatkit/threads')).status, 200);
    }),
  ));

test('two sandboxes do not share a key, and a closed one accepts no connection', async () => {
  const [one, two] = [await startSandbox(), await startSandbox()];
  assert.notEqual(one.apiKey, two.apiKey);
  assert.equal((await raw({ ...one, apiKey: two.apiKey }, '/v1/chatkit/threads')).status, 401);
  await Promise.all([one.close(), two.close()]);
  await assert.rejects(raw(one, '/v1/chatkit/threads'));
});

test('a thread of 100,000 items is generated only when it is read, from either end', () =>
  withSandbox({ empty: true, items: 100_000 }, async (sandbox) => {
    const [thread] = ((await (await raw(sandbox, '/v1/chatkit/threads')).json()) as Page).data;
    const items = `/v1/chatkit/threads/${thread?.id}/items`;
    const first = (await (await raw(sandbox, `${items}?order=asc&limit=1`)).json()) as Page;
    const last = (await (await raw(sandbox, `${items}?order=desc&limit=1`)).json()) as Page;
    const before = (await (await raw(sandbox, `${items}?order=asc&limit=2&before=${last.last_id}`)).json()) as Page;
    const forged = `${last.last_id.slice(0, 20)}${'0'.repeat(24)}${last.last_id.slice(-8)}`;
    assert.equal((await raw(sandbox, `${items}?after=${forged}`)).status, 400, 'the right place in the wrong id');
    assert.equal(new Set([first.last_id, last.last_id, ...before.data.map(({ id }) => id)]).size, 4);
  }));

interface Page {
  data: { id: string }[];
  last_id: string;
}

/** Through a client that tries again: the connections of its pool do not survive the first sandbox. */
async function everything({ baseUrl, apiKey }: Sandbox): Promise<unknown[]> {
  const { threads } = new OpenAI({ apiKey, baseURL: baseUrl, maxRetries: 2 }).beta.chatkit;
  const { data } = await threads.list({ limit: 100 });
  const items = await Promise.all(data.map(async ({ id }) => (await threads.listItems(id, { limit: 100 })).data));
  return [data, items];
}
