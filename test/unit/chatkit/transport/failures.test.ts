import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { ErrorKind, NextStep } from '../../../../src/chatkit/common/errors.ts';
import { makeCertificate } from './certificates.ts';
import { rig, type RigOptions } from './client.ts';
import { closedPort, httpServer, httpsServer, rawServer, sendJson } from './servers.ts';

const yesterday = new Date(Date.now() - 86_400_000);
const lastYear = new Date(Date.now() - 365 * 86_400_000);
const authority = makeCertificate({ name: 'Private CA', authority: true });

interface Expected {
  readonly kind: ErrorKind;
  readonly message: RegExp;
  readonly mayHaveArrived: boolean;
  readonly systemCode?: string;
  readonly nextStep?: NextStep;
}

type Case = [name: string, start: (t: TestContext) => Promise<string>, expected: Expected, options?: RigOptions];

const certificate = (options: Parameters<typeof makeCertificate>[0]) => async (t: TestContext) =>
  (await httpsServer(t, makeCertificate(options), (response) => sendJson(response, {}))).url;

const speaking =
  (first: string, then: 'end' | 'silence' = 'end') =>
  async (t: TestContext) =>
    (
      await rawServer(t, (socket) =>
        socket.once('data', () => (then === 'end' ? socket.end(first) : socket.write(first))),
      )
    ).url;

const cases: readonly Case[] = [
  [
    'a port without a server',
    async () => `http://127.0.0.1:${await closedPort()}/v1`,
    {
      kind: 'network',
      message: /^Could not connect to 127\.0\.0\.1:\d+\. Is the server running\?$/,
      mayHaveArrived: false,
      systemCode: 'ECONNREFUSED',
      nextStep: 'retry',
    },
  ],
  [
    'a server that hangs up without answering',
    async (t) => (await rawServer(t, (socket) => socket.once('data', () => socket.destroy()))).url,
    { kind: 'network', message: /closed the connection before its response was complete/, mayHaveArrived: true },
  ],
  [
    'a server that resets the connection',
    async (t) => (await rawServer(t, (socket) => socket.once('data', () => socket.resetAndDestroy()))).url,
    { kind: 'network', message: /closed the connection/, mayHaveArrived: true, systemCode: 'ECONNRESET' },
  ],
  [
    'a server that never answers',
    speaking('', 'silence'),
    {
      kind: 'timeout',
      message: /did not respond within 0\.5 s\.$/,
      mayHaveArrived: true,
      systemCode: 'UND_ERR_HEADERS_TIMEOUT',
    },
    { timeoutMs: 500 },
  ],
  [
    'a body that stops',
    speaking('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', 'silence'),
    { kind: 'timeout', message: /stopped sending its response/, mayHaveArrived: true },
    { timeoutMs: 500 },
  ],
  [
    'a body that is cut off',
    speaking('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'),
    { kind: 'network', message: /before its response was complete|cut off/, mayHaveArrived: true },
  ],
  [
    'a body in chunks that breaks off',
    speaking('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n64\r\nhalf'),
    { kind: 'network', message: /before its response was complete|cut off/, mayHaveArrived: true },
  ],
  [
    'a connection that a firewall swallows',
    async (t) => (await rawServer(t, () => {})).url.replace('http:', 'https:'),
    {
      kind: 'timeout',
      message: /^Could not connect to .*: no response\./,
      mayHaveArrived: false,
      systemCode: 'UND_ERR_CONNECT_TIMEOUT',
    },
    { timeoutMs: 100 },
  ],
  [
    'the same, not on loopback',
    async (t) => `https://0.0.0.0:${(await rawServer(t, () => {})).port}`,
    {
      kind: 'timeout',
      message: /A firewall may block the connection/,
      mayHaveArrived: false,
      nextStep: 'openProxySettings',
    },
    { timeoutMs: 100 },
  ],
  [
    'a certificate that is not trusted, not on loopback',
    async (t) => (await certificate({ name: 'Self', hosts: ['0.0.0.0'] })(t)).replace('127.0.0.1', '0.0.0.0'),
    { kind: 'tls', message: /not trusted on this machine/, mayHaveArrived: false, nextStep: 'openProxySettings' },
  ],
  [
    'a server that hangs up during the handshake',
    async (t) =>
      (await rawServer(t, (socket) => socket.once('data', () => socket.end()))).url.replace('http:', 'https:'),
    { kind: 'network', message: /closed the connection while it was being established/, mayHaveArrived: false },
  ],
  [
    'something that is not HTTP',
    speaking('SSH-2.0-OpenSSH_9.6\r\n'),
    {
      kind: 'invalidResponse',
      message: /did not return an HTTP response\.$/,
      mayHaveArrived: true,
      nextStep: 'editConnection',
    },
  ],
  [
    'https to a plain http server',
    async (t) => (await httpServer(t, (response) => sendJson(response, {}))).url.replace('http:', 'https:'),
    { kind: 'tls', message: /does not support HTTPS\./, mayHaveArrived: false },
  ],
  [
    'a self-signed certificate',
    certificate({ name: 'Self', hosts: ['127.0.0.1'] }),
    {
      kind: 'tls',
      message: /not trusted on this machine/,
      mayHaveArrived: false,
      systemCode: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      nextStep: 'showLog',
    },
  ],
  [
    'a certificate of a private authority',
    certificate({ name: 'Server', hosts: ['127.0.0.1'], issuer: authority }),
    { kind: 'tls', message: /not trusted on this machine.*NODE_EXTRA_CA_CERTS/, mayHaveArrived: false },
  ],
  [
    'an expired certificate',
    certificate({ name: 'Old', hosts: ['127.0.0.1'], validFrom: lastYear, validTo: yesterday }),
    { kind: 'tls', message: /expired|self-signed/, mayHaveArrived: false },
  ],
  [
    'a name that is not known',
    async () => 'https://no-such-host.invalid/v1',
    {
      kind: 'network',
      // Without any name server it is EAI_AGAIN instead.
      message: /no-such-host\.invalid/,
      mayHaveArrived: false,
    },
  ],
  [
    'an address that is not a URL',
    async () => 'api.openai.com/v1',
    { kind: 'invalidRequest', message: /not a URL/, mayHaveArrived: false, nextStep: 'editConnection' },
  ],
  [
    'another scheme',
    async () => 'ftp://127.0.0.1/v1',
    { kind: 'invalidRequest', message: /https:\/\/ or http:\/\//, mayHaveArrived: false },
  ],
  [
    'credentials in the address',
    async () => 'https://user:pass@api.example/v1',
    { kind: 'withheld', message: /user name or password/, mayHaveArrived: false },
  ],
  [
    'plain http to another computer',
    async () => 'http://api.example/v1',
    { kind: 'withheld', message: /not encrypted/, mayHaveArrived: false, nextStep: 'allowInsecureHttp' },
  ],
];

describe('the message of a failure', () => {
  for (const [name, start, expected, options] of cases) {
    test(name, async (t) => {
      const { failure, records } = rig(t, options);
      const url = await start(t);
      const error = await failure(url);
      assert.equal(error.kind, expected.kind, error.message);
      assert.match(error.message, expected.message);
      assert.equal(error.details.mayHaveArrived, expected.mayHaveArrived);
      if (expected.systemCode !== undefined) assert.equal(error.details.systemCode, expected.systemCode);
      if (expected.nextStep !== undefined) assert.equal(error.nextStep, expected.nextStep);
      const [record] = records;
      if (record !== undefined) assert.equal(record.error, expected.kind);
    });
  }
});
