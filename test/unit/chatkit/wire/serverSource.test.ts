import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import type { ThreadSource } from '../../../../src/chatkit/common/threadSource.ts';
import { sendJson, type Handler } from '../transport/servers.ts';
import { bench, errorOf, item, secret, signal, thread } from './serverBench.ts';

describe('commands', () => {
  const calls: [
    name: string,
    call: (source: ThreadSource) => Promise<unknown> | undefined,
    body: object,
    answer: object,
  ][] = [
    [
      'list threads',
      (source) => source.listThreads({ limit: 20, order: 'desc' }, signal),
      { type: 'threads.list', params: { limit: 20, order: 'desc' } },
      { data: [thread], has_more: false },
    ],
    [
      'list threads from a cursor',
      (source) => source.listThreads({ limit: 2, order: 'asc', after: 'opaque==' }, signal),
      { type: 'threads.list', params: { limit: 2, order: 'asc', after: 'opaque==' } },
      { data: [], has_more: false, after: null },
    ],
    [
      'get a thread',
      (source) => source.getThread('thr_1', signal),
      { type: 'threads.get_by_id', params: { thread_id: 'thr_1' } },
      { ...thread, items: { data: [item('a')], has_more: false } },
    ],
    [
      'list items',
      (source) => source.listItems('thr_1', { limit: 50, order: 'asc', after: 'c' }, signal),
      { type: 'items.list', params: { thread_id: 'thr_1', limit: 50, order: 'asc', after: 'c' } },
      { data: [item('a')], has_more: false },
    ],
    [
      'rename',
      (source) => source.renameThread?.('thr_1', 'New', signal),
      { type: 'threads.update', params: { thread_id: 'thr_1', title: 'New' } },
      { ...thread, title: 'New' },
    ],
    [
      'delete',
      (source) => source.deleteThread('thr_1', signal),
      { type: 'threads.delete', params: { thread_id: 'thr_1' } },
      {},
    ],
    [
      'feedback',
      (source) => source.conversation?.sendFeedback('thr_1', ['a', 'b'], 'negative', signal),
      { type: 'items.feedback', params: { thread_id: 'thr_1', item_ids: ['a', 'b'], kind: 'negative' } },
      {},
    ],
    [
      'an action at once',
      (source) =>
        source.conversation?.syncAction(
          { threadId: 'thr_1', itemId: 'w', type: 'pick', payload: { a: [null] } },
          signal,
        ),
      {
        type: 'threads.sync_custom_action',
        params: { thread_id: 'thr_1', item_id: 'w', action: { type: 'pick', payload: { a: [null] } } },
      },
      { updated_item: item('w') },
    ],
    [
      'deleting an attachment',
      (source) => source.conversation?.deleteAttachment('atc_1', signal),
      { type: 'attachments.delete', params: { attachment_id: 'atc_1' } },
      {},
    ],
    [
      'speech',
      (source) =>
        source.conversation?.transcribe({ name: 'a', mimeType: 'audio/mp4', bytes: Buffer.from('abc') }, signal),
      { type: 'input.transcribe', params: { audio_base64: 'YWJj', mime_type: 'audio/mp4' } },
      { text: 'hello' },
    ],
  ];
  for (const [name, call, body, answer] of calls) {
    test(name, async (t) => {
      const { source, server, records } = await bench(t, (response) => sendJson(response, answer));
      await call(source);
      const [request] = server.requests;
      assert.deepEqual([request?.method, request?.url], ['POST', '/support/chatkit']);
      assert.deepEqual(JSON.parse(request?.body ?? ''), body);
      assert.equal(request?.headers['x-tenant-key'], secret);
      assert.equal(request?.headers['content-type'], 'application/json');
      assert.equal(request?.headers.accept, 'application/json');
      assert.equal(records[0]?.path, `/support/chatkit [${(body as { type: string }).type}]`);
      assert.ok(!inspect(records).includes(secret));
    });
  }

  test('acting as a user', async (t) => {
    const { source, server } = await bench(
      t,
      (response) => sendJson(response, thread),
      { userHeader: 'X-User' },
      { user: 'ann' },
    );
    await source.getThread('thr_1', signal);
    assert.equal(server.requests[0]?.headers['x-user'], 'ann');
    assert.equal(source.capabilities.impersonate, true);
  });

  test('sends no user header when no user is selected or no header is configured', async (t) => {
    for (const [connection, user] of [
      [{ userHeader: 'X-User' }, undefined],
      [{}, 'ann'],
    ] as const) {
      const { source, server } = await bench(
        t,
        (response) => sendJson(response, thread),
        connection,
        user === undefined ? {} : { user },
      );
      await source.getThread('thr_1', signal);
      assert.equal(server.requests[0]?.headers['x-user'], undefined);
      assert.ok(!inspect(server.requests[0]?.headers).includes('ann'));
    }
  });

  test('threads and items are converted to the model', async (t) => {
    const { source } = await bench(t, (response, { body }) =>
      sendJson(response, body.includes('items.list') ? { data: [item('a')], has_more: true, after: 'n' } : thread),
    );
    const got = await source.getThread('thr_1', signal);
    assert.deepEqual([got.title, got.user, got.raw], ['T', null, thread]);
    const page = await source.listItems('thr_1', { limit: 1, order: 'asc' }, signal);
    assert.deepEqual([page.data[0]?.id, page.hasMore, page.next], ['a', true, 'n']);
  });
});

describe('capabilities of a connection', () => {
  test('everything', async (t) => {
    const { source } = await bench(t, (response) => sendJson(response, {}));
    assert.deepEqual(source.capabilities, {
      readOnly: false,
      delete: true,
      filterByUser: false,
      sessions: false,
      rename: true,
      send: true,
      retry: true,
      customActions: true,
      syncActions: true,
      answerForms: true,
      feedback: true,
      impersonate: false,
    });
    assert.equal(source.cursors, 'opaque');
  });

  test('a read-only connection cannot change or send anything', async (t) => {
    const { source, server } = await bench(t, (response) => sendJson(response, {}), { readOnly: true });
    const { readOnly, impersonate, ...rest } = source.capabilities;
    assert.deepEqual([readOnly, impersonate, ...new Set(Object.values(rest))], [true, false, false]);
    assert.deepEqual([source.conversation, source.renameThread], [undefined, undefined]);
    assert.equal((await errorOf(source.deleteThread('thr_1', signal))).kind, 'withheld');
    assert.equal(server.requests.length, 0);
  });

  const refused: [name: string, call: (source: ThreadSource) => Promise<unknown>, param: string][] = [
    ['filtering by user', (source) => source.listThreads({ limit: 1, order: 'asc', user: 'u' }, signal), 'user'],
    ['paging backwards', (source) => source.listItems('x', { limit: 1, order: 'asc', before: 'c' }, signal), 'before'],
  ];
  for (const [name, call, param] of refused) {
    test(`no server supports ${name}`, async (t) => {
      const { source, server } = await bench(t, (response) => sendJson(response, {}));
      const error = await errorOf(call(source));
      assert.deepEqual([error.kind, error.details.param], ['invalidRequest', param]);
      assert.equal(server.requests.length, 0);
    });
  }
});

describe('commands that a server does not support', () => {
  const feedback = (source: ThreadSource) => source.conversation?.sendFeedback('t', ['a'], 'positive', signal);
  const sync = (source: ThreadSource) =>
    source.conversation?.syncAction({ threadId: 't', itemId: null, type: 'x', payload: null }, signal);

  const says: Handler = (response, { body }) =>
    response.writeHead(400).end(`Unknown request type: ${(JSON.parse(body) as { type: string }).type}`);
  const echoes: Handler = (response, { body }) =>
    response.writeHead(500).end(`KeyError: '${(JSON.parse(body) as { type: string }).type}'`);

  const rows: [name: string, send: Handler, stays: boolean][] = [
    ['names the command', says, false],
    [
      'names the command in JSON',
      (response, { body }) => {
        const { type } = JSON.parse(body) as { type: string };
        const msg = `Input tag '${type}' found using 'type' does not match any of the expected tags: 'threads.list'`;
        sendJson(response, { detail: [{ msg, loc: ['body'] }] }, 422);
      },
      false,
    ],
    ['answers in the same way to a command that does not exist', echoes, false],
    [
      'names no command, as for one that does not exist',
      (response) => response.writeHead(400).end('Unknown operation'),
      false,
    ],
    ['names no command and rejects none', (response) => response.writeHead(400).end('Bad request'), true],
    ['a bare 500', (response) => response.writeHead(500).end('Internal Server Error'), true],
    ['a bare 404', (response) => response.writeHead(404).end(), true],
    ['not allowed', (response) => response.writeHead(403).end(), true],
    ['not allowed, in such words', (response) => response.writeHead(403).end('Unsupported key'), true],
    ['busy', (response) => response.writeHead(503).end(), true],
    ['hung up', (_response, { socket }) => socket.destroy(), true],
  ];
  for (const [name, send, stays] of rows) {
    test(name, async (t) => {
      const { source, server } = await bench(t, send);
      let notified = 0;
      source.onDidChangeCapabilities?.(() => (notified += 1));
      await errorOf(feedback(source));
      await errorOf(sync(source));
      assert.equal(source.capabilities.feedback, stays);
      assert.equal(source.conversation?.supports('feedback'), stays);
      assert.equal(source.conversation?.supports('syncAction'), stays);
      assert.equal(source.capabilities.customActions, true, 'streaming actions are another command');
      assert.equal(notified, stays ? 0 : 2);

      const before = server.requests.length;
      const again = await errorOf(sync(source));
      assert.ok(server.requests.length > before, 'can be tried again');
      assert.equal(again.details.code === 'unknown_command', !stays);
    });
  }

  test('a restarted server that knows the command is recognised', async (t) => {
    let isNew = false;
    const { source } = await bench(t, (response, request) =>
      isNew ? sendJson(response, {}) : says(response, request),
    );
    await errorOf(sync(source));
    assert.equal(source.capabilities.syncActions, false);
    isNew = true;
    await sync(source);
    assert.equal(source.capabilities.syncActions, true);
  });

  test('a command that succeeded once remains supported after later errors', async (t) => {
    let works = true;
    const { source } = await bench(t, (response) => (works ? sendJson(response, {}) : response.writeHead(500).end()));
    await sync(source);
    works = false;
    await errorOf(sync(source));
    assert.equal(source.conversation?.supports('syncAction'), true);
  });

  test('an unsupported rename', async (t) => {
    const { source } = await bench(t, says);
    let notified = 0;
    source.onDidChangeCapabilities?.(() => (notified += 1));
    const rename = () => errorOf(source.renameThread?.('thr_1', 'New', signal));
    assert.deepEqual([(await rename()).details.code, (await rename()).details.code], Array(2).fill('unknown_command'));
    assert.deepEqual([source.capabilities.rename, notified], [false, 1]);
  });

  for (const [name, title, works] of [
    ['the thread has the new title', 'New', true],
    ['the thread has the old title', 'Old', false],
  ] as const) {
    test(`a rename whose reply does not show the title: ${name}`, async (t) => {
      const { source } = await bench(t, (response, { body }) => {
        const { type } = JSON.parse(body) as { type: string };
        sendJson(response, type === 'threads.update' ? {} : { ...thread, title });
      });
      if (works) assert.equal((await source.renameThread?.('thr_1', 'New', signal))?.title, 'New');
      else assert.match((await errorOf(source.renameThread?.('thr_1', 'New', signal))).message, /did not rename/);
    });
  }
});

describe('a 2xx response that is a failure', () => {
  const replies: [name: string, reply: object, message: RegExp][] = [
    ['an error', { data: null, error: 'unsupported_request_type:x' }, /unsupported_request_type:x/],
    ['no data', { data: null }, /not the one of this command/],
    ['deleted: false', { deleted: false, message: 'No permission' }, /No permission/],
    ['a page', { data: [], has_more: false }, /not the one of this command/],
  ];
  for (const [name, reply, message] of replies) {
    test(`a deletion and feedback are not confirmed by ${name}`, async (t) => {
      const { source } = await bench(t, (response) => sendJson(response, reply));
      assert.match((await errorOf(source.deleteThread('thr_1', signal))).message, message);
      const feedback = source.conversation?.sendFeedback('thr_1', ['a'], 'positive', signal);
      assert.match((await errorOf(feedback)).message, message);
      assert.match((await errorOf(source.renameThread?.('thr_1', 'New', signal))).message, message);
    });
  }
});

describe('what a connection sends besides', () => {
  test('metadata, language and headers', async (t) => {
    const { source, server } = await bench(t, (response) => sendJson(response, { data: [], has_more: false }), {
      metadata: { lesson_id: 7 },
      acceptLanguage: 'de',
      requestHeaders: { 'x-region': 'eu' },
    });
    await source.listThreads({ limit: 1, order: 'desc' }, signal);
    const [request] = server.requests;
    assert.deepEqual(JSON.parse(request?.body ?? ''), {
      type: 'threads.list',
      params: { limit: 1, order: 'desc' },
      metadata: { lesson_id: 7 },
    });
    assert.deepEqual([request?.headers['accept-language'], request?.headers['x-region']], ['de', 'eu']);
  });

  test('a token that expired is replaced, and the request repeated once', async (t) => {
    let token = 1;
    const { source, server } = await bench(
      t,
      (response, { headers }) =>
        headers.authorization === 'Bearer 2'
          ? sendJson(response, { data: [], has_more: false })
          : sendJson(response, { detail: 'expired' }, 401),
      {},
      {
        credentials: {
          headersFor: async () => ({ authorization: `Bearer ${token}` }),
          renew: () => Boolean((token += 1)),
        },
      },
    );
    await source.listThreads({ limit: 1, order: 'desc' }, signal);
    assert.equal(server.requests.length, 2);
  });

  test('the new token is removed from an error that echoes it', async (t) => {
    let token = 'Bearer first-token';
    const { source } = await bench(
      t,
      (response, { headers }) =>
        sendJson(response, { detail: `refused ${headers.authorization}` }, headers.authorization === token ? 403 : 401),
      {},
      {
        credentials: {
          headersFor: async () => ({ authorization: token }),
          renew: () => Boolean((token = 'Bearer second-token')),
        },
      },
    );
    const error = await errorOf(source.listThreads({ limit: 1, order: 'desc' }, signal));
    assert.equal(error.kind, 'forbidden');
    assert.doesNotMatch(JSON.stringify([error.message, error.details]), /second-token/);
  });

  test('a POST follows 307 on the same origin, and the redirect is reported', async (t) => {
    const { source, server, rules } = await bench(t, (response, { url }) =>
      url.endsWith('/')
        ? sendJson(response, { data: [], has_more: false })
        : response.writeHead(307, { location: `${url}/` }).end(),
    );
    await source.listThreads({ limit: 1, order: 'desc' }, signal);
    assert.deepEqual(
      server.requests.map(({ method, body }) => [method, JSON.parse(body).type]),
      Array(2).fill(['POST', 'threads.list']),
    );
    assert.deepEqual(rules(), ['redirectedPost']);
  });
});
