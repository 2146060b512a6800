import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RuleName } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
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
      'The server returned 500: Internal Server Error.',
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
      'The server returned 404: Not Found.',
    ],
    [
      '401',
      (response) => sendJson(response, { error: { message: 'Who?' } }, 401),
      'unauthorized',
      'The server returned 401: Who?.',
    ],
    ['403', (response) => sendJson(response, { error: 'No' }, 403), 'forbidden', 'The server returned 403: No.'],
    [
      '422 of FastAPI',
      (response) => sendJson(response, { detail: [{ loc: ['body', 'limit'], msg: 'too big' }] }, 422),
      'invalidRequest',
      'The server returned 422: body.limit: too big.',
    ],
    [
      'an HTML error',
      (response) => response.writeHead(500).end('<!doctype html><pre>Error</pre>'),
      'server',
      'The server returned 500.',
    ],
    [
      'an echo of the secret',
      (response, { headers }) => response.writeHead(400).end(`bad ${headers['x-tenant-key']}`),
      'invalidRequest',
      'The server returned 400: bad •••.',
    ],
    ['an empty body', (response) => response.end(), 'invalidResponse', /empty body/],
    ['a web page', (response) => response.end('<html>hi</html>'), 'invalidResponse', /web page/],
    ['another object', (response) => sendJson(response, {}), 'invalidResponse', /not the one of this command/],
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
  type Page = { data: unknown[]; has_more?: boolean; after?: string | number | null };
  const serve =
    (pages: Readonly<Record<string | number, Page>>): Handler =>
    (response, { body }) => {
      const { params } = JSON.parse(body) as { params: { after?: string | number } };
      sendJson(response, pages[params.after ?? ''] ?? { data: [], has_more: false });
    };
  const rows: [
    name: string,
    pages: Record<string, Page>,
    ids: string[],
    next: string | null,
    hasMore: boolean,
    requests: number,
    rules: RuleName[],
  ][] = [
    ['short, with more', { '': { data: [item('a')], has_more: true, after: '1' } }, ['a'], '1', true, 1, []],
    [
      'empty, with more',
      {
        '': { data: [], has_more: true, after: '1' },
        '1': { data: [], has_more: true, after: '2' },
        '2': { data: [item('b')], has_more: false },
      },
      ['b'],
      null,
      false,
      3,
      [],
    ],
    [
      'the cursor it was asked with',
      { '': { data: [], has_more: true, after: '1' }, '1': { data: [item('a')], has_more: true, after: '1' } },
      ['a'],
      null,
      true,
      2,
      ['repeatedCursor'],
    ],
    [
      'a cursor that repeats earlier pages',
      {
        '': { data: [], has_more: true, after: '1' },
        '1': { data: [], has_more: true, after: '2' },
        '2': { data: [], has_more: true, after: '1' },
      },
      [],
      null,
      true,
      3,
      ['repeatedCursor'],
    ],
    [
      'more, but not where',
      { '': { data: [item('a')], has_more: true, after: null } },
      ['a'],
      'a',
      true,
      1,
      ['hasMoreWithoutCursor'],
    ],
    [
      'a number as cursor',
      { '': { data: [], has_more: true, after: 5 }, 5: { data: [item('c')], has_more: false } },
      ['c'],
      null,
      false,
      2,
      ['numericCursor'],
    ],
    ['a cursor at the end', { '': { data: [item('a')], has_more: false, after: 'x' } }, ['a'], null, false, 1, []],
    ['bare', { '': { data: [item('a')] } }, ['a'], null, false, 1, ['missingHasMore']],
  ];
  for (const [name, pages, ids, next, hasMore, requests, rules] of rows) {
    test(name, async (t) => {
      const { source, server, rules: found } = await bench(t, serve(pages));
      const page = await source.listItems('thr_1', { limit: 20, order: 'desc' }, signal);
      assert.deepEqual(
        page.data.map(({ id }) => id),
        ids,
      );
      assert.deepEqual([page.next, page.hasMore], [next, hasMore]);
      assert.equal(server.requests.length, requests);
      assert.deepEqual(found(), rules);
    });
  }

  test('a number as cursor is sent back as a number', async (t) => {
    const { source, server } = await bench(
      t,
      serve({ '': { data: [item('a')], has_more: true, after: 1 }, 1: { data: [item('b')], has_more: false } }),
    );
    const { next } = await source.listItems('x', { limit: 1, order: 'asc' }, signal);
    await source.listItems('x', { limit: 1, order: 'asc', after: next ?? '' }, signal);
    assert.equal((JSON.parse(server.requests[1]?.body ?? '') as { params: { after: unknown } }).params.after, 1);
  });

  test('endless empty pages end, and are reported', async (t) => {
    let count = 0;
    const { source, rules } = await bench(t, (response) =>
      sendJson(response, { data: [], has_more: true, after: `${count++}` }),
    );
    const page = await source.listItems('x', { limit: 1, order: 'asc' }, signal);
    assert.deepEqual(page, { data: [], hasMore: true, next: null });
    assert.deepEqual(rules(), ['emptyPageLoop']);
    assert.ok(count < 100);
  });

  test('threads without an id are omitted, and reported', async (t) => {
    const { source, rules } = await bench(t, serve({ '': { data: [thread, { title: 'x' }, null], has_more: false } }));
    assert.equal((await source.listThreads({ limit: 9, order: 'asc' }, signal)).data.length, 1);
    assert.deepEqual(rules(), ['invalidElement', 'missingId']);
  });

  describe('a server that ignores the order', () => {
    const all = [1, 2, 3, 4, 5].map((n) => ({ ...item(`i${n}`), created_at: `2026-01-02T03:0${n}:00Z` }));
    const ids = (page: { data: readonly { id: string }[] }) => page.data.map(({ id }) => id).join(' ');

    test('the whole list is loaded and reversed', async (t) => {
      const { source, rules } = await bench(t, (response, { body }) => {
        const { limit, after } = (JSON.parse(body) as { params: { limit: number; after?: string } }).params;
        const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
        const data = all.slice(from, from + limit);
        sendJson(response, { data, has_more: from + limit < all.length, after: data.at(-1)?.id });
      });
      const page = await source.listItems('thr_1', { limit: 2, order: 'desc' }, signal);
      assert.equal(ids(page), 'i5 i4 i3 i2 i1');
      assert.deepEqual([page.hasMore, page.next], [false, null]);
      assert.deepEqual(rules(), ['orderIgnored']);
    });

    test('a list of threads by activity is not treated as a list in the opposite order', async (t) => {
      const byActivity = ['b', 'c', 'a'].map((id) => ({
        ...thread,
        id: `thr_${id}`,
        created_at: `2026-01-0${id.charCodeAt(0) - 96}T00:00:00Z`,
      }));
      const two = byActivity.slice(0, 2);
      const { source, rules } = await bench(t, (response, { body }) => {
        const { order } = (JSON.parse(body) as { params: { order: string } }).params;
        sendJson(response, { data: order === 'desc' ? two : two.toReversed(), has_more: false });
      });
      assert.equal(ids(await source.listThreads({ limit: 2, order: 'desc' }, signal)), 'thr_b thr_c');
      assert.deepEqual(rules(), []);
    });
  });
});
