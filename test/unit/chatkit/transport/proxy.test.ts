import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chooseProxy } from '../../../../src/chatkit/node/transport/agents.ts';
import type { NetworkSettings } from '../../../../src/chatkit/node/transport/types.ts';
import { makeCertificate } from './certificates.ts';
import { noProxies, rig } from './client.ts';
import { closedPort, httpServer, httpsServer, proxyServer, rawServer, sendJson } from './servers.ts';

const identity = makeCertificate({ name: 'chatkit.example', hosts: ['chatkit.example'] });
const target = 'https://chatkit.example/v1/threads?limit=1';
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('the choice of a proxy', () => {
  const company = 'http://proxy.company:3128';
  const direct = (because: string) => ({ because, proxy: undefined });
  const through = (because: string, proxy: string) => ({ because, proxy });
  type Row = [
    name: string,
    url: string,
    network: Partial<NetworkSettings>,
    expected: { because: string; proxy: string | undefined },
  ];
  const rows: readonly Row[] = [
    ['nothing is set', target, {}, direct('unconfigured')],
    ['the setting', target, { proxy: company }, through('setting', company)],
    ['the setting wins', target, { proxy: company, env: { https_proxy: 'http://env:1' } }, through('setting', company)],
    [
      'lower case first',
      target,
      { env: { HTTPS_PROXY: 'http://b:1', https_proxy: 'http://a:1' } },
      through('environment', 'http://a:1'),
    ],
    ['upper case', target, { env: { HTTPS_PROXY: 'http://b:1' } }, through('environment', 'http://b:1')],
    ['http as a fallback', target, { env: { http_proxy: 'http://c:1' } }, through('environment', 'http://c:1')],
    ['HTTP as a fallback', target, { env: { HTTP_PROXY: 'http://d:1' } }, through('environment', 'http://d:1')],
    [
      'an empty variable',
      target,
      { env: { https_proxy: '', HTTP_PROXY: 'http://d:1' } },
      through('environment', 'http://d:1'),
    ],
    ['an https proxy', target, { proxy: 'https://proxy.company' }, through('setting', 'https://proxy.company:443')],
    ['the standard port', target, { proxy: 'http://proxy.company' }, through('setting', 'http://proxy.company:80')],
    ['an IPv6 proxy', target, { proxy: 'http://[fe80::1]:3128/' }, through('setting', 'http://[fe80::1]:3128')],
    ['a SOCKS proxy', target, { proxy: 'socks5://proxy.company' }, through('setting', 'http://proxy.company:1080')],
    ['nonsense', target, { proxy: 'proxy.company:3128' }, direct('unconfigured')],
    ['an unknown scheme', target, { proxy: 'ftp://proxy.company' }, direct('unconfigured')],
    ['support is off', target, { proxy: company, proxySupport: 'off' }, direct('off')],
    ['support is fallback', target, { proxy: company, proxySupport: 'fallback' }, through('setting', company)],
    ['support is override', target, { proxy: company, proxySupport: 'override' }, through('setting', company)],
    ['127.0.0.1', 'http://127.0.0.1:8000', { proxy: company }, direct('loopback')],
    ['localhost', 'https://localhost', { proxy: company }, direct('loopback')],
    ['::1', 'http://[::1]:8000', { proxy: company }, direct('loopback')],
    ['an exception', target, { proxy: company, noProxy: ['chatkit.example'] }, direct('noProxy')],
    ['an exception in capitals', target, { proxy: company, noProxy: [' ChatKit.Example '] }, direct('noProxy')],
    ['the domain above', target, { proxy: company, noProxy: ['example'] }, direct('noProxy')],
    ['the domain above with a dot', target, { proxy: company, noProxy: ['.example'] }, direct('noProxy')],
    ['the domain above with a star', target, { proxy: company, noProxy: ['*.example'] }, direct('noProxy')],
    ['half a name', target, { proxy: company, noProxy: ['kit.example'] }, through('setting', company)],
    ['its port', target, { proxy: company, noProxy: ['chatkit.example:443'] }, direct('noProxy')],
    ['another port', target, { proxy: company, noProxy: ['chatkit.example:8443'] }, through('setting', company)],
    ['everything', target, { proxy: company, noProxy: ['*'] }, direct('noProxy')],
    ['an IPv6 exception', 'https://[fd00::1]/', { proxy: company, noProxy: ['[fd00::1]'] }, direct('noProxy')],
    ['a bare IPv6 exception', 'https://[fd00::1]/', { proxy: company, noProxy: ['fd00::1'] }, direct('noProxy')],
    ['NO_PROXY', target, { proxy: company, env: { NO_PROXY: 'other, chatkit.example' } }, direct('noProxy')],
    [
      'no_proxy first',
      target,
      { proxy: company, env: { NO_PROXY: '*', no_proxy: 'other' } },
      through('setting', company),
    ],
    [
      'the setting replaces NO_PROXY',
      target,
      { proxy: company, noProxy: ['other'], env: { NO_PROXY: '*' } },
      through('setting', company),
    ],
  ];
  for (const [name, url, network, expected] of rows) {
    test(name, () => {
      const { because, proxy } = chooseProxy(new URL(url), { ...noProxies, ...network });
      assert.deepEqual({ because, proxy: proxy?.origin }, expected);
    });
  }

  const passwords: [name: string, network: Partial<NetworkSettings>, authorization: string | null][] = [
    ['none', { proxy: company }, null],
    ['in the address', { proxy: 'http://ann:p%40ss%3A1@proxy:1' }, basic('ann:p@ss:1')],
    ['a stray percent sign', { proxy: 'http://ann:50%@proxy:1' }, basic('ann:50%')],
    ['not ASCII', { proxy: 'http://änn:ö@proxy:1' }, basic('änn:ö')],
    ['only a name', { proxy: 'http://ann@proxy:1' }, basic('ann:')],
    ['the setting wins', { proxy: 'http://ann:x@proxy:1', proxyAuthorization: 'Negotiate abc' }, 'Negotiate abc'],
    [
      'the setting, environment proxy',
      { env: { https_proxy: 'http://p:1' }, proxyAuthorization: 'Basic x' },
      'Basic x',
    ],
  ];
  for (const [name, network, authorization] of passwords) {
    test(`password: ${name}`, () => {
      const { proxy } = chooseProxy(new URL(target), { ...noProxies, ...network });
      assert.equal(proxy?.authorization, authorization);
      assert.ok(!proxy?.origin.includes('@'));
    });
  }
});

describe('through a real proxy', () => {
  test('https uses a tunnel', async (t) => {
    const server = await httpsServer(t, identity, (response) => sendJson(response, { ok: 1 }));
    const proxy = await proxyServer(t, { to: server.port });
    const { get, transport } = rig(t, { network: { proxy: proxy.url, strictSsl: false } });
    assert.equal((await get(target)).status, 200);
    assert.equal((await get(target)).status, 200);
    for (const { method, url, headers } of proxy.requests) {
      assert.deepEqual([method, url, headers.host], ['CONNECT', 'chatkit.example:443', 'chatkit.example:443']);
    }
    assert.deepEqual(
      server.requests.map(({ url, headers }) => [url, headers.host]),
      [
        ['/v1/threads?limit=1', 'chatkit.example'],
        ['/v1/threads?limit=1', 'chatkit.example'],
      ],
    );
    assert.deepEqual(transport.routeTo('https://chatkit.example'), {
      via: 'proxy',
      proxy: `127.0.0.1:${proxy.port}`,
      address: null,
      certificateIssuer: 'chatkit.example (ChatKit tests)',
      certificateChecked: false,
    });
  });

  test('plain http is sent to the proxy with the full URL', async (t) => {
    const server = await httpServer(t, (response) => sendJson(response, { ok: 1 }));
    const proxy = await proxyServer(t, { to: server.port, authorization: basic('ann:secret') });
    const { get } = rig(t, {
      allowInsecureHttp: () => true,
      network: { proxy: proxy.url.replace('://', '://ann:secret@') },
    });
    assert.equal((await get('http://chatkit.example:8080/v1?a=1')).status, 200);
    assert.equal(proxy.requests[0]?.url, 'http://chatkit.example:8080/v1?a=1');
    assert.equal(proxy.requests[0]?.headers.host, 'chatkit.example:8080');
  });

  test('with a password', async (t) => {
    const server = await httpsServer(t, identity, (response) => sendJson(response, {}));
    const proxy = await proxyServer(t, { to: server.port, authorization: basic('ann:secret') });
    const { get } = rig(t, { network: { proxy: proxy.url.replace('://', '://ann:secret@'), strictSsl: false } });
    assert.equal((await get(target)).status, 200);
    assert.equal(server.requests[0]?.headers['proxy-authorization'], undefined);
  });

  test('a TLS proxy', async (t) => {
    const server = await httpsServer(t, identity, (response) => sendJson(response, {}));
    const own = makeCertificate({ name: 'proxy', hosts: ['127.0.0.1'] });
    const proxy = await proxyServer(t, { to: server.port, identity: own });
    assert.equal((await rig(t, { network: { proxy: proxy.url, strictSsl: false } }).get(target)).status, 200);
    const error = await rig(t, { network: { proxy: proxy.url } }).failure(target);
    assert.equal(error.kind, 'proxy');
    assert.match(error.message, /^Could not use the proxy for .* The certificate for 127\.0\.0\.1:\d+ is not trusted/);
    assert.equal(error.nextStep, 'openProxySettings');
  });

  test('loopback is never proxied', async (t) => {
    const server = await httpServer(t, (response) => sendJson(response, {}));
    const proxy = await proxyServer(t, { to: 1 });
    assert.equal((await rig(t, { network: { proxy: proxy.url } }).get(server.url)).status, 200);
    assert.equal(proxy.requests.length, 0);
  });
});

describe('errors of a proxy', () => {
  const cases: [
    name: string,
    proxy: (t: import('node:test').TestContext) => Promise<string>,
    message: RegExp,
    status: number | undefined,
  ][] = [
    [
      'wants a password',
      async (t) => (await proxyServer(t, { to: 1, authorization: 'x' })).url,
      /^The proxy requires a user name and password\./,
      407,
    ],
    [
      'does not accept the password',
      async (t) => (await proxyServer(t, { to: 1, authorization: 'x' })).url.replace('://', '://a:b@'),
      /did not accept the user name and password/,
      407,
    ],
    [
      'forbids',
      async (t) => (await proxyServer(t, { to: 1, status: 403 })).url,
      /does not allow connections to chatkit\.example:443/,
      403,
    ],
    [
      'cannot connect',
      async (t) => (await proxyServer(t, { to: 1, status: 502 })).url,
      /could not connect to chatkit\.example:443/,
      502,
    ],
    [
      'is away',
      async () => `http://127.0.0.1:${await closedPort()}`,
      /^Could not use the proxy for .* Could not connect to 127/,
      undefined,
    ],
    [
      'hangs up',
      async (t) => (await rawServer(t, (socket) => socket.once('data', () => socket.destroy()))).url,
      /^Could not use the proxy for .* 127\.0\.0\.1:\d+ closed the connection/,
      undefined,
    ],
    [
      'is silent',
      async (t) => (await rawServer(t, () => {})).url,
      /^Could not use the proxy for .* 127\.0\.0\.1:\d+.* (no response|did not respond)/,
      undefined,
    ],
    [
      'is no proxy',
      async (t) => (await rawServer(t, (socket) => socket.once('data', () => socket.end('SSH-2.0\r\n')))).url,
      /^Could not use the proxy for .* 127\.0\.0\.1:\d+ did not return an HTTP response/,
      undefined,
    ],
    ['speaks SOCKS', async () => 'socks5://127.0.0.1:1', /SOCKS/, undefined],
  ];
  for (const [name, start, message, status] of cases) {
    test(name, async (t) => {
      const { failure } = rig(t, {
        network: { proxy: await start(t) },
        ...(name === 'is silent' ? { timeoutMs: 300 } : {}),
      });
      const error = await failure(target);
      assert.equal(error.kind, 'proxy', error.message);
      assert.match(error.message, message);
      assert.equal(error.details.status, status);
      assert.equal(error.details.mayHaveArrived, false);
      assert.equal(error.nextStep, 'openProxySettings');
    });
  }

  test('plain http through a proxy that requires a password', async (t) => {
    const proxy = await proxyServer(t, { to: 1, authorization: 'x' });
    const { failure } = rig(t, { allowInsecureHttp: () => true, network: { proxy: proxy.url } });
    const error = await failure('http://chatkit.example/v1');
    assert.equal(error.kind, 'proxy');
    assert.equal(error.details.status, 407);
  });
});
