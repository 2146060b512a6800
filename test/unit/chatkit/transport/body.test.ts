import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { rig } from './client.ts';
import { httpServer, rawServer } from './servers.ts';

const text = 'grüße '.repeat(1000);
const maxBodyBytes = 100_000;

describe('bodies', () => {
  const encodings: [name: string, encoding: string | null, encode: (body: Buffer) => Buffer][] = [
    ['plain', null, (body) => body],
    ['identity', 'identity', (body) => body],
    ['gzip', 'gzip', gzipSync],
    ['gzip, shouted', 'GZIP', gzipSync],
    ['deflate', 'deflate', deflateSync],
    ['brotli', 'br', brotliCompressSync],
    ['two at once', 'gzip, br', (body) => brotliCompressSync(gzipSync(body))],
  ];
  for (const [name, encoding, encode] of encodings) {
    test(name, async (t) => {
      const sent = encode(Buffer.from(text));
      const { url, requests } = await httpServer(t, (response) => {
        response.writeHead(200, encoding === null ? {} : { 'content-encoding': encoding });
        response.end(sent);
      });
      const { get, records } = rig(t, { maxBodyBytes });
      assert.equal(Buffer.from((await get(url)).body).toString('utf8'), text);
      assert.equal(records[0]?.bytes, sent.length, 'the log counts the bytes that were received');
      assert.equal(requests[0]?.headers['accept-encoding'], 'gzip, br');
    });
  }

  const unreadable: [name: string, encoding: string, body: Buffer, message: RegExp][] = [
    ['an unknown encoding', 'zip', Buffer.from('x'), /not supported: zip/],
    ['too many encodings', 'gzip, gzip, gzip, gzip, gzip', Buffer.from('x'), /not supported/],
    ['damaged', 'gzip', Buffer.from('not gzip at all'), /cannot be decompressed/],
    ['cut off', 'gzip', gzipSync(text).subarray(0, 40), /cannot be decompressed/],
  ];
  for (const [name, encoding, body, message] of unreadable) {
    test(`${name} is an invalid answer`, async (t) => {
      const { url } = await httpServer(t, (response) => {
        response.writeHead(200, { 'content-encoding': encoding, 'x-request-id': 'req_7' });
        response.end(body);
      });
      const error = await rig(t, { maxRetries: 2 }).failure(url);
      assert.equal(error.kind, 'invalidResponse');
      assert.match(error.message, message);
      assert.equal(error.details.status, 200);
      assert.equal(error.details.requestId, 'req_7');
    });
  }

  const tooLarge: [name: string, send: (response: import('node:http').ServerResponse) => void][] = [
    [
      'announced',
      (response) => {
        response.writeHead(200, { 'content-length': maxBodyBytes + 1 });
        response.write('x');
      },
    ],
    ['not announced', (response) => void response.writeHead(200).end(Buffer.alloc(maxBodyBytes + 1, 'x'))],
    [
      'a bomb',
      (response) =>
        void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000, 'x'))),
    ],
  ];
  for (const [name, send] of tooLarge) {
    test(`over the cap: ${name}`, async (t) => {
      const server = await httpServer(t, send);
      const { failure, records } = rig(t, { maxBodyBytes, maxRetries: 2 });
      const error = await failure(server.url);
      assert.equal(error.kind, 'tooLarge');
      assert.equal(server.requests.length, 1);
      assert.ok((records[0]?.bytes ?? 0) < 1_000_000);
    });
  }

  test('exactly as large as the cap', async (t) => {
    const { url } = await httpServer(t, (response) => response.end(Buffer.alloc(maxBodyBytes, 'x')));
    assert.equal((await rig(t, { maxBodyBytes }).get(url)).body.length, maxBodyBytes);
  });

  test('empty', async (t) => {
    const { url } = await httpServer(t, (response) => response.writeHead(204, { 'content-encoding': 'gzip' }).end());
    assert.equal((await rig(t).get(url)).body.length, 0);
  });

  test('a large body that arrives faster than it is read is complete', async (t) => {
    const large = Buffer.alloc(30_000_000, 'abcdefgh');
    const { url } = await httpServer(t, (response) => response.end(large));
    const { body } = await rig(t, { maxBodyBytes: large.length }).get(url);
    assert.ok(large.equals(body));
  });

  test('an informational response before the final one is skipped', async (t) => {
    const { url } = await rawServer(t, (socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'),
      ),
    );
    const response = await rig(t).get(url);
    assert.equal(response.status, 200);
    assert.equal(Buffer.from(response.body).toString(), 'ok');
  });
});
