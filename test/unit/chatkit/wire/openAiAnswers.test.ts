import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import type { ErrorKind } from '../../../../src/chatkit/common/errors.ts';
import type { ThreadSource } from '../../../../src/chatkit/common/threadSource.ts';
import { createOpenAiSource } from '../../../../src/chatkit/node/openai/openAiSource.ts';
import { rig } from '../transport/client.ts';
import { httpServer, rawServer, sendJson, type Handler } from '../transport/servers.ts';
import { bench, errorOf, key, signal, sourceFor, thread } from './openAiBench.ts';

describe('answers', () => {
  const answers: [name: string, send: Handler, kind: ErrorKind, message: RegExp, excerpt?: string][] = [
    [
      'a web page',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Welcome</h1>'),
      'invalidResponse',
      /is a web page, not JSON/,
      'Welcome',
    ],
    ['an empty body', (response) => response.writeHead(200).end(), 'invalidResponse', /\(200\) has an empty body/],
    [
      'JSON cut off',
      (response) => response.writeHead(200).end('{"object":"list","data":['),
      'invalidResponse',
      /is cut off/,
      '{"object":"list","data":[',
    ],
    ['text', (response) => response.writeHead(200).end(`ok ${key}`), 'invalidResponse', /not JSON/, 'ok •••'],
    ['another object', (response) => sendJson(response, { ok: true }), 'invalidResponse', /not a list/],
    ['null', (response) => sendJson(response, null), 'invalidResponse', /not a list/],
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

  test('a byte order mark is not an error', async (t) => {
    const { source } = await bench(t, (response) => response.writeHead(200).end(`\ufeff${JSON.stringify(thread)}`));
    assert.equal((await source.getThread('cthr_1', signal)).title, 'T');
  });

  test('rejects a response that is not a thread', async (t) => {
    const { source } = await bench(t, (response) => sendJson(response, {}));
    assert.equal((await errorOf(source.getThread('x', signal))).kind, 'invalidResponse');
  });

  test('rejects a deletion that the server did not confirm', async (t) => {
    const { source } = await bench(t, (response) => sendJson(response, { ...thread, deleted: false }));
    assert.equal((await errorOf(source.deleteThread('x', signal))).kind, 'server');
  });

  test('a wait before a retry is reported', async (t) => {
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
      onWait: (wait) => waits.push(wait),
    });
    await source.getThread('x', signal);
    assert.deepEqual(waits, [{ ms: 2000, attempt: 1, reason: 'The server returned 429.' }]);
  });
});

describe('creating a session is never retried automatically', () => {
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

  test('after a timeout', async (t) => {
    let connections = 0;
    const { url } = await rawServer(t, () => (connections += 1));
    const { source } = sourceFor(t, url, {}, { maxRetries: 2, timeoutMs: 500 });
    const error = await errorOf(create(source) ?? Promise.resolve());
    assert.deepEqual([error.kind, error.details.mayHaveArrived, connections], ['timeout', true, 1]);
  });
});
