import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { NetworkSettings } from '../../../../src/chatkit/node/transport/types.ts';
import { makeCertificate } from './certificates.ts';
import { rig } from './client.ts';
import { closedPort, httpServer, httpsServer, proxyServer, rawServer, sendJson, type Server } from './servers.ts';

const identity = makeCertificate({ name: 'chatkit.example', hosts: ['chatkit.example'] });
const unknownHost = 'https://chatkit.invalid/v1?limit=1';

/** What the editor's fetch does for us: it reaches a host that we cannot, here by leading every host to one server. */
function editorFetchTo(server: Server, calls: string[] = []): typeof fetch {
  return async (input, init) => {
    calls.push(String(input));
    const { pathname, search } = new URL(String(input));
    return fetch(`${server.url}${pathname}${search}`, init);
  };
}
const unreachable: typeof fetch = () =>
  Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ENOTFOUND' }) }));

describe('the editor’s own fetch serves where only it can', () => {
  type Reason = (t: TestContext, server: Server) => Promise<{ url: string; network?: Partial<NetworkSettings> }>;
  const reasons: [name: string, failures: string[], start: Reason][] = [
    ['a name that only a proxy script resolves', ['network'], async () => ({ url: unknownHost })],
    [
      'a proxy that has to be signed in to',
      ['proxy'],
      async (t) => ({
        url: 'https://chatkit.example/v1?limit=1',
        network: { proxy: (await proxyServer(t, { to: 1, authorization: 'Negotiate x' })).url },
      }),
    ],
    [
      'a SOCKS proxy',
      ['proxy'],
      async () => ({ url: 'https://chatkit.example/v1?limit=1', network: { proxy: 'socks5://127.0.0.1:1' } }),
    ],
    [
      'a certificate that only the editor trusts, not even the system',
      ['tls', 'tls'],
      async (t) => {
        const secure = await httpsServer(t, identity, (response) => sendJson(response, {}));
        const proxy = await proxyServer(t, { to: secure.port });
        return { url: 'https://chatkit.example/v1?limit=1', network: { proxy: proxy.url } };
      },
    ],
  ];
  for (const [name, failures, start] of reasons) {
    test(name, async (t) => {
      const server = await httpServer(t, (response) => sendJson(response, { ok: true }));
      const calls: string[] = [];
      const { url, network = {} } = await start(t, server);
      const { get, transport, lines, records } = rig(t, { network, editorFetch: editorFetchTo(server, calls) });
      const response = await get(url, { secretHeaders: { authorization: 'Bearer sk-abcdefgh' } });
      assert.equal(response.status, 200);
      assert.equal(Buffer.from(response.body).toString(), '{"ok":true}');
      assert.equal(server.requests[0]?.url, '/v1?limit=1');
      assert.equal(server.requests[0]?.headers.authorization, 'Bearer sk-abcdefgh');
      assert.equal(transport.routeTo(new URL(url).origin)?.via, 'editorFetch');
      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? '', /is now reached over the editor's own fetch\. Previous error: /);
      assert.deepEqual(
        records.map(({ error, status }) => error ?? status),
        [...failures, 200],
      );

      await get(url);
      assert.equal(
        records.length,
        failures.length + 2,
        'the same way is used again, without another attempt over the first',
      );
      assert.equal(calls.length, 2);
    });
  }
});

describe('the editor’s own fetch is left alone', () => {
  const cases: [
    name: string,
    start: (t: TestContext) => Promise<{ url: string; network?: Partial<NetworkSettings> }>,
  ][] = [
    ['for loopback', async () => ({ url: `http://127.0.0.1:${await closedPort()}` })],
    ['where proxies are off', async () => ({ url: unknownHost, network: { proxySupport: 'off' } })],
    ['for an exception', async () => ({ url: unknownHost, network: { noProxy: ['chatkit.invalid'] } })],
    [
      'where the configured proxy is away',
      async () => ({ url: unknownHost, network: { proxy: `http://127.0.0.1:${await closedPort()}` } }),
    ],
    [
      'where the proxy forbids the connection',
      async (t) => ({ url: unknownHost, network: { proxy: (await proxyServer(t, { to: 1, status: 403 })).url } }),
    ],
  ];
  for (const [name, start] of cases) {
    test(name, async (t) => {
      const calls: string[] = [];
      const server = await httpServer(t, (response) => sendJson(response, {}));
      const { url, network = {} } = await start(t);
      await rig(t, { network, editorFetch: editorFetchTo(server, calls) }).failure(url);
      assert.deepEqual(calls, []);
    });
  }

  test('for a certificate on loopback', async (t) => {
    const calls: string[] = [];
    const server = await httpServer(t, (response) => sendJson(response, {}));
    const secure = await httpsServer(t, identity, (response) => sendJson(response, {}));
    const error = await rig(t, { editorFetch: editorFetchTo(server, calls) }).failure(secure.url);
    assert.equal(error.kind, 'tls');
    assert.deepEqual(calls, []);
  });

  test('after the request may have arrived', async (t) => {
    const calls: string[] = [];
    const server = await httpServer(t, (response) => sendJson(response, {}));
    const reset = await rawServer(t, (socket) => socket.once('data', () => socket.resetAndDestroy()));
    // An address that leads here, but is not one of loopback's.
    const url = `http://0.0.0.0:${reset.port}/v1`;
    const options = { allowInsecureHttp: () => true, editorFetch: editorFetchTo(server, calls) };
    const error = await rig(t, options).failure(url, { method: 'POST', body: '{}', retry: 'onlyIfNotArrived' });
    assert.equal(error.details.mayHaveArrived, true);
    assert.deepEqual(calls, []);
  });
});

describe('over the editor’s own fetch', () => {
  const through = (t: TestContext, server: Server, options: Parameters<typeof rig>[1] = {}) =>
    rig(t, { editorFetch: editorFetchTo(server), ...options });

  test('a POST has its body, and an error status is an answer', async (t) => {
    const server = await httpServer(t, (response) => sendJson(response, { error: 1 }, 401));
    const response = await through(t, server).get(unknownHost, { method: 'POST', body: '{"a":1}', retry: 'never' });
    assert.equal(response.status, 401);
    assert.equal(server.requests[0]?.body, '{"a":1}');
  });

  test('compressed bodies are not decompressed twice', async (t) => {
    const server = await httpServer(t, (response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello'));
    });
    assert.equal(Buffer.from((await through(t, server).get(unknownHost)).body).toString(), 'hello');
  });

  test('redirects to another origin are refused there too', async (t) => {
    const server = await httpServer(t, (response) =>
      response.writeHead(302, { location: 'https://evil.example/' }).end(),
    );
    const error = await through(t, server).failure(unknownHost);
    assert.equal(error.kind, 'invalidResponse');
    assert.match(error.message, /redirects to https:\/\/evil\.example/);
    assert.equal(server.requests.length, 1);
  });

  test('when it fails too, the first failure is reported, and only the first attempt tries the other way', async (t) => {
    let calls = 0;
    const { failure, records, transport } = rig(t, {
      maxRetries: 2,
      editorFetch: (...args) => {
        calls += 1;
        return unreachable(...args);
      },
    });
    const error = await failure(unknownHost);
    assert.equal(error.kind, 'network');
    assert.match(error.message, /chatkit\.invalid/);
    assert.equal(error.details.mayHaveArrived, false);
    assert.equal(calls, 1);
    assert.equal(records.length, 4);
    assert.equal(transport.routeTo(new URL(unknownHost).origin), null);
  });

  const silent: [name: string, first: string, message: RegExp][] = [
    ['headers', '', /^Could not (find|look up) the host/],
    ['body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', /stopped sending its response/],
  ];
  for (const [name, first, message] of silent) {
    test(`timeouts: ${name}`, async (t) => {
      const server = await rawServer(t, (socket) => socket.once('data', () => socket.write(first)));
      const error = await through(t, server, { timeoutMs: 500 }).failure(unknownHost);
      assert.match(error.message, message);
    });
  }

  test('cancelling', async (t) => {
    const stop = new AbortController();
    const server = await httpServer(t, () => stop.abort());
    const error = await through(t, server).failure(unknownHost, { signal: stop.signal });
    assert.equal(error.kind, 'cancelled');
  });

  test('streams are received chunk by chunk', async (t) => {
    let write: (text: string) => void = () => {};
    const server = await httpServer(t, (response) => {
      response.writeHead(200).flushHeaders();
      write = (text) => void response.write(text);
    });
    const { chunks } = await through(t, server).transport.stream({
      method: 'POST',
      url: unknownHost,
      headers: {},
      secretHeaders: {},
      body: '{}',
      retry: 'never',
      signal: new AbortController().signal,
    });
    const reader = chunks[Symbol.asyncIterator]();
    for (const piece of ['one', 'two']) {
      write(piece);
      assert.equal(Buffer.from((await reader.next()).value ?? []).toString(), piece);
    }
    await reader.return?.();
  });
});
