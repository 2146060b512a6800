import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { item, itemPage, threadPage, type Item } from './protocol.ts';
import { withSandbox } from './start.ts';
import { ask, begin, doneItems, message, send, stream, textOf } from './conversation.ts';

const quick = { pace: 0 };

describe('conversations that go on', () => {
  test('retry removes everything after a message and responds again', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const { id, events } = await begin(sandbox, '/text');
      await stream(sandbox, 'threads.add_user_message', { thread_id: id, input: message('/hidden') });
      const [question] = doneItems(events);
      const again = await stream(sandbox, 'threads.retry_after_item', { thread_id: id, item_id: question?.id });
      assert.equal(again[0]?.type, 'stream_options', 'the message itself is not repeated');
      const kept = itemPage.parse(await ask(sandbox, 'items.list', { thread_id: id, order: 'asc' })).data;
      assert.deepEqual(
        kept.map(({ type }) => type),
        ['user_message', 'assistant_message'],
      );
      assert.notEqual(kept[1]?.id, doneItems(events)[1]?.id);
      assert.equal(
        (await send(sandbox, 'threads.retry_after_item', { thread_id: id, item_id: kept[1]?.id })).status,
        500,
      );
    }));

  test('retry works in a generated thread', () =>
    withSandbox({ ...quick, empty: true, items: 60 }, async (sandbox) => {
      const [first] = threadPage.parse(await ask(sandbox, 'threads.list', {})).data;
      const thread_id = first?.id;
      const items = itemPage.parse(await ask(sandbox, 'items.list', { thread_id, order: 'asc', limit: 60 })).data;
      const question = items.filter(({ type }) => type === 'user_message')[4];
      await stream(sandbox, 'threads.retry_after_item', { thread_id, item_id: question?.id });
      const after = itemPage.parse(await ask(sandbox, 'items.list', { thread_id, order: 'asc', limit: 100 })).data;
      assert.deepEqual(after.slice(0, -1), items.slice(0, items.indexOf(question as Item) + 1));
    }));

  test('a tool call waits for its output, and only once', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const { id, events } = await begin(sandbox, '/tool read_clipboard');
      const call = doneItems(events).at(-1);
      assert.ok(call?.type === 'client_tool_call' && call.status === 'pending' && call.name === 'read_clipboard');
      const result = { text: 'hello', lines: [1, null] };
      const answered = await stream(sandbox, 'threads.add_client_tool_output', { thread_id: id, result });
      assert.match(textOf(doneItems(answered)[0]) ?? '', /"hello"/);
      const items = itemPage.parse(await ask(sandbox, 'items.list', { thread_id: id, order: 'asc' })).data;
      assert.deepEqual(
        items.find((one) => one.id === call.id),
        { ...call, status: 'completed', output: result },
      );
      assert.equal((await send(sandbox, 'threads.add_client_tool_output', { thread_id: id, result })).status, 500);
    }));

  test('a seeded open call can be answered', () =>
    withSandbox(quick, async (sandbox) => {
      const all = threadPage.parse(await ask(sandbox, 'threads.list', { limit: 500 })).data;
      const stuck = all.find(({ title }) => title === 'Pair the new thermostat');
      const before = itemPage.parse(await ask(sandbox, 'items.list', { thread_id: stuck?.id, limit: 1 })).data[0];
      assert.equal(before?.type === 'client_tool_call' && before.status, 'pending');
      await stream(sandbox, 'threads.add_client_tool_output', { thread_id: stuck?.id, result: { devices: [] } });
      const after = itemPage.parse(await ask(sandbox, 'items.list', { thread_id: stuck?.id, order: 'asc' })).data;
      assert.deepEqual(
        after.find(({ id }) => id === before?.id),
        { ...before, status: 'completed', output: { devices: [] } },
      );
    }));

  test('a form is answered or skipped, once', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const ended: unknown[] = [];
      for (const input of [
        {
          answers: {
            urgency: { values: ['Today', 'Whenever'] },
            channels: { values: ['Mail', 'Chat'] },
            unknown: { values: ['x'] },
          },
        },
        { status: 'skipped' },
      ]) {
        const { id, events } = await begin(sandbox, '/form');
        const item_id = doneItems(events).at(-1)?.id;
        const answered = await stream(sandbox, 'threads.add_structured_input', { thread_id: id, item_id, input });
        assert.deepEqual(
          answered.slice(0, 2).map(({ type }) => type),
          ['stream_options', 'thread.item.replaced'],
        );
        const replaced = answered[1];
        assert.ok(replaced?.type === 'thread.item.replaced' && replaced.item.type === 'structured_input');
        ended.push([replaced.item.status, replaced.item.inputs.map(({ answer }) => answer)]);
        assert.equal(
          (await send(sandbox, 'threads.add_structured_input', { thread_id: id, item_id, input })).status,
          500,
        );
      }
      const skipped = { values: [], skipped: true };
      assert.deepEqual(ended, [
        ['answered', [{ values: ['Today'], skipped: false }, { values: ['Mail', 'Chat'], skipped: false }, skipped]],
        ['skipped', [skipped, skipped, skipped]],
      ]);
    }));

  test('actions change their widget, streamed and synchronously, and only widgets accept them', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const { id, events } = await begin(sandbox, '/widget');
      const counter = doneItems(events).findLast(({ type }) => type === 'widget');
      const params = { thread_id: id, item_id: counter?.id, action: { type: 'sandbox.count', payload: { by: 1 } } };
      const streamed = await stream(sandbox, 'threads.custom_action', params);
      assert.deepEqual(
        streamed.slice(0, 2).map(({ type }) => type),
        ['stream_options', 'thread.item.replaced'],
      );
      const synced = (await ask(sandbox, 'threads.sync_custom_action', params)) as { updated_item: unknown };
      const updated = item.parse(synced.updated_item);
      assert.ok(updated.type === 'widget');
      assert.match(JSON.stringify(updated.widget), /"value":"2","id":"count"|"id":"count","[^}]*"value":"2"/);
      assert.deepEqual(updated.widget['status'], { text: 'Received sandbox.count', icon: 'check' });

      const kept = itemPage.parse(await ask(sandbox, 'items.list', { thread_id: id, order: 'asc' })).data;
      assert.deepEqual(
        kept.find((one) => one.id === counter?.id),
        updated,
      );
      assert.deepEqual(await ask(sandbox, 'threads.sync_custom_action', { ...params, item_id: null }), {});
      const [question] = doneItems(events);
      const refused = await stream(sandbox, 'threads.custom_action', { ...params, item_id: question?.id });
      assert.deepEqual(refused, [{ type: 'error', code: 'stream.error', allow_retry: false }]);
      assert.equal(
        (await send(sandbox, 'threads.sync_custom_action', { ...params, item_id: question?.id })).status,
        500,
      );
    }));

  test('a locked thread accepts no message', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const { id } = await begin(sandbox, '/status lock');
      const refused = await stream(sandbox, 'threads.add_user_message', { thread_id: id, input: message('Hello?') });
      assert.deepEqual(refused, [{ type: 'error', code: 'thread.locked', allow_retry: false }]);
      assert.equal(itemPage.parse(await ask(sandbox, 'items.list', { thread_id: id })).data.length, 1);
    }));
});
