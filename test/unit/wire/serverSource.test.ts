import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import type { Connection } from '../../../src/domain/connection.ts';
import { isSourceError, SourceError, type ErrorKind } from '../../../src/domain/errors.ts';
import type { ThreadSource } from '../../../src/domain/threadSource.ts';
import { createServerSource } from '../../../src/io/server/serverSource.ts';
import { rig, type Rig, type RigOptions } from '../transport/client.ts';
import { httpServer, rawServer, sendJson, type Handler, type Server } from '../transport/servers.ts';

const secret = 'tenant-canary-8899';
const { signal } = new AbortController();
const thread = { id: 'thr_1', title: 'T', created_at: '2026-01-02T03:04:05', status: { type: 'active' }, metadata: {} };
const item = (id: string) => ({ id, thread_id: 'thr_1', created_at: '2026-01-02T03:04:05', type: 'end_of_turn' });

interface Bench extends Rig {
  readonly source: ThreadSource;
  readonly server: Server;
}

async function bench(
  t: TestContext,
  handler: Handler,
  connection: Partial<Connection> = {},
  options: RigOptions & { readonly user?: string } = {},
): Promise<Bench> {
  const server = await httpServer(t, handler);
  const { user, ...settings } = options;
  const tools = rig(t, settings);
  const source = createServerSource({
    connection: { id: 'c', name: 'Mine', kind: 'server', url: `${server.url}/support/chatkit`, ...connection },
    transport: tools.transport,
    credentials: { headersFor: async () => ({ 'x-tenant-key': secret }) },
    actingUser: () => user ?? null,
    log: tools.log,
  });
  return { server, source, ...tools };
}

async function errorOf(promise: Promise<unknown> | undefined): Promise<SourceError> {
  try {
    await promise;
  } catch (error) {
    if (isSourceError(error)) return error;
    throw error;
  }
  throw new Error('it worked');
}

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
      thread,
    ],
    [
      'delete',
      (source) => source.deleteThread('thr_1', signal),
      { type: 'threads.delete', params: { thread_id: 'thr_1' } },
      {},
    ],
    [
      'feedback',
      (source) => source.talk?.sendFeedback('thr_1', ['a', 'b'], 'negative', signal),
      { type: 'items.feedback', params: { thread_id: 'thr_1', item_ids: ['a', 'b'], kind: 'negative' } },
      {},
    ],
    [
      'an action at once',
      (source) =>
        source.talk?.actAtOnce({ threadId: 'thr_1', itemId: 'w', type: 'pick', payload: { a: [null] } }, signal),
      {
        type: 'threads.sync_custom_action',
        params: { thread_id: 'thr_1', item_id: 'w', action: { type: 'pick', payload: { a: [null] } } },
      },
      { updated_item: item('w') },
    ],
    [
      'deleting an attachment',
      (source) => source.talk?.deleteAttachment('atc_1', signal),
      { type: 'attachments.delete', params: { attachment_id: 'atc_1' } },
      {},
    ],
    [
      'speech',
      (source) => source.talk?.transcribe({ name: 'a', mimeType: 'audio/mp4', bytes: Buffer.from('abc') }, signal),
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
    assert.equal(source.capabilities.actAsUser, true);
  });

  test('acting as nobody, and without such a header', async (t) => {
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

  test('threads and items come as those of the model', async (t) => {
    const { source } = await bench(t, (response, { body }) =>
      sendJson(response, body.includes('items.list') ? { data: [item('a')], has_more: true, after: 'n' } : thread),
    );
    const got = await source.getThread('thr_1', signal);
    assert.deepEqual([got.title, got.user, got.raw], ['T', null, thread]);
    const page = await source.listItems('thr_1', { limit: 1, order: 'asc' }, signal);
    assert.deepEqual([page.data[0]?.id, page.hasMore, page.next], ['a', true, 'n']);
  });
});

describe('what a connection may do', () => {
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
      act: true,
      feedback: true,
      actAsUser: false,
    });
    assert.equal(source.cursors, 'opaque');
  });

  test('read-only: nothing that changes or sends', async (t) => {
    const { source, server } = await bench(t, (response) => sendJson(response, {}), { readOnly: true });
    const { readOnly, actAsUser, ...rest } = source.capabilities;
    assert.deepEqual([readOnly, actAsUser, ...new Set(Object.values(rest))], [true, false, false]);
    assert.deepEqual([source.talk, source.renameThread], [undefined, undefined]);
    assert.equal((await errorOf(source.deleteThread('thr_1', signal))).kind, 'withheld');
    assert.equal(server.requests.length, 0);
  });

  const refused: [name: string, call: (source: ThreadSource) => Promise<unknown>, param: string][] = [
    ['filtering by user', (source) => source.listThreads({ limit: 1, order: 'asc', user: 'u' }, signal), 'user'],
    ['paging backwards', (source) => source.listItems('x', { limit: 1, order: 'asc', before: 'c' }, signal), 'before'],
  ];
  for (const [name, call, param] of refused) {
    test(`no server knows ${name}`, async (t) => {
      const { source, server } = await bench(t, (response) => sendJson(response, {}));
      const error = await errorOf(call(source));
      assert.deepEqual([error.kind, error.details.param], ['invalidRequest', param]);
      assert.equal(server.requests.length, 0);
    });
  }
});

describe('what a server does not know', () => {
  const feedback = (source: ThreadSource) => source.talk?.sendFeedback('t', ['a'], 'positive', signal);
  const sync = (source: ThreadSource) =>
    source.talk?.actAtOnce({ threadId: 't', itemId: null, type: 'x', payload: null }, signal);

  const rows: [name: string, send: Handler, feedbackStays: boolean, syncStays: boolean][] = [
    ['says so', (response) => response.writeHead(500).end('Error: Unknown request type: x'), false, false],
    [
      'says so in JSON',
      (response) => sendJson(response, { detail: [{ msg: 'Input tag not found', loc: ['type'] }] }, 422),
      false,
      false,
    ],
    ['a bare 500', (response) => response.writeHead(500).end('Internal Server Error'), true, false],
    ['a bare 404', (response) => response.writeHead(404).end(), true, false],
    ['not allowed', (response) => response.writeHead(403).end(), true, true],
    ['busy', (response) => response.writeHead(503).end(), true, true],
    ['hung up', (_response, { socket }) => socket.destroy(), true, true],
  ];
  for (const [name, send, feedbackStays, syncStays] of rows) {
    test(name, async (t) => {
      const { source, server } = await bench(t, send);
      let told = 0;
      source.onDidChangeCapabilities?.(() => (told += 1));
      await errorOf(feedback(source));
      await errorOf(sync(source));
      assert.equal(source.capabilities.feedback, feedbackStays);
      assert.equal(source.talk?.supports('feedback'), feedbackStays);
      assert.equal(source.talk?.supports('actAtOnce'), syncStays);
      assert.equal(source.capabilities.act, true, 'streaming actions are another command');
      assert.equal(told, Number(!feedbackStays) + Number(!syncStays));

      const before = server.requests.length;
      const again = await errorOf(sync(source));
      assert.equal(server.requests.length - before, syncStays ? 1 : 0);
      if (!syncStays) {
        assert.equal(again.details.mayHaveArrived, false);
        assert.match(again.message, /does not know "threads\.sync_custom_action"/);
      }
    });
  }

  test('a command that worked once is known, whatever comes later', async (t) => {
    let works = true;
    const { source } = await bench(t, (response) => (works ? sendJson(response, {}) : response.writeHead(500).end()));
    await sync(source);
    works = false;
    await errorOf(sync(source));
    assert.equal(source.talk?.supports('actAtOnce'), true);
  });
});

describe('answers', () => {
  const rows: [name: string, send: Handler, kind: ErrorKind, message: string | RegExp][] = [
    [
      '500 as text',
      (response) => response.writeHead(500).end('Internal Server Error'),
      'server',
      'The server answered 500: Internal Server Error.',
    ],
    [
      '500 with a missing thread',
      (response) => response.writeHead(500).end('NotFoundError: Thread thr_1 not found'),
      'notFound',
      /Thread thr_1 not found\.$/,
    ],
    [
      '404',
      (response) => sendJson(response, { detail: 'Not Found' }, 404),
      'notFound',
      'The server answered 404: Not Found.',
    ],
    [
      '401',
      (response) => sendJson(response, { error: { message: 'Who?' } }, 401),
      'unauthorized',
      'The server answered 401: Who?.',
    ],
    ['403', (response) => sendJson(response, { error: 'No' }, 403), 'forbidden', 'The server answered 403: No.'],
    [
      '422 of FastAPI',
      (response) => sendJson(response, { detail: [{ loc: ['body', 'limit'], msg: 'too big' }] }, 422),
      'invalidRequest',
      'The server answered 422: body.limit: too big.',
    ],
    [
      'an HTML error',
      (response) => response.writeHead(500).end('<!doctype html><pre>Error</pre>'),
      'server',
      'The server answered 500.',
    ],
    [
      'an echo of the secret',
      (response, { headers }) => response.writeHead(400).end(`bad ${headers['x-tenant-key']}`),
      'invalidRequest',
      'The server answered 400: bad •••.',
    ],
    ['an empty body', (response) => response.end(), 'invalidResponse', /empty body/],
    ['a web page', (response) => response.end('<html>hi</html>'), 'invalidResponse', /web page/],
    ['another object', (response) => sendJson(response, {}), 'invalidResponse', /not a page: data: expected array/],
    [
      'a stream',
      (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {}\n\n'),
      'invalidResponse',
      /stream of events where JSON was expected/,
    ],
  ];
  for (const [name, send, kind, message] of rows) {
    test(name, async (t) => {
      const { source, lines } = await bench(t, send, {}, { maxRetries: 2 });
      const error = await errorOf(source.listThreads({ limit: 1, order: 'asc' }, signal));
      assert.equal(error.kind, kind, error.message);
      if (typeof message === 'string') assert.equal(error.message, message);
      else assert.match(error.message, message);
      assert.ok(!inspect([error, lines], { depth: 9 }).includes(secret));
    });
  }

  test('a 500 is not asked for again, a busy server is', async (t) => {
    for (const [status, requests] of [
      [500, 1],
      [503, 3],
    ] as const) {
      const { source, server } = await bench(t, (response) => response.writeHead(status).end(), {}, { maxRetries: 2 });
      await errorOf(source.getThread('x', signal));
      assert.equal(server.requests.length, requests);
    }
  });

  test('what changes something is sent once', async (t) => {
    const { source, server } = await bench(t, (_response, { socket }) => socket.destroy(), {}, { maxRetries: 2 });
    await errorOf(source.talk?.sendFeedback('t', ['a'], 'positive', signal));
    assert.equal(server.requests.length, 1);
  });
});

describe('pages', () => {
  type Page = { data: unknown[]; has_more?: boolean; after?: string | null };
  const serve =
    (pages: Readonly<Record<string, Page>>): Handler =>
    (response, { body }) => {
      const { params } = JSON.parse(body) as { params: { after?: string } };
      sendJson(response, pages[params.after ?? ''] ?? { data: [], has_more: false });
    };
  const rows: [
    name: string,
    pages: Record<string, Page>,
    ids: string[],
    next: string | null,
    requests: number,
    logged: number,
  ][] = [
    ['short, with more', { '': { data: [item('a')], has_more: true, after: '1' } }, ['a'], '1', 1, 0],
    [
      'empty, with more',
      {
        '': { data: [], has_more: true, after: '1' },
        '1': { data: [], has_more: true, after: '2' },
        '2': { data: [item('b')], has_more: false },
      },
      ['b'],
      null,
      3,
      0,
    ],
    [
      'the cursor it was asked with',
      { '': { data: [], has_more: true, after: '1' }, '1': { data: [item('a')], has_more: true, after: '1' } },
      ['a'],
      null,
      2,
      1,
    ],
    [
      'a cursor that goes in circles',
      {
        '': { data: [], has_more: true, after: '1' },
        '1': { data: [], has_more: true, after: '2' },
        '2': { data: [], has_more: true, after: '1' },
      },
      [],
      null,
      3,
      1,
    ],
    ['more, but not where', { '': { data: [item('a')], has_more: true, after: null } }, ['a'], null, 1, 1],
    ['a cursor at the end', { '': { data: [item('a')], has_more: false, after: 'x' } }, ['a'], null, 1, 0],
    ['bare', { '': { data: [item('a')] } }, ['a'], null, 1, 0],
  ];
  for (const [name, pages, ids, next, requests, logged] of rows) {
    test(name, async (t) => {
      const { source, server, lines } = await bench(t, serve(pages));
      const page = await source.listItems('thr_1', { limit: 20, order: 'desc' }, signal);
      assert.deepEqual(
        page.data.map(({ id }) => id),
        ids,
      );
      assert.deepEqual([page.next, page.hasMore], [next, next !== null]);
      assert.equal(server.requests.length, requests);
      assert.equal(lines.length, logged);
    });
  }

  test('empty pages without end', async (t) => {
    let count = 0;
    const { source } = await bench(t, (response) =>
      sendJson(response, { data: [], has_more: true, after: `${count++}` }),
    );
    assert.equal((await errorOf(source.listItems('x', { limit: 1, order: 'asc' }, signal))).kind, 'invalidResponse');
    assert.ok(count < 100);
  });

  test('threads without an id are left out, and counted', async (t) => {
    const { source, lines } = await bench(t, serve({ '': { data: [thread, { title: 'x' }, null] } }));
    assert.equal((await source.listThreads({ limit: 9, order: 'asc' }, signal)).data.length, 1);
    assert.deepEqual(lines, ['2 elements of a list have no id and were left out.']);
  });
});

describe('uploads', () => {
  const file = { name: 'a"\r\nb.png', mimeType: 'image/png', bytes: Buffer.from('\x89PNG\r\n') };
  const created = { id: 'atc_1', name: 'a.png', mime_type: 'image/png', type: 'image', preview_url: 'https://e.com/a' };
  const model = { id: 'atc_1', type: 'image', name: 'a.png', mimeType: 'image/png', previewUrl: 'https://e.com/a' };

  const descriptors: [
    name: string,
    describe: (url: string) => object,
    method: string,
    headers: Record<string, string>,
  ][] = [
    [
      'with a descriptor',
      (url) => ({ upload_descriptor: { url, method: 'PUT', headers: { 'X-Signature': 's1' } } }),
      'PUT',
      { 'x-signature': 's1' },
    ],
    ['with an address, as older servers do', (url) => ({ upload_url: url }), 'POST', {}],
  ];
  for (const [name, describeTarget, method, headers] of descriptors) {
    test(`in two phases, ${name}`, async (t) => {
      const store = await httpServer(t, (response) => response.end());
      const { source, server } = await bench(t, (response) =>
        sendJson(response, { ...created, ...describeTarget(`${store.url}/up?sig=1`) }),
      );
      assert.deepEqual(await source.talk?.upload(file, signal), model);
      assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ''), {
        type: 'attachments.create',
        params: { name: file.name, size: file.bytes.length, mime_type: 'image/png' },
      });
      const [upload] = store.requests;
      assert.deepEqual([upload?.method, upload?.url], [method, '/up?sig=1']);
      assert.equal(upload?.headers['x-tenant-key'], undefined, 'another origin gets no credentials');
      for (const [header, value] of Object.entries(headers)) assert.equal(upload?.headers[header], value);
      const form = await new Response(upload?.body, {
        headers: { 'content-type': upload?.headers['content-type'] ?? '' },
      }).formData();
      const sent = form.get('file');
      assert.ok(sent instanceof File);
      assert.equal(sent.type, 'image/png');
    });
  }

  test('straight to an address of the operator, with credentials on the same origin', async (t) => {
    const { source, server } = await bench(t, (response) => sendJson(response, created));
    assert.deepEqual(await source.talk?.upload(file, signal, `${server.url}/files`), model);
    assert.equal(server.requests.length, 1);
    assert.deepEqual([server.requests[0]?.method, server.requests[0]?.url], ['POST', '/files']);
    assert.equal(server.requests[0]?.headers['x-tenant-key'], secret);
  });

  const wrong: [name: string, answer: object, message: RegExp][] = [
    ['nowhere to upload to', created, /does not say where/],
    ['no address', { ...created, upload_url: 'nowhere' }, /not a URL/],
    ['no attachment', {}, /not an attachment/],
  ];
  for (const [name, answer, message] of wrong) {
    test(name, async (t) => {
      const { source } = await bench(t, (response) => sendJson(response, answer));
      assert.match((await errorOf(source.talk?.upload(file, signal))).message, message);
    });
  }

  test('plain http to another computer is withheld', async (t) => {
    const { source } = await bench(t, (response) =>
      sendJson(response, { ...created, upload_url: 'http://e.example/' }),
    );
    assert.equal((await errorOf(source.talk?.upload(file, signal))).kind, 'withheld');
  });

  test('a failed upload is an error', async (t) => {
    const store = await rawServer(t, (socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n')),
    );
    const { source } = await bench(t, (response) => sendJson(response, { ...created, upload_url: store.url }));
    assert.equal((await errorOf(source.talk?.upload(file, signal))).kind, 'forbidden');
  });
});
