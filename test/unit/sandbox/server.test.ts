import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Sandbox } from '../../../src/io/sandbox/sandbox.ts';
import { attachment, item, itemPage, thread, threadPage, type Item } from './protocol.ts';
import { addFault, officialClients, raw, withSandbox } from './start.ts';
import { ask, begin, doneItems, lines, message, send, stream, textOf } from './talk.ts';

const quick = { pace: 0 };

describe('threads and items', () => {
  test('every seeded thread and item is one of the protocol, page by page, in both orders', () =>
    withSandbox(quick, async (sandbox) => {
      const ids: Record<string, string[]> = {};
      for (const order of ['asc', 'desc']) {
        ids[order] = [];
        for (let after: string | undefined; ;) {
          const page = threadPage.parse(await ask(sandbox, 'threads.list', { order, limit: 9, after }));
          ids[order].push(...page.data.map(({ id }) => id));
          assert.ok(page.data.every(({ items }) => items.data.length === 0));
          if (!page.has_more) break;
          assert.ok(page.after !== undefined && !ids[order].includes(page.after), 'the cursor is opaque');
          after = page.after;
        }
      }
      assert.deepEqual(ids['asc'], ids['desc']?.toReversed());
      for (const id of ids['asc'] ?? [])
        itemPage.parse(await ask(sandbox, 'items.list', { thread_id: id, limit: 1000 }));
    }));

  test('both faces tell of the same conversations', () =>
    withSandbox(quick, async (sandbox) => {
      const page = threadPage.parse(await ask(sandbox, 'threads.list', { limit: 500 }));
      const [{ connect }] = officialClients as [(typeof officialClients)[0]];
      const rest = await connect(sandbox).beta.chatkit.threads.list({ limit: 100 });
      assert.deepEqual(
        page.data.map(({ id, title }) => [id, title ?? null]),
        rest.data.map(({ id, title }) => [id, title]),
      );
      assert.deepEqual(
        page.data.map(({ created_at }) => Math.floor(Date.parse(`${created_at.slice(0, 23)}Z`) / 1000)),
        rest.data.map(({ created_at }) => created_at),
      );
    }));

  test('get_by_id brings the first twenty items, oldest first, and the cursor to go on with', () =>
    withSandbox({ ...quick, empty: true, items: 45 }, async (sandbox) => {
      const [first] = threadPage.parse(await ask(sandbox, 'threads.list', {})).data;
      const whole = thread.parse(await ask(sandbox, 'threads.get_by_id', { thread_id: first?.id }));
      assert.equal(whole.items.data.length, 20);
      const rest = itemPage.parse(
        await ask(sandbox, 'items.list', { thread_id: whole.id, order: 'asc', limit: null, after: whole.items.after }),
      );
      const all = itemPage.parse(await ask(sandbox, 'items.list', { thread_id: whole.id, order: 'asc', limit: 40 }));
      assert.deepEqual([...whole.items.data, ...rest.data], all.data);
      const newest = itemPage.parse(await ask(sandbox, 'items.list', { thread_id: whole.id, limit: 0 }));
      assert.equal(newest.data.length, 20, 'no limit is twenty');
      assert.ok(
        (newest.data[0]?.created_at ?? '') > (newest.data[19]?.created_at ?? ''),
        'newest first unless asked otherwise',
      );
    }));

  test('hidden items make pages short, even empty, and are never shown', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const { id } = await begin(sandbox, '/hidden');
      const sizes: number[] = [];
      for (let after: string | undefined; ;) {
        const page = itemPage.parse(
          await ask(sandbox, 'items.list', { thread_id: id, order: 'asc', limit: 10, after }),
        );
        sizes.push(page.data.length);
        if (!page.has_more) break;
        after = page.after;
      }
      assert.deepEqual(sizes, [1, 0, 2]);
    }));

  test('rename and delete are seen on both faces', () =>
    withSandbox(quick, async (sandbox) => {
      const [{ connect }] = officialClients as [(typeof officialClients)[0]];
      const { threads } = connect(sandbox).beta.chatkit;
      const [first] = threadPage.parse(await ask(sandbox, 'threads.list', { limit: 1 })).data;
      assert.ok(first);
      const renamed = thread.parse(await ask(sandbox, 'threads.update', { thread_id: first.id, title: 'Renamed' }));
      assert.deepEqual(renamed, { ...first, title: 'Renamed' });
      assert.equal((await threads.retrieve(first.id)).title, 'Renamed');
      assert.deepEqual(await ask(sandbox, 'threads.delete', { thread_id: first.id }), {});
      await assert.rejects(() => threads.retrieve(first.id));
    }));

  test('the user header narrows what is seen, and whose a new thread is', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const as = (user: string) => ({ 'x-user-id': user });
      await begin(sandbox, 'Hello');
      const created = await lines(
        await send(sandbox, 'threads.create', { input: message('Hi') }, { headers: as('ada') }),
      );
      const { thread: mine } = JSON.parse(created[0] ?? '') as { thread: { id: string } };
      const list = async (headers = {}) =>
        threadPage.parse(await ask(sandbox, 'threads.list', {}, headers)).data.map(({ id }) => id);
      assert.deepEqual(await list(as('ada')), [mine.id]);
      assert.deepEqual(await list(as('bob')), []);
      assert.equal((await list()).length, 2);
      assert.equal(
        (await send(sandbox, 'threads.get_by_id', { thread_id: mine.id }, { headers: as('bob') })).status,
        500,
      );
      const [{ connect }] = officialClients as [(typeof officialClients)[0]];
      assert.equal((await connect(sandbox).beta.chatkit.threads.retrieve(mine.id)).user, 'ada');
    }));

  test('feedback is taken for items that are there', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const { id, events } = await begin(sandbox, 'Hello');
      const item_ids = doneItems(events).map((one) => one.id);
      assert.deepEqual(await ask(sandbox, 'items.feedback', { thread_id: id, item_ids, kind: 'positive' }), {});
      await assert.rejects(ask(sandbox, 'items.feedback', { thread_id: id, item_ids: ['cti_none'], kind: 'negative' }));
    }));

  test('speech becomes text', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const params = { audio_base64: btoa('audio'), mime_type: 'audio/webm;codecs=opus' };
      assert.match(
        ((await ask(sandbox, 'input.transcribe', params)) as { text: string }).text,
        /5 bytes of audio\/webm/,
      );
    }));
});

describe('what goes wrong has no envelope', () => {
  const cases: readonly [string, string, object, number, RegExp][] = [
    ['an unknown command', 'threads.fly', {}, 500, /^Internal Server Error/],
    ['wrong parameters', 'threads.list', { order: 'up' }, 500, /^Internal Server Error/],
    ['an unknown thread', 'threads.get_by_id', { thread_id: 'x' }, 500, /Thread x not found$/],
    [
      'a message to an unknown thread',
      'threads.add_user_message',
      { thread_id: 'x', input: message('Hi') },
      500,
      /Thread x not found$/,
    ],
    ['a made-up cursor', 'threads.list', { after: 'cthr_1' }, 500, /^Internal Server Error/],
    [
      'an unknown attachment',
      'threads.create',
      { input: message('Hi', { attachments: ['x'] }) },
      500,
      /Attachment x not found$/,
    ],
    [
      'a message without inference options',
      'threads.create',
      { input: { content: [], attachments: [] } },
      500,
      /^Internal Server Error/,
    ],
  ];
  for (const [name, type, params, status, text] of cases) {
    test(name, () =>
      withSandbox(quick, async (sandbox) => {
        const response = await send(sandbox, type, params);
        assert.deepEqual(
          [response.status, response.headers.get('content-type')?.split(';')[0]],
          [status, 'text/plain'],
        );
        assert.match(await response.text(), text);
      }),
    );
  }

  test('no JSON, no params, no key, another method, another address', () =>
    withSandbox(quick, async (sandbox) => {
      assert.equal((await send(sandbox, '', {}, { body: 'hello' })).status, 500);
      assert.equal((await send(sandbox, '', {}, { body: '{"type":"threads.list"}' })).status, 500);
      assert.equal((await send(sandbox, 'threads.list', {}, { headers: { authorization: 'Bearer x' } })).status, 401);
      assert.equal((await raw(sandbox, '/chatkit')).status, 405);
      assert.equal((await raw(sandbox, '/chatkit/else', { method: 'POST' })).status, 404);
    }));

  test('faults reach this face too: a cut stream, and an event that is no JSON', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      await addFault(sandbox, { kind: 'cut', bytes: 300 });
      await assert.rejects(begin(sandbox, 'Hello'));
      await addFault(sandbox, { kind: 'malformed_event', events: 2 });
      const said = await lines(await send(sandbox, 'threads.create', { input: message('Hello') }));
      assert.throws(() => JSON.parse(said.find((line) => !line.endsWith('}')) ?? '{}'));
      await begin(sandbox, 'Hello again');
      const { after } = threadPage.parse(await ask(sandbox, 'threads.list', { limit: 1 }));
      await addFault(sandbox, { kind: 'repeated_cursor' });
      const page = threadPage.parse(await ask(sandbox, 'threads.list', { limit: 1, after }));
      assert.deepEqual([page.has_more, page.after], [true, after]);
    }));
});

describe('conversations that go on', () => {
  test('retry takes away everything after a message and answers again', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const { id, events } = await begin(sandbox, '/text');
      await stream(sandbox, 'threads.add_user_message', { thread_id: id, input: message('/hidden') });
      const [question] = doneItems(events);
      const again = await stream(sandbox, 'threads.retry_after_item', { thread_id: id, item_id: question?.id });
      assert.equal(again[0]?.type, 'stream_options', 'the message itself is not said again');
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

  test('retry reaches into a generated thread', () =>
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

  test('actions change their widget, streamed and in sync, and only widgets have them', () =>
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

  test('a locked thread takes no message', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const { id } = await begin(sandbox, '/status lock');
      const refused = await stream(sandbox, 'threads.add_user_message', { thread_id: id, input: message('Hello?') });
      assert.deepEqual(refused, [{ type: 'error', code: 'thread.locked', allow_retry: false }]);
      assert.equal(itemPage.parse(await ask(sandbox, 'items.list', { thread_id: id })).data.length, 1);
    }));
});

describe('attachments', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
  const form = (name: string, type: string) => {
    const data = new FormData();
    data.append('file', new File([png], name, { type }));
    return data;
  };

  for (const way of ['multipart', 'raw'] as const) {
    test(`in two phases (${way}): announced, sent where the answer says, used by id`, () =>
      withSandbox({ ...quick, empty: true }, async (sandbox) => {
        const announced = attachment.parse(
          await ask(sandbox, 'attachments.create', { name: 'a.png', size: 7, mime_type: 'image/png' }),
        );
        const { upload_descriptor, ...plain } = announced;
        assert.ok(upload_descriptor && announced.type === 'image');
        assert.equal((await fetch(announced.preview_url)).status, 404, 'nothing there yet');
        const { url, method, headers } = upload_descriptor;
        assert.equal((await fetch(url, { method, body: png })).status, 403, 'its headers belong to it');
        const body = way === 'raw' ? png : form('a.png', 'image/png');
        assert.equal((await fetch(url, { method, headers, body })).status, 204);
        const preview = await fetch(announced.preview_url);
        assert.deepEqual(
          [new Uint8Array(await preview.arrayBuffer()), preview.headers.get('content-type')],
          [png, 'image/png'],
        );
        const { events } = await begin(sandbox, 'Look', { attachments: [announced.id] });
        const [said] = doneItems(events);
        assert.deepEqual(said?.type === 'user_message' && said.attachments, [plain]);
        await ask(sandbox, 'attachments.delete', { attachment_id: announced.id });
        assert.equal((await fetch(announced.preview_url)).status, 404);
      }));
  }

  test('at once, and a page that was sent is never shown as one', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const response = await upload(sandbox, form('x.html', 'text/html'));
      const sent = attachment.parse(await response.json());
      assert.deepEqual([sent.type, sent.name, sent.mime_type], ['file', 'x.html', 'text/html']);
      const back = await fetch(new URL(`/sandbox/uploads/${sent.id}`, sandbox.serverUrl));
      assert.deepEqual(
        [back.headers.get('content-type'), back.headers.get('x-content-type-options')],
        ['application/octet-stream', 'nosniff'],
      );
      assert.equal((await upload(sandbox, new FormData())).status, 500);
    }));
});

function upload(sandbox: Sandbox, body: FormData): Promise<Response> {
  return fetch(`${sandbox.serverUrl}/upload`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${sandbox.apiKey}` },
  });
}
