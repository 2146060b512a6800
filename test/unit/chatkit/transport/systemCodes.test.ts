import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ErrorKind, NextStep } from '../../../../src/chatkit/common/errors.ts';
import { codeOf, toFailure } from '../../../../src/chatkit/node/transport/failure.ts';

const far = new URL('https://api.example/v1');
const near = new URL('https://127.0.0.1:8443/v1');
const context = {
  target: far,
  proxy: null,
  sent: false,
  answered: false,
  timeoutMs: 30_000,
  signal: new AbortController().signal,
};
const coded = (code: string) => Object.assign(new Error('x'), { code });

describe('the message of a failure before the request was sent', () => {
  const rows: [code: string, kind: ErrorKind, sentence: string, nextStep: NextStep][] = [
    ['ECONNREFUSED', 'network', 'Could not connect to api.example:443. Is the server running?', 'retry'],
    ['ENOTFOUND', 'network', 'Could not find the host api.example. Check the URL.', 'openProxySettings'],
    ['EAI_AGAIN', 'network', 'Could not look up the host api.example. Is the network connected?', 'retry'],
    [
      'UND_ERR_CONNECT_TIMEOUT',
      'timeout',
      'Could not connect to api.example:443: no response. A firewall may block the connection.',
      'openProxySettings',
    ],
    [
      'ETIMEDOUT',
      'timeout',
      'Could not connect to api.example:443: no response. A firewall may block the connection.',
      'openProxySettings',
    ],
    ['ENETUNREACH', 'network', 'Could not reach api.example:443. Is the network connected?', 'retry'],
    ['ECONNRESET', 'network', 'api.example:443 closed the connection while it was being established.', 'retry'],
    ['CERT_HAS_EXPIRED', 'tls', 'The certificate for api.example:443 has expired.', 'openProxySettings'],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'tls',
      'The certificate for api.example:443 was issued for another host name.',
      'openProxySettings',
    ],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'tls',
      'The certificate for api.example:443 is not trusted on this machine. Install its root certificate in the system, or name it in NODE_EXTRA_CA_CERTS.',
      'openProxySettings',
    ],
    ['CERT_REVOKED', 'tls', 'The certificate for api.example:443 was revoked.', 'openProxySettings'],
    [
      'INVALID_PURPOSE_CERT',
      'tls',
      'The certificate for api.example:443 is not trusted on this machine (INVALID_PURPOSE_CERT).',
      'openProxySettings',
    ],
    [
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'tls',
      'api.example:443 does not support HTTPS. Should its URL start with http?',
      'showLog',
    ],
    [
      'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
      'tls',
      'Could not establish a secure connection to api.example:443 (ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE).',
      'showLog',
    ],
    ['EMFILE', 'network', 'The connection to api.example:443 failed (EMFILE).', 'retry'],
  ];
  for (const [code, kind, sentence, nextStep] of rows) {
    test(code, () => {
      const failure = toFailure(coded(code), context);
      assert.deepEqual([failure.kind, failure.message, failure.nextStep], [kind, sentence, nextStep]);
      assert.equal(failure.details.mayHaveArrived, false);
      assert.equal(failure.details.systemCode, code);
    });
  }

  test('a loopback failure does not suggest the proxy settings', () => {
    assert.equal(toFailure(coded('UND_ERR_CONNECT_TIMEOUT'), { ...context, target: near }).nextStep, 'retry');
    assert.equal(toFailure(coded('CERT_HAS_EXPIRED'), { ...context, target: near }).nextStep, 'showLog');
  });
});

describe('the message of a failure after the request was sent', () => {
  const rows: [code: string, answered: boolean, kind: ErrorKind, mayHaveArrived: boolean, sentence: string][] = [
    ['ECONNRESET', false, 'network', true, 'api.example:443 closed the connection before its response was complete.'],
    ['ETIMEDOUT', false, 'timeout', true, 'The connection to api.example:443 timed out.'],
    ['HPE_INVALID_CONSTANT', false, 'invalidResponse', true, 'api.example:443 did not return an HTTP response.'],
    ['HPE_INVALID_EOF_STATE', true, 'network', true, 'The response of api.example:443 was cut off.'],
    // Codes that occur only before a connection exists, from a `fetch` that does not report when it sends.
    ['ECONNREFUSED', false, 'network', false, 'Could not connect to api.example:443. Is the server running?'],
    ['CERT_HAS_EXPIRED', false, 'tls', false, 'The certificate for api.example:443 has expired.'],
  ];
  for (const [code, answered, kind, mayHaveArrived, sentence] of rows) {
    test(code, () => {
      const failure = toFailure(coded(code), { ...context, sent: true, answered });
      assert.deepEqual([failure.kind, failure.message], [kind, sentence]);
      assert.equal(failure.details.mayHaveArrived, mayHaveArrived);
    });
  }
});

describe('the code of an error is found', () => {
  const rows: [name: string, error: unknown, code: string | null][] = [
    ['on the error', coded('A'), 'A'],
    ['on its cause', new TypeError('fetch failed', { cause: coded('B') }), 'B'],
    ['on the first of several', new AggregateError([coded('C'), coded('D')]), 'C'],
    ['below both', new TypeError('x', { cause: new AggregateError([coded('E')]) }), 'E'],
    ['nowhere', new Error('x'), null],
    ['no error at all', 'x', null],
    ['nothing', undefined, null],
  ];
  for (const [name, error, code] of rows) {
    test(name, () => assert.equal(codeOf(error), code));
  }
  test('an error that is its own cause', () => {
    const error = new Error('x');
    error.cause = error;
    assert.equal(codeOf(error), null);
  });
});
