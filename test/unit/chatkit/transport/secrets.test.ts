import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { describe, test } from 'node:test';
import { makeCertificate } from './certificates.ts';
import { rig, type RigOptions } from './client.ts';
import { closedPort, httpServer, httpsServer, proxyServer, rawServer, sendJson } from './servers.ts';

const key = 'sk-proj-canary-0123456789abcdef';
const password = 'pr0xy-p4ssword';
const secretHeaders = { authorization: `Bearer ${key}`, 'x-tenant-key': 'tenant-canary-77' };
const secrets = [key, password, 'tenant-canary-77', Buffer.from(`user:${password}`).toString('base64')];

describe('secrets stay out of errors and the log', () => {
  const identity = makeCertificate({ name: 'chatkit.example', hosts: ['chatkit.example'] });
  const cases: [
    name: string,
    start: (t: import('node:test').TestContext) => Promise<{ url: string; options?: RigOptions }>,
  ][] = [
    ['connection refused', async () => ({ url: `http://127.0.0.1:${await closedPort()}/${key}?k=${key}` })],
    [
      'a redirect that carries the key',
      async (t) =>
        await httpServer(t, (response) => response.writeHead(302, { location: `https://x.example/${key}` }).end()),
    ],
    [
      'bytes that echo the key',
      async (t) => await rawServer(t, (socket) => socket.once('data', () => socket.end(`echo ${key}\r\n\r\n`))),
    ],
    [
      'a proxy with a password',
      async (t) => {
        const proxy = await proxyServer(t, { to: 1, authorization: 'other' });
        const url = proxy.url.replace('://', `://user:${password}@`);
        return { url: 'https://chatkit.example/v1', options: { network: { proxy: url } } };
      },
    ],
    [
      'a bad certificate behind such a proxy',
      async (t) => {
        const server = await httpsServer(t, identity, (response) => sendJson(response, {}));
        const proxy = await proxyServer(t, { to: server.port });
        const url = proxy.url.replace('://', `://user:${password}@`);
        return { url: 'https://chatkit.example/v1', options: { network: { proxy: url } } };
      },
    ],
  ];
  for (const [name, start] of cases) {
    test(name, async (t) => {
      const { url, options } = await start(t);
      const { failure, records, lines } = rig(t, options);
      const error = await failure(url, { secretHeaders });
      const seen = inspect({ error, stack: error.stack, records, lines }, { depth: 12, showHidden: true });
      for (const secret of secrets) assert.ok(!seen.includes(secret), seen);
      assert.ok(records.length > 0);
    });
  }

  test('a key that cannot be sent is rejected before any request', async (t) => {
    const server = await httpServer(t, (response) => sendJson(response, {}));
    const { failure } = rig(t);
    const error = await failure(server.url, { secretHeaders: { authorization: 'Bearer sk-two\nlines' } });
    assert.equal(error.kind, 'invalidRequest');
    assert.match(error.message, /cannot be sent/);
    assert.equal(error.details.mayHaveArrived, false);
    assert.equal(server.requests.length, 0);
    assert.ok(!inspect(error, { depth: 9 }).includes('sk-two'));
  });

  test('the facts of an attempt contain no query and no credentials of response headers', async (t) => {
    const headers = {
      'set-cookie': 'sid=canary-1',
      location: '/next?code=canary-2#canary-3',
      link: '<https://u:canary-4@x.example/a?sig=canary-5>; rel=next',
      'x-echo': secretHeaders['x-tenant-key'],
    };
    const server = await httpServer(t, (response) => response.writeHead(200, headers).end('{}'));
    const { get } = rig(t);
    let facts: unknown;
    await get(server.url, { secretHeaders, onAttempt: (attempt) => void (facts = attempt) });
    assert.doesNotMatch(JSON.stringify(facts), /canary/);
    assert.match(JSON.stringify(facts), /"location":"\/next\?…"/);
  });

  test('secret headers reach the server, and only there', async (t) => {
    const server = await httpsServer(t, identity, (response) => sendJson(response, {}));
    const proxy = await proxyServer(t, { to: server.port });
    const { get } = rig(t, { network: { proxy: proxy.url, strictSsl: false } });
    await get('https://chatkit.example/v1', { secretHeaders });
    assert.equal(server.requests[0]?.headers.authorization, `Bearer ${key}`);
    assert.ok(!inspect(proxy.requests).includes(key));
  });
});
