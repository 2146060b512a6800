import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import type { ErrorKind } from '../../../../src/chatkit/common/errors.ts';
import { sendJson, type Handler } from '../transport/servers.ts';
import { bench, errorOf, item, secret, signal, thread } from './serverBench.ts';

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

  test('a request is retried after a busy response but not after a 500', async (t) => {
    for (const [status, requests] of [
      [500, 1],
      [503, 3],
    ] as const) {
      const { source, server } = await bench(t, (response) => response.writeHead(status).end(), {}, { maxRetries: 2 });
      await errorOf(source.getThread('x', signal));
      assert.equal(server.requests.length, requests);
    }
  });

  test('a changing request is sent once', async (t) => {
    const { source, server } = await bench(t, (_response, { socket }) => socket.destroy(), {}, { maxRetries: 2 });
    await errorOf(source.conversation?.sendFeedback('t', ['a'], 'positive', signal));
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

  test('rejects endless empty pages', async (t) => {
    let count = 0;
    const { source } = await bench(t, (response) =>
      sendJson(response, { data: [], has_more: true, after: `${count++}` }),
    );
    assert.equal((await errorOf(source.listItems('x', { limit: 1, order: 'asc' }, signal))).kind, 'invalidResponse');
    assert.ok(count < 100);
  });

  test('threads without an id are omitted and counted', async (t) => {
    const { source, lines } = await bench(t, serve({ '': { data: [thread, { title: 'x' }, null] } }));
    assert.equal((await source.listThreads({ limit: 9, order: 'asc' }, signal)).data.length, 1);
    assert.deepEqual(lines, ['2 elements of a list have no id and were left out.']);
  });
});
