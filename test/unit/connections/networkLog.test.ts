import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import type { HttpRequest } from '../../../src/chatkit/node/transport/types.ts';
import { NetworkLog } from '../../../src/connections/vscode/networkLog.ts';
import { bodyOf, requestAsCurl } from '../../../src/eventLog/vscode/requests.ts';
import { rig } from '../chatkit/transport/client.ts';
import { httpServer, sendJson, type Handler } from '../chatkit/transport/servers.ts';

const secret = 'tenant-canary-8899';
const { signal } = new AbortController();

async function sent(t: TestContext, handler: Handler, more: Partial<HttpRequest> = {}, maxRetries = 0) {
  const { url } = await httpServer(t, handler);
  const log = new NetworkLog();
  let changes = 0;
  log.onDidChange(() => (changes += 1));
  const transport = log.observe('c', rig(t, { maxRetries }).transport);
  const request: HttpRequest = {
    method: 'POST',
    url: `${url}/chatkit?token=${secret}`,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    secretHeaders: { 'X-Key': secret },
    body: JSON.stringify({ type: 'items.list', params: { thread_id: 'thr_1' } }),
    retry: 'never',
    signal,
    label: 'items.list',
    ...more,
  };
  return { log, transport, request, changes: () => changes };
}

describe('the network log', () => {
  test('contains the command, its headers and parameters, and the response with its times', async (t) => {
    const { log, transport, request, changes } = await sent(t, (response) => {
      response.setHeader('x-echo', `Bearer ${secret}`);
      response.setHeader('set-cookie', 'session=1');
      sendJson(response, { data: [] });
    });
    await transport.request(request);
    const [exchange] = log.of('c', 'thr_1');
    assert.ok(exchange);
    const { command, method, headers, attempts } = exchange;
    assert.deepEqual([command, method], ['items.list', 'POST']);
    assert.deepEqual(headers, { accept: 'application/json', 'content-type': 'application/json', 'x-key': null });
    assert.deepEqual(JSON.parse(bodyOf(exchange).text), { type: 'items.list', params: { thread_id: 'thr_1' } });
    const [attempt] = attempts;
    assert.ok(attempt && attempts.length === 1);
    assert.deepEqual([attempt.status, attempt.error, attempt.headers['set-cookie']], [200, null, null]);
    const { connectedMs, firstByteMs, endMs } = attempt;
    assert.ok(connectedMs !== null && firstByteMs !== null && endMs !== null);
    assert.ok(connectedMs <= firstByteMs && firstByteMs <= endMs);
    assert.ok(changes() >= 3, 'start, headers and end');
    assert.ok(!inspect(exchange, { depth: 9 }).includes(secret), 'no secret, even if the server echoes it');
    assert.deepEqual(log.of('c', 'thr_2'), []);
    assert.deepEqual(log.of('d'), []);
  });

  test('contains a stream while it is open, and its end', async (t) => {
    const { log, transport, request } = await sent(t, (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('data: {}\n\n');
    });
    const { chunks } = await transport.stream(request);
    assert.equal(log.of('c')[0]?.attempts[0]?.endMs, null);
    for await (const _chunk of chunks);
    const attempt = log.of('c')[0]?.attempts[0];
    assert.ok(attempt?.endMs !== null && attempt?.bytes === 10);
  });

  test('contains every attempt', async (t) => {
    let count = 0;
    const { log, transport, request } = await sent(
      t,
      (response) => sendJson(response, {}, (count += 1) === 1 ? 503 : 200),
      { retry: 'whenBusy' },
      2,
    );
    await transport.request(request);
    assert.deepEqual(
      log.of('c')[0]?.attempts.map(({ status }) => status),
      [503, 200],
    );
  });

  test('names the thread that a request has created', async (t) => {
    const body = JSON.stringify({ type: 'threads.create', params: { input: {} } });
    const { log, transport, request } = await sent(t, (response) => sendJson(response, {}), {
      body,
      label: 'threads.create',
    });
    await transport.request(request);
    assert.deepEqual(log.of('c', 'thr_new'), []);
    log.noteCreated('c', 'thr_new');
    assert.equal(log.of('c', 'thr_new').length, 1);
  });

  test('is limited', async (t) => {
    const { log, transport, request } = await sent(t, (response) => sendJson(response, {}), {
      body: 'x'.repeat(200_000),
    });
    for (let n = 0; n < 310; n += 1) await transport.request(request);
    assert.equal(log.of('c').length, 300);
    assert.deepEqual(bodyOf(log.of('c')[0] as never), { text: 'x'.repeat(65_536), clipped: true, length: 200_000 });
  });

  test('a copied command has the same headers, and variables for secrets', async (t) => {
    const { log, transport, request } = await sent(t, (response) => sendJson(response, {}));
    await transport.request(request);
    const command = requestAsCurl(log.of('c')[0] as never);
    assert.match(command, /-H 'accept: application\/json'/);
    assert.match(command, /-H "x-key: \$X_KEY"/);
    assert.match(command, /--data-raw '\{"type":"items\.list"/);
    assert.ok(!command.includes(secret));
  });
});
