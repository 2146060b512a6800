import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import type { Connection } from '../../../src/domain/connection.ts';
import { isSourceError, SourceError, type ErrorKind } from '../../../src/domain/errors.ts';
import type { CreateSession } from '../../../src/domain/sessions/sessionSource.ts';
import type { ThreadSource } from '../../../src/domain/threadSource.ts';
import { createOpenAiSource } from '../../../src/io/openai/openAiSource.ts';
import { rig, type Rig, type RigOptions } from '../transport/client.ts';
import { httpServer, rawServer, sendJson, type Handler, type Server } from '../transport/servers.ts';

const key = 'sk-proj-canary-000111222';
const signal = new AbortController().signal;
const thread = {
  id: 'cthr_1',
  object: 'chatkit.thread',
  created_at: 1,
  title: 'T',
  status: { type: 'active' },
  user: 'u',
};
const item = (id: string) => ({
  id,
  object: 'chatkit.thread_item',
  created_at: 1,
  thread_id: 'cthr_1',
  type: 'chatkit.task',
  task_type: 'custom',
  heading: id,
  summary: null,
});
const session = {
  id: 'cksess_1',
  object: 'chatkit.session',
  client_secret: 'ek_canary_secret',
  expires_at: 1735689600,
  workflow: { id: 'wf_1', version: null, state_variables: null, tracing: { enabled: true } },
  user: 'user_1',
  rate_limits: { max_requests_per_1_minute: 10 },
  max_requests_per_1_minute: 10,
  status: 'active',
  chatkit_configuration: {},
};
const list = (data: readonly { id: string }[], has_more = false) => ({
  object: 'list',
  data,
  first_id: data[0]?.id ?? null,
  last_id: data.at(-1)?.id ?? null,
  has_more,
});

interface Bench extends Rig {
  readonly source: ThreadSource;
  readonly server: Server;
}

async function bench(
  t: TestContext,
  handler: Handler,
  connection: Partial<Connection> = {},
  options: RigOptions = {},
): Promise<Bench> {
  const server = await httpServer(t, handler);
  return { server, ...sourceFor(t, `${server.url}/v1`, connection, options) };
}

function sourceFor(t: TestContext, url: string, connection: Partial<Connection> = {}, options: RigOptions = {}) {
  const tools = rig(t, options);
  const source = createOpenAiSource({
    connection: { id: 'c', name: 'Mine', kind: 'openai', url, ...connection },
    transport: tools.transport,
    credentials: { headersFor: async () => ({ authorization: `Bearer ${key}` }) },
    log: tools.log,
  });
  return { source, ...tools };
}

async function errorOf(promise: Promise<unknown>): Promise<SourceError> {
  try {
    await promise;
  } catch (error) {
    if (isSourceError(error)) return error;
    throw error;
  }
  throw new Error('it worked');
}

describe('the six calls', () => {
  const calls: [
    name: string,
    call: (source: ThreadSource) => Promise<unknown> | undefined,
    method: string,
    url: string,
    body: string,
    answer: unknown,
  ][] = [
    [
      'list threads',
      (source) => source.listThreads({ limit: 20, order: 'desc' }, signal),
      'GET',
      '/v1/chatkit/threads?limit=20&order=desc',
      '',
      list([thread]),
    ],
    [
      'list threads with every parameter',
      (source) => source.listThreads({ limit: 2, order: 'asc', after: 'a/1', before: 'b&2', user: 'a b&c' }, signal),
      'GET',
      '/v1/chatkit/threads?limit=2&order=asc&after=a%2F1&before=b%262&user=a%20b%26c',
      '',
      list([thread]),
    ],
    [
      'get a thread',
      (source) => source.getThread('cthr_/..%', signal),
      'GET',
      '/v1/chatkit/threads/cthr_%2F..%25',
      '',
      thread,
    ],
    [
      'list items',
      (source) => source.listItems('cthr_1', { limit: 100, order: 'asc', after: 'cti_1' }, signal),
      'GET',
      '/v1/chatkit/threads/cthr_1/items?limit=100&order=asc&after=cti_1',
      '',
      list([item('cti_2')]),
    ],
    [
      'delete a thread',
      (source) => source.deleteThread('cthr_1', signal),
      'DELETE',
      '/v1/chatkit/threads/cthr_1',
      '',
      { id: 'cthr_1', object: 'chatkit.thread.deleted', deleted: true },
    ],
    [
      'create a session',
      (source) => source.sessions?.create({ workflow: { id: 'wf_1' }, user: 'u' }, signal),
      'POST',
      '/v1/chatkit/sessions',
      '{"workflow":{"id":"wf_1"},"user":"u"}',
      session,
    ],
    [
      'cancel a session',
      (source) => source.sessions?.cancel('cksess_1', signal),
      'POST',
      '/v1/chatkit/sessions/cksess_1/cancel',
      '',
      { ...session, status: 'cancelled', client_secret: '' },
    ],
  ];
  for (const [name, call, method, url, body, answer] of calls) {
    test(name, async (t) => {
      const { source, server } = await bench(t, (response) => sendJson(response, answer));
      await call(source);
      const [request] = server.requests;
      assert.deepEqual([request?.method, request?.url, request?.body], [method, url, body]);
      const headers = request?.headers ?? {};
      assert.equal(headers['authorization'], `Bearer ${key}`);
      assert.equal(headers['openai-beta'], 'chatkit_beta=v1');
      assert.equal(headers['accept'], 'application/json');
      assert.equal(headers['user-agent'], 'tests');
      assert.equal(headers['content-type'], body === '' ? undefined : 'application/json');
      assert.equal(headers['content-length'], method === 'POST' ? String(body.length) : undefined);
      assert.equal(headers['openai-organization'], undefined);
      assert.equal(headers['openai-project'], undefined);
      assert.equal(server.requests.length, 1);
    });

    test(`${name}: after the errors`, async (t) => {
      const { source, server, slept } = await bench(
        t,
        (response) =>
          sendJson(response, { error: { message: `No: ${key}`, type: 'invalid_request_error', code: null } }, 404),
        {},
        { maxRetries: 2 },
      );
      const error = await errorOf(call(source) ?? Promise.resolve());
      assert.equal(error.kind, 'notFound');
      assert.equal(error.message, 'No: •••');
      assert.equal(error.details.requestId, 'req_1');
      assert.equal(error.details.status, 404);
      assert.equal(server.requests.length, 1);
      assert.deepEqual(slept, []);
    });
  }

  test('organization, project, and a base URL with a slash and a query', async (t) => {
    const { server } = await bench(t, (response) => sendJson(response, thread));
    const { source } = sourceFor(t, `${server.url}/proxy/v1/?api-version=1`, {
      organization: 'org-1',
      project: 'proj_1',
    });
    await source.getThread('x', signal);
    const [request] = server.requests;
    assert.equal(request?.url, '/proxy/v1/chatkit/threads/x?api-version=1');
    assert.equal(request?.headers['openai-organization'], 'org-1');
    assert.equal(request?.headers['openai-project'], 'proj_1');
  });

  test('the session and its secret come apart', async (t) => {
    const { source, lines, records } = await bench(t, (response) => sendJson(response, session));
    const created = await source.sessions?.create({ user: 'u', workflow: { id: 'wf_1' } }, signal);
    assert.equal(created?.clientSecret, 'ek_canary_secret');
    assert.equal(created?.session.expiresAt, 1735689600000);
    assert.ok(!inspect([created?.session, lines, records], { depth: 9 }).includes('ek_canary'));
  });
});

describe('nothing is sent', () => {
  const body = (fields: object): CreateSession => ({ user: 'u', workflow: { id: 'w' }, ...fields });
  const refused: [
    name: string,
    call: (source: ThreadSource) => Promise<unknown> | undefined,
    message: RegExp,
    param?: string,
  ][] = [
    ['id ..', (source) => source.getThread('..', signal), /"\.\." cannot be an id/],
    ['id .', (source) => source.listItems('.', { limit: 1, order: 'asc' }, signal), /cannot be an id/],
    ['empty id', (source) => source.deleteThread('', signal), /cannot be an id/],
    ['half a character', (source) => source.getThread('\ud800', signal), /Half a character/],
    ['limit 0', (source) => source.listThreads({ limit: 0, order: 'asc' }, signal), /1 to 100/, 'limit'],
    ['limit 101', (source) => source.listItems('x', { limit: 101, order: 'asc' }, signal), /1 to 100/, 'limit'],
    ['limit 1.5', (source) => source.listThreads({ limit: 1.5, order: 'asc' }, signal), /1 to 100/, 'limit'],
    ['no user', (source) => source.listThreads({ limit: 1, order: 'asc', user: '' }, signal), /1 to 512/, 'user'],
    [
      'a long user',
      (source) => source.listThreads({ limit: 1, order: 'asc', user: 'x'.repeat(513) }, signal),
      /1 to 512/,
      'user',
    ],
    [
      'a session of 601 s',
      (source) => source.sessions?.create(body({ expires_after: { anchor: 'created_at', seconds: 601 } }), signal),
      /expires_after\.seconds must be at most 600/,
      'expires_after.seconds',
    ],
    [
      'a session with 65 variables',
      (source) => {
        const entries = Array.from({ length: 65 }, (_, index) => [`v${index}`, index] as const);
        return source.sessions?.create(
          body({ workflow: { id: 'w', state_variables: Object.fromEntries(entries) } }),
          signal,
        );
      },
      /workflow\.state_variables must not have more than 64/,
      'workflow.state_variables',
    ],
  ];
  for (const [name, call, message, param] of refused) {
    test(name, async (t) => {
      const { source, server } = await bench(t, (response) => sendJson(response, {}));
      const error = await errorOf(call(source) ?? Promise.resolve());
      assert.equal(error.kind, 'invalidRequest');
      assert.match(error.message, message);
      assert.equal(error.details.mayHaveArrived, false);
      if (param !== undefined) assert.equal(error.details.param, param);
      assert.equal(server.requests.length, 0);
    });
  }

  test('by a read-only connection', async (t) => {
    const { source, server } = await bench(t, (response) => sendJson(response, {}), { readOnly: true });
    assert.deepEqual(source.capabilities, {
      readOnly: true,
      delete: false,
      filterByUser: true,
      sessions: false,
      rename: false,
      send: false,
      retry: false,
      act: false,
      feedback: false,
      actAsUser: false,
    });
    assert.equal(source.sessions, undefined);
    const error = await errorOf(source.deleteThread('cthr_1', signal));
    assert.equal(error.kind, 'withheld');
    assert.match(error.message, /"Mine" is read-only/);
    assert.equal(server.requests.length, 0);
  });

  test('without credentials', async (t) => {
    const { server } = await bench(t, (response) => sendJson(response, thread));
    const tools = rig(t);
    const source = createOpenAiSource({
      connection: { id: 'c', name: 'Mine', kind: 'openai', url: `${server.url}/v1` },
      transport: tools.transport,
      credentials: {
        headersFor: (origin) => {
          assert.equal(origin, server.url);
          return Promise.reject(new SourceError('withheld', 'No key is saved.'));
        },
      },
      log: tools.log,
    });
    assert.equal((await errorOf(source.getThread('x', signal))).kind, 'withheld');
    assert.equal(server.requests.length, 0);
  });

  test('to an address that is not a URL', async (t) => {
    const { source } = sourceFor(t, 'api.openai.com/v1');
    const error = await errorOf(source.getThread('x', signal));
    assert.equal(error.kind, 'invalidRequest');
    assert.equal(error.nextStep, 'editConnection');
  });
});

describe('answers', () => {
  const answers: [name: string, send: Handler, kind: ErrorKind, message: RegExp, excerpt?: string][] = [
    [
      'a web page',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Welcome</h1>'),
      'invalidResponse',
      /web page instead of JSON/,
      'Welcome',
    ],
    [
      'an empty body',
      (response) => response.writeHead(200).end(),
      'invalidResponse',
      /answered 200 with an empty body/,
    ],
    [
      'JSON cut off',
      (response) => response.writeHead(200).end('{"object":"list","data":['),
      'invalidResponse',
      /damaged or cut off/,
      '{"object":"list","data":[',
    ],
    ['text', (response) => response.writeHead(200).end(`ok ${key}`), 'invalidResponse', /not JSON/, 'ok •••'],
    [
      'another object',
      (response) => sendJson(response, { ok: true }),
      'invalidResponse',
      /not a list: data: expected array/,
    ],
    ['null', (response) => sendJson(response, null), 'invalidResponse', /not a list: expected object/],
    [
      'an HTML 502',
      (response) => response.writeHead(502).end('<html>Bad gateway</html>'),
      'server',
      /502 with a web page/,
    ],
    [
      '429 with a long wait',
      (response) => sendJson(response, { error: { message: 'Slow' } }, 429, { 'retry-after': '120' }),
      'rateLimited',
      /^Slow$/,
    ],
    [
      'out of credit',
      (response) => sendJson(response, { error: { message: 'Pay', code: 'insufficient_quota' } }, 429),
      'quota',
      /^Pay$/,
    ],
  ];
  for (const [name, send, kind, message, excerpt] of answers) {
    test(name, async (t) => {
      const { source, lines } = await bench(t, send);
      const error = await errorOf(source.listThreads({ limit: 1, order: 'asc' }, signal));
      assert.equal(error.kind, kind, error.message);
      assert.match(error.message, message);
      if (excerpt !== undefined) assert.equal(error.details.excerpt, excerpt);
      if (kind === 'rateLimited') assert.equal(error.details.retryAfterMs, 120_000);
      assert.ok(!inspect([error, lines], { depth: 9 }).includes(key));
    });
  }

  test('a byte order mark is no error', async (t) => {
    const { source } = await bench(t, (response) => response.writeHead(200).end(`\ufeff${JSON.stringify(thread)}`));
    assert.equal((await source.getThread('cthr_1', signal)).title, 'T');
  });

  test('a thread that is none', async (t) => {
    const { source } = await bench(t, (response) => sendJson(response, {}));
    assert.equal((await errorOf(source.getThread('x', signal))).kind, 'invalidResponse');
  });

  test('a deletion that did not happen', async (t) => {
    const { source } = await bench(t, (response) => sendJson(response, { ...thread, deleted: false }));
    assert.equal((await errorOf(source.deleteThread('x', signal))).kind, 'server');
  });

  test('what waits is told', async (t) => {
    let left = 1;
    const server = await httpServer(t, (response) =>
      left-- > 0 ? sendJson(response, {}, 429, { 'retry-after': '2' }) : sendJson(response, thread),
    );
    const tools = rig(t, { maxRetries: 1 });
    const waits: unknown[] = [];
    const source = createOpenAiSource({
      connection: { id: 'c', name: 'Mine', kind: 'openai', url: server.url },
      transport: tools.transport,
      credentials: { headersFor: async () => ({}) },
      log: tools.log,
      onWait: (wait) => waits.push(wait),
    });
    await source.getThread('x', signal);
    assert.deepEqual(waits, [{ ms: 2000, attempt: 1, reason: 'The server answered 429.' }]);
  });
});

describe('creating a session is never done twice by itself', () => {
  const create = (source: ThreadSource) => source.sessions?.create({ user: 'u', workflow: { id: 'w' } }, signal);

  const rows: [name: string, send: Handler, requests: number][] = [
    ['500', (response) => sendJson(response, {}, 500), 1],
    ['409', (response) => sendJson(response, {}, 409), 1],
    ['429', (response) => sendJson(response, {}, 429), 3],
    ['500 with x-should-retry', (response) => sendJson(response, {}, 500, { 'x-should-retry': 'true' }), 3],
    ['a reset after the request', (_response, { socket }) => socket.resetAndDestroy(), 1],
  ];
  for (const [name, send, requests] of rows) {
    test(name, async (t) => {
      const { source, server } = await bench(t, send, {}, { maxRetries: 2 });
      const error = await errorOf(create(source) ?? Promise.resolve());
      assert.equal(server.requests.length, requests);
      if (name.startsWith('a reset')) assert.equal(error.details.mayHaveArrived, true);
    });
  }

  test('no answer in time', async (t) => {
    let connections = 0;
    const { url } = await rawServer(t, () => (connections += 1));
    const { source } = sourceFor(t, url, {}, { maxRetries: 2, timeoutMs: 50 });
    const error = await errorOf(create(source) ?? Promise.resolve());
    assert.deepEqual([error.kind, error.details.mayHaveArrived, connections], ['timeout', true, 1]);
  });
});

describe('pages', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `cti_${index + 1}`);
  const pad = 'x'.repeat(1000);

  /** Pages through `all` as the API would, each item with 1 kB of padding. */
  const serving =
    (all: readonly string[], large: ReadonlySet<string> = new Set()): Handler =>
    (response, { url }) => {
      const query = new URL(url, 'http://x').searchParams;
      const start = all.indexOf(query.get('after') ?? '') + 1;
      const page = all.slice(start, start + Number(query.get('limit')));
      const data = page.map((id) => ({ ...item(id), pad: large.has(id) ? pad.repeat(50) : pad }));
      sendJson(response, list(data, start + page.length < all.length));
    };

  const limits = (server: Server) =>
    server.requests.map(({ url }) => Number(new URL(url, 'http://x').searchParams.get('limit')));

  test('one after the other', async (t) => {
    const { source } = await bench(t, serving(ids(5)));
    const first = await source.listItems('x', { limit: 3, order: 'asc' }, signal);
    assert.deepEqual([first.data.map(({ id }) => id), first.hasMore, first.next], [ids(3), true, 'cti_3']);
    const second = await source.listItems('x', { limit: 3, order: 'asc', after: 'cti_3' }, signal);
    assert.deepEqual([second.data.map(({ id }) => id), second.hasMore, second.next], [['cti_4', 'cti_5'], false, null]);
  });

  test('too large: asked for in smaller ones and joined', async (t) => {
    const { source, server } = await bench(t, serving(ids(20)), {}, { maxBodyBytes: 6000 });
    const page = await source.listItems('x', { limit: 16, order: 'asc' }, signal);
    assert.deepEqual(
      page.data.map(({ id }) => id),
      ids(16),
    );
    assert.deepEqual([page.hasMore, page.next], [true, 'cti_16']);
    assert.deepEqual(limits(server), [16, 8, 4, 4, 4, 4]);
  });

  test('too large with an end and an odd size', async (t) => {
    const { source, server } = await bench(t, serving(ids(7)), {}, { maxBodyBytes: 6000 });
    const page = await source.listItems('x', { limit: 9, order: 'asc' }, signal);
    assert.deepEqual([page.data.length, page.hasMore, page.next], [7, false, null]);
    assert.deepEqual(limits(server), [9, 4, 4]);
  });

  test('a large one late in the page makes only the rest smaller', async (t) => {
    const { source, server } = await bench(t, serving(ids(8), new Set(['cti_7'])), {}, { maxBodyBytes: 52_000 });
    const page = await source.listItems('x', { limit: 8, order: 'asc' }, signal);
    assert.deepEqual(
      page.data.map(({ id }) => id),
      ids(8),
    );
    assert.deepEqual(limits(server), [8, 4, 4, 2, 2]);
  });

  test('one single element that is too large', async (t) => {
    const { source, server } = await bench(t, serving(ids(4), new Set(['cti_1'])), {}, { maxBodyBytes: 6000 });
    const error = await errorOf(source.listItems('x', { limit: 4, order: 'asc' }, signal));
    assert.equal(error.kind, 'tooLarge');
    assert.match(error.message, /One single element/);
    assert.deepEqual(limits(server), [4, 2, 1]);
  });

  test('broken elements do not sink a page', async (t) => {
    const { source, lines } = await bench(t, (response, { url }) =>
      sendJson(
        response,
        url.includes('/items')
          ? list([
              item('a'),
              { id: 'b', type: 'chatkit.new' } as never,
              null as never,
              { ...item('c'), heading: 7 } as never,
            ])
          : list([
              thread,
              { ...thread, id: 7 } as never,
              null as never,
              { ...thread, title: 7, id: 'cthr_2' } as never,
            ]),
      ),
    );
    const items = await source.listItems('x', { limit: 10, order: 'asc' }, signal);
    assert.deepEqual(
      items.data.map(({ kind }) => kind),
      ['task', 'unknown', 'unknown', 'unknown'],
    );
    assert.deepEqual(lines, []);
    const threads = await source.listThreads({ limit: 10, order: 'asc' }, signal);
    assert.deepEqual(
      threads.data.map(({ id, title }) => [id, title]),
      [
        ['cthr_1', 'T'],
        ['cthr_2', null],
      ],
    );
    assert.deepEqual(lines, ['2 elements of a list have no id and were left out.']);
  });

  const ends: [
    name: string,
    answer: object,
    after: string | undefined,
    hasMore: boolean,
    next: string | null,
    logged: number,
  ][] = [
    ['more, though nothing came', list([], true), undefined, false, null, 0],
    ['more, but the cursor repeats', list([item('a')], true), 'a', true, null, 1],
    ['more, without a cursor', { ...list([item('a')], true), last_id: null }, undefined, true, 'a', 0],
    ['no has_more', { data: [item('a')] }, undefined, false, null, 0],
  ];
  for (const [name, answer, after, hasMore, next, logged] of ends) {
    test(name, async (t) => {
      const { source, lines } = await bench(t, (response) => sendJson(response, answer));
      const query = { limit: 1, order: 'asc', ...(after === undefined ? {} : { after }) } as const;
      const page = await source.listItems('x', query, signal);
      assert.deepEqual([page.hasMore, page.next, lines.length], [hasMore, next, logged]);
    });
  }
});
