import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { isSourceError } from '../../../../src/chatkit/common/errors.ts';
import { rig, type Rig } from './client.ts';
import { httpServer, rawServer } from './servers.ts';

const open = ({ transport }: Rig, url: string, signal = new AbortController().signal) =>
  transport.stream({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    secretHeaders: {},
    body: '{}',
    retry: 'never',
    signal,
    label: 'threads.create',
  });

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += Buffer.from(chunk).toString('latin1');
  return text;
}

describe('streams', () => {
  test('return each chunk when it arrives', async (t) => {
    let write: (text: string) => void = () => {};
    let end = () => {};
    const { url, requests } = await httpServer(t, (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_2' }).flushHeaders();
      write = (text) => void response.write(text);
      end = () => void response.end();
    });
    const tools = rig(t);
    const { status, requestId, headers, chunks } = await open(tools, `${url}/chatkit`);
    assert.deepEqual([status, requestId, headers['content-type']], [200, 'req_2', 'text/event-stream']);
    const reader = chunks[Symbol.asyncIterator]();
    for (const piece of ['one', 'two']) {
      write(piece);
      const { value } = await reader.next();
      assert.equal(Buffer.from(value ?? []).toString(), piece);
    }
    assert.deepEqual(tools.records, [], 'logged when it is over');
    end();
    assert.equal((await reader.next()).done, true);
    assert.equal(requests[0]?.headers['accept-encoding'], 'identity');
    const [{ path, status: logged, bytes } = { path: '', status: 0, bytes: 0 }] = tools.records;
    assert.deepEqual([path, logged, bytes], ['/chatkit [threads.create]', 200, 6]);
  });

  test('ending the loop early closes the connection', async (t) => {
    let closed: Promise<unknown> | undefined;
    const { url } = await httpServer(t, (response, { socket }) => {
      closed = once(socket, 'close');
      response.writeHead(200).write('data');
    });
    for await (const _chunk of (await open(rig(t), url)).chunks) break;
    await closed;
  });

  test('a broken connection is an error after the received chunks', async (t) => {
    const { url } = await rawServer(t, (socket) =>
      socket.once('data', () => {
        socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\ndata\r\n');
      }),
    );
    const tools = rig(t);
    const { chunks } = await open(tools, url);
    let text = '';
    await assert.rejects(
      async () => {
        for await (const chunk of chunks) text += Buffer.from(chunk).toString();
      },
      (error) => isSourceError(error, 'network') && error.details.mayHaveArrived === true,
    );
    assert.equal(text, 'data');
    assert.equal(tools.records[0]?.error, 'network');
  });

  test('cancelling ends the loop', async (t) => {
    const stop = new AbortController();
    const { url } = await httpServer(t, (response) => void response.writeHead(200).write('data'));
    const { chunks } = await open(rig(t), url, stop.signal);
    await assert.rejects(
      async () => {
        for await (const _chunk of chunks) stop.abort();
      },
      (error) => isSourceError(error, 'cancelled'),
    );
  });

  test('silence is allowed, unless a limit is set', async (t) => {
    const { url } = await httpServer(t, (response) => void response.writeHead(200).write('data'));
    const { chunks } = await open(rig(t, { streamIdleTimeoutMs: 50 }), url);
    await assert.rejects(readAll(chunks), (error) => isSourceError(error, 'timeout'));
  });

  test('silence that exceeds the request timeout is not an error', async (t) => {
    let end = () => {};
    const { url } = await httpServer(t, (response) => {
      response.writeHead(200).write('data');
      end = () => void response.end('more');
    });
    const { chunks } = await open(rig(t, { timeoutMs: 500 }), url);
    const other = rig(t, { timeoutMs: 500 });
    const reader = chunks[Symbol.asyncIterator]();
    await reader.next();
    // By the time another request has run into the same timeout, the stream would have too.
    const { url: silent } = await rawServer(t, () => {});
    assert.equal((await other.failure(silent)).kind, 'timeout');
    end();
    assert.equal(Buffer.from((await reader.next()).value ?? []).toString(), 'more');
    assert.equal((await reader.next()).done, true);
  });

  test('are not retried', async (t) => {
    const { url, requests } = await httpServer(t, (response) => response.writeHead(503).end('busy'));
    const { status, chunks } = await open(rig(t, { maxRetries: 2 }), url);
    assert.equal(status, 503);
    assert.equal(await readAll(chunks), 'busy');
    assert.equal(requests.length, 1);
  });
});
