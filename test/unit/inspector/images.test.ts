import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toServerItem } from '../../../src/chatkit/common/wire/server/item.ts';
import { isImageSource } from '../../../src/widgets/common/grammar/imageSource.ts';
import { fetchImage, fetchNamedImage, imageOfItem, imagePolicy } from '../../../src/widgets/vscode/remoteImages.ts';
import type { HttpRequest, HttpResponse } from '../../../src/chatkit/node/transport/types.ts';

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
  test('fetches without credentials and returns a data: URL', async () => {
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
    test(`sends no request for ${url === '' ? 'an empty URL' : url}`, async () => {
      const wire = transport();
      await assert.rejects(fetchImage(wire, url, null, signal), { kind: 'withheld' });
      assert.equal(wire.requests.length, 0);
    });
  }

  test('allows plain http for this machine only', async () => {
    const wire = transport();
    await fetchImage(wire, 'http://127.0.0.1:8000/uploads/x.png', null, signal);
    await fetchImage(wire, 'http://localhost:8000/x.png', null, signal);
    assert.equal(wire.requests.length, 2);
  });

  for (const url of [
    'https://a.example/x.png',
    'http://127.0.0.1:8000/x.png',
    'http://127.4.5.6/x.png',
    'http://localhost/x.png',
    'http://[::1]:8000/x.png',
    'http://a.example/x.png',
    'http://127.0.0.1.a.example/x.png',
    'http://localhost.a.example/x.png',
    'http://0.0.0.0/x.png',
    'http://user:pw@127.0.0.1/x.png',
    'ftp://127.0.0.1/x.png',
  ]) {
    test(`a widget accepts ${url} exactly if it is loaded`, async () => {
      const wire = transport();
      const isLoaded = await fetchImage(wire, url, null, signal).then(
        () => true,
        () => false,
      );
      assert.equal(isImageSource(url), isLoaded);
    });
  }

  for (const [domains, allowed] of [
    [['a.example'], true],
    [['example'], true],
    [['b.example'], false],
    [[], false],
  ] as const) {
    test(`an image of a.example is ${allowed ? 'requested' : 'not requested'} if ${JSON.stringify(domains)} is allowed`, async () => {
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

  test('normalizes the content type', async () => {
    const wire = transport({ headers: { 'content-type': 'Image/SVG+XML; charset=utf-8' } });
    assert.match(await fetchImage(wire, 'https://a.example/x.svg', null, signal), /^data:image\/svg\+xml;base64,/);
  });
});

describe('an image of an item', () => {
  const limits = { policy: 'ask', domains: null } as const;
  const created_at = '2026-01-02T03:04:05';
  const message = (text: string) =>
    toServerItem(
      {
        id: 'msg_1',
        thread_id: 't',
        created_at,
        type: 'assistant_message',
        content: [{ type: 'output_text', text, annotations: [] }],
      },
      't',
    );

  test('is fetched when the item names its URL', async () => {
    const wire = transport();
    const item = message('Look: ![a cat](https://a.example/cat.png)');
    await imageOfItem(wire, item, 'https://a.example/cat.png', limits, signal);
    assert.equal(wire.requests[0]?.url, 'https://a.example/cat.png');
  });

  for (const url of [
    'https://a.example/cat.png?secret=1',
    'https://a.example/cat',
    'https://a.example/c%61t.png',
    'https://a.example/',
    'https://other.example/cat.png',
    'https://A.example/cat.png',
    'http://127.0.0.1:8000/cat.png',
    '',
  ]) {
    test(`${url === '' ? 'an empty URL' : url} is not requested, because the item does not name it`, async () => {
      const wire = transport();
      const item = message('Look: ![a cat](https://a.example/cat.png)');
      await assert.rejects(imageOfItem(wire, item, url, limits, signal), { kind: 'withheld' });
      assert.equal(wire.requests.length, 0);
    });
  }

  test('is not fetched while images are off', async () => {
    const wire = transport();
    const item = message('![a cat](https://a.example/cat.png)');
    const never = { policy: 'never', domains: null } as const;
    await assert.rejects(imageOfItem(wire, item, 'https://a.example/cat.png', never, signal), { kind: 'withheld' });
    assert.equal(wire.requests.length, 0);
  });

  test('of a widget must be named by the widget', async () => {
    const wire = transport();
    const widget = { type: 'Card', children: [{ type: 'Image', src: 'https://a.example/x.png' }] };
    await fetchNamedImage(wire, [widget], 'https://a.example/x.png', limits, signal);
    await assert.rejects(fetchNamedImage(wire, [widget], 'https://a.example/y.png', limits, signal), {
      kind: 'withheld',
    });
    assert.equal(wire.requests.length, 1);
  });
});

describe('the setting for images', () => {
  for (const [setting, isLive, policy] of [
    ['always', true, 'always'],
    ['always', false, 'ask'],
    ['ask', true, 'ask'],
    ['ask', false, 'ask'],
    ['never', true, 'never'],
    ['never', false, 'never'],
  ] as const) {
    test(`"${setting}" is "${policy}" for ${isLive ? 'a connection' : 'a file'}`, () =>
      assert.equal(imagePolicy(setting, isLive), policy));
  }
});
