import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { itemPage, thread, threadPage } from './protocol.ts';
import { addFault, officialClients, raw, withSandbox } from './start.ts';
import { ask, begin, doneItems, lines, message, send } from './conversation.ts';

const quick = { pace: 0 };

describe('threads and items', () => {
  test('every seeded thread and item conforms to the protocol, page by page, in both orders', () =>
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

  test('both APIs return the same threads', () =>
    withSandbox(quick, async (sandbox) => {
      const page = threadPage.parse(await ask(sandbox, 'threads.list', { limit: 500 }));
      const [{ connect }] = officialClients as [(typeof officialClients)[0]];
      const rest = await connect(sandbox).beta.chatkit.threads.list({ limit: 100 });
      assert.deepEqual(
        page.data.map(({ id, title }) => [id, title ?? null]),
        rest.data.map(({ id, title }) => [id, title]),
      );
      assert.deepEqual(
        page.data.map(({ created_at }) => Math.floor(Date.parse(created_at.slice(0, 23)) / 1000)),
        rest.data.map(({ created_at }) => created_at),
      );
    }));

  test('get_by_id returns the first twenty items, oldest first, and the cursor of the next page', () =>
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

  test('rename and delete are visible in both APIs', () =>
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

  test('the user header limits the visible threads, and sets the user of a new one', () =>
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

  test('feedback is accepted for existing items only', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const { id, events } = await begin(sandbox, 'Hello');
      const item_ids = doneItems(events).map((one) => one.id);
      assert.deepEqual(await ask(sandbox, 'items.feedback', { thread_id: id, item_ids, kind: 'positive' }), {});
      await assert.rejects(ask(sandbox, 'items.feedback', { thread_id: id, item_ids: ['cti_none'], kind: 'negative' }));
    }));

  test('speech is transcribed', () =>
    withSandbox({ ...quick, empty: true }, async (sandbox) => {
      const params = { audio_base64: btoa('audio'), mime_type: 'audio/webm;codecs=opus' };
      assert.match(
        ((await ask(sandbox, 'input.transcribe', params)) as { text: string }).text,
        /5 bytes of audio\/webm/,
      );
    }));
});

describe('errors have no envelope', () => {
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

  test('faults apply to this API too: a cut stream, and an event that is not JSON', () =>
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
