// Certificates of the system's store: this file makes its own store, which Node reads once in a process.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { makeCertificate, type CertificateOptions } from './certificates.ts';
import { rig } from './client.ts';
import { httpsServer, proxyServer, sendJson } from './servers.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'chatkit-trust-'));
after(() => rmSync(folder, { recursive: true }));
const authority = makeCertificate({ name: 'Company CA', authority: true });
writeFileSync(path.join(folder, 'ca.pem'), authority.cert);
process.env['SSL_CERT_FILE'] = path.join(folder, 'ca.pem');

const days = (count: number) => new Date(Date.now() + count * 86_400_000);

test('an authority of the system is trusted and logged', async (t) => {
  const identity = makeCertificate({ name: 'Server', hosts: ['127.0.0.1'], issuer: authority });
  const { url } = await httpsServer(t, identity, (response) => sendJson(response, {}));
  const { get, transport, lines } = rig(t);
  assert.equal(transport.routeTo(url), null);
  assert.equal((await get(url)).status, 200);
  assert.deepEqual(transport.routeTo(url), {
    via: 'direct',
    proxy: null,
    address: '127.0.0.1',
    certificateIssuer: 'Company CA (ChatKit tests)',
    certificateChecked: true,
  });
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^https:\/\/127\.0\.0\.1:\d+ is now reached with the system's certificates\./);

  assert.equal((await get(url)).status, 200);
  assert.equal(lines.length, 1, 'the trusted route is reused');
});

test('a request that must not be repeated still succeeds', async (t) => {
  const identity = makeCertificate({ name: 'Server', hosts: ['127.0.0.1'], issuer: authority });
  const server = await httpsServer(t, identity, (response) => sendJson(response, {}));
  const { get } = rig(t);
  const response = await get(server.url, { method: 'POST', body: '{}', retry: 'onlyIfNotArrived' });
  assert.equal(response.status, 200);
  assert.equal(server.requests.length, 1);
});

test('an authority of the system is trusted behind a proxy too', async (t) => {
  const identity = makeCertificate({ name: 'Server', hosts: ['chatkit.example'], issuer: authority });
  const server = await httpsServer(t, identity, (response) => sendJson(response, {}));
  const proxy = await proxyServer(t, { to: server.port });
  const { get, transport } = rig(t, { network: { proxy: proxy.url } });
  assert.equal((await get('https://chatkit.example/v1')).status, 200);
  assert.deepEqual(transport.routeTo('https://chatkit.example'), {
    via: 'proxy',
    proxy: `127.0.0.1:${proxy.port}`,
    address: null,
    certificateIssuer: 'Company CA (ChatKit tests)',
    certificateChecked: true,
  });
});

describe('a trusted authority does not make a certificate valid', () => {
  const cases: [name: string, options: Omit<CertificateOptions, 'name'>, code: string, message: RegExp][] = [
    [
      'expired',
      { hosts: ['127.0.0.1'], validFrom: days(-9), validTo: days(-1) },
      'CERT_HAS_EXPIRED',
      /^The certificate for 127\.0\.0\.1:\d+ has expired\.$/,
    ],
    [
      'not yet valid',
      { hosts: ['127.0.0.1'], validFrom: days(1), validTo: days(2) },
      'CERT_NOT_YET_VALID',
      /not valid yet/,
    ],
    [
      'for another name',
      { hosts: ['other.example'] },
      'ERR_TLS_CERT_ALTNAME_INVALID',
      /was issued for another host name\.$/,
    ],
  ];
  for (const [name, options, code, message] of cases) {
    test(name, async (t) => {
      const identity = makeCertificate({ name: 'Server', ...options, issuer: authority });
      const server = await httpsServer(t, identity, (response) => sendJson(response, {}));
      const { failure, slept } = rig(t, { maxRetries: 2 });
      const error = await failure(server.url);
      assert.equal(error.kind, 'tls', error.message);
      assert.equal(error.details.systemCode, code);
      assert.match(error.message, message);
      assert.equal(error.details.mayHaveArrived, false);
      assert.deepEqual(slept, [], 'a verdict is not asked for again');
      assert.equal(server.requests.length, 0);
    });
  }
});

test('NODE_EXTRA_CA_CERTS is trusted by itself', async (t) => {
  const identity = makeCertificate({ name: 'Server', hosts: ['127.0.0.1'], issuer: authority });
  const { url } = await httpsServer(t, identity, (response) => sendJson(response, {}));
  const script = `
    import { createTransport } from './src/chatkit/node/transport/transport.ts';
    const lines = [];
    const log = { request() {}, debug() {}, info: (line) => lines.push(line), warn() {}, error() {} };
    const network = { proxySupport: 'on', proxy: null, proxyAuthorization: null, noProxy: [], strictSsl: true, env: {} };
    const transport = createTransport({ timeoutMs: 5000, maxRetries: 0, maxBodyBytes: 1000, userAgent: 'tests',
      allowInsecureHttp: () => false, network }, log);
    const { status } = await transport.request({ method: 'GET', url: process.env.TARGET, headers: {}, secretHeaders: {},
      retry: 'never', signal: new AbortController().signal });
    await transport.close();
    console.log(JSON.stringify({ status, lines, issuer: transport.routeTo(process.env.TARGET).certificateIssuer }));`;
  const { SSL_CERT_FILE: _ownStore, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...env, TARGET: url, NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem') },
    cwd: path.join(import.meta.dirname, '../../../..'),
  });
  assert.deepEqual(JSON.parse(stdout), { status: 200, lines: [], issuer: 'Company CA (ChatKit tests)' });
});
