import assert from 'node:assert/strict';
import { getEventListeners, once } from 'node:events';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { rig } from './client.ts';
import { httpServer, rawServer, sendJson } from './servers.ts';

describe('cancelling', () => {
  test('before anything is sent', async (t) => {
    const server = await httpServer(t, (response) => sendJson(response, {}));
    const { failure } = rig(t, { maxRetries: 2 });
    const error = await failure(server.url, { signal: AbortSignal.abort() });
    assert.equal(error.kind, 'cancelled');
    assert.equal(error.details.mayHaveArrived, false);
    assert.equal(server.requests.length, 0);
  });

  test('while connecting', async (t) => {
    const stop = new AbortController();
    const { url } = await rawServer(t, (socket) => socket.once('data', () => stop.abort()));
    const error = await rig(t).failure(url.replace('http:', 'https:'), { signal: stop.signal });
    assert.equal(error.kind, 'cancelled');
    assert.equal(error.details.mayHaveArrived, false);
  });

  test('while waiting for the answer closes the connection', async (t) => {
    const stop = new AbortController();
    let closed: Promise<unknown> | undefined;
    const { url } = await rawServer(t, (socket) => {
      closed = once(socket, 'close');
      socket.once('data', () => stop.abort());
    });
    const error = await rig(t, { maxRetries: 2 }).failure(url, { signal: stop.signal });
    assert.equal(error.kind, 'cancelled');
    assert.equal(error.message, 'Cancelled.');
    assert.equal(error.details.mayHaveArrived, true);
    await closed;
  });

  test('in the middle of the body', async (t) => {
    const stop = new AbortController();
    const { url } = await httpServer(t, (response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => stop.abort());
    });
    const error = await rig(t, { maxRetries: 2 }).failure(url, { signal: stop.signal });
    assert.equal(error.kind, 'cancelled');
  });

  test('while waiting for a retry', async (t) => {
    const stop = new AbortController();
    const server = await httpServer(t, (response) => sendJson(response, {}, 503));
    const { failure } = rig(t, {
      maxRetries: 2,
      clock: {
        sleep: async (_ms, signal) => {
          stop.abort();
          await sleep(60_000, undefined, { signal });
        },
      },
    });
    const error = await failure(server.url, { signal: stop.signal });
    assert.equal(error.kind, 'cancelled');
    assert.equal(server.requests.length, 1);
  });

  test('leaves no listener on the signal', async (t) => {
    const { url } = await httpServer(t, (response) => sendJson(response, {}));
    const { get } = rig(t);
    const { signal } = new AbortController();
    for (let index = 0; index < 3; index += 1) await get(url, { signal });
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });
});

test('closing the transport lets pending requests finish', async (t) => {
  const { get, transport } = rig(t);
  let closing: Promise<void> | undefined;
  const { url } = await httpServer(t, (response) => {
    closing = transport.close();
    sendJson(response, {});
  });
  assert.equal((await get(url)).status, 200);
  await closing;
});
