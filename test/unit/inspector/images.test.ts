import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fetchImage } from '../../../src/features/inspector/images.ts';
import type { HttpRequest, HttpResponse } from '../../../src/io/transport/types.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

function transport(reply: Partial<HttpResponse> = {}) {
  const requests: HttpRequest[] = [];
  return {
    requests,
    request: async (request: HttpRequest): Promise<HttpResponse> => {
      requests.push(request);
      return { status: 200, headers: { 'content-type': 'image/png' }, requestId: null, body: png, ...reply };
    },
  };
}
const signal = new AbortController().signal;

describe('fetchImage', () => {
  test('fetches without credentials and gives a data: URL', async () => {
    const wire = transport();
    assert.equal(await fetchImage(wire, 'https://a.example/x.png', null, signal), 'data:image/png;base64,iVBORw==');
    const [request] = wire.requests;
    assert.deepEqual(request?.secretHeaders, {});
    assert.deepEqual(Object.keys(request?.headers ?? {}), ['accept']);
  });

  for (const url of [
    'http://a.example/x.png',
    'https://user:password@a.example/x.png',
    'https://user@a.example/x.png',
    'file:///etc/passwd',
    'ftp://a.example/x.png',
    'javascript:alert(1)',
    'vscode://x',
    '/x.png',
    'not an address',
    '',
  ]) {
    test(`asks nobody for ${url === '' ? 'nothing' : url}`, async () => {
      const wire = transport();
      await assert.rejects(fetchImage(wire, url, null, signal), { kind: 'withheld' });
      assert.equal(wire.requests.length, 0);
    });
  }

  test('plain http goes to this machine only', async () => {
    const wire = transport();
    await fetchImage(wire, 'http://127.0.0.1:8000/uploads/x.png', null, signal);
    await fetchImage(wire, 'http://localhost:8000/x.png', null, signal);
    assert.equal(wire.requests.length, 2);
  });

  for (const [domains, allowed] of [
    [['a.example'], true],
    [['example'], true],
    [['b.example'], false],
    [[], false],
  ] as const) {
    test(`a thread that allows ${JSON.stringify(domains)}: ${allowed ? 'asked' : 'not asked'}`, async () => {
      const wire = transport();
      const fetched = fetchImage(wire, 'https://a.example/x.png', domains, signal);
      if (allowed) await fetched;
      else await assert.rejects(fetched, { kind: 'withheld' });
      assert.equal(wire.requests.length, allowed ? 1 : 0);
    });
  }

  for (const [what, reply, kind] of [
    ['a page', { headers: { 'content-type': 'text/html; charset=utf-8' } }, 'invalidResponse'],
    ['no type', { headers: {} }, 'invalidResponse'],
    ['a type that only looks like one', { headers: { 'content-type': 'image/png+html' } }, 'invalidResponse'],
    ['a status', { status: 500 }, 'invalidResponse'],
    ['nothing there', { status: 404 }, 'notFound'],
    ['a redirect', { status: 302 }, 'invalidResponse'],
    ['too much', { body: new Uint8Array(20 * 1024 * 1024 + 1) }, 'tooLarge'],
  ] as const) {
    test(`${what} is not an image`, async () => {
      await assert.rejects(fetchImage(transport(reply), 'https://a.example/x', null, signal), { kind });
    });
  }

  test('the type is written as a browser takes it', async () => {
    const wire = transport({ headers: { 'content-type': 'Image/SVG+XML; charset=utf-8' } });
    assert.match(await fetchImage(wire, 'https://a.example/x.svg', null, signal), /^data:image\/svg\+xml;base64,/);
  });
});
